"""Times to an answer, summed up. Plain Python.

The p-th percentile is the *nearest rank*: of n times in order, the one in place ⌈p·n/100⌉. It is always a time that somebody
waited. Percentiles are of the answered; who is not answered yet has no time and is counted beside, never left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
# Of one thread: seconds to its answer or, while there is none, `waiting` of the seconds it has waited. One number and not two,
# so that sorting many takes a moment.
Time = int


@dataclass(frozen=True)
class Summary:
    """Times of a set of threads, in seconds. `median` and `ninetieth` are None where nobody is answered."""

    asked: int
    answered: int
    median: int | None
    ninetieth: int | None
    in_time: int  # answered within the target
    late: int  # answered after it, or unanswered and past it
    longest_wait: int  # of those not answered yet; 0 if all are

    @property
    def unanswered(self) -> int:
        """Not answered yet."""
        return self.asked - self.answered

    @property
    def share_in_time(self) -> float | None:
        """Answered in time, of all whose time is decided: unanswered threads within their target are left out."""
        decided = self.in_time + self.late
        return self.in_time / decided if decided else None


def waiting(so_far: int) -> Time:
    """The time of a thread that is not answered yet: below zero, and the lower the longer it has waited so far."""
    return ~so_far


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The percentile of times in order; None where there are none."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


def summed_up(times: Iterable[Time], *, target: int) -> Summary:
    """The summary of these threads; `target` in seconds, 0 for none (then everything answered is in time)."""
    ordered = sorted(times)
    unanswered = bisect_left(ordered, 0)
    taken = ordered[unanswered:]
    in_time = bisect_right(taken, target) if target else len(taken)
    still_late = bisect_left(ordered, waiting(target)) if target else 0
    return Summary(
        asked=len(ordered),
        answered=len(taken),
        median=nearest_rank(taken, 50),
        ninetieth=nearest_rank(taken, 90),
        in_time=in_time,
        late=len(taken) - in_time + still_late,
        longest_wait=waiting(ordered[0]) if unanswered else 0,
    )


def summed_up_by(keys: Iterable[Key], times: Iterable[Time], *, target: int) -> dict[Key, Summary]:
    """A summary for every key; the keys and times of the threads come in the same order."""
    groups: defaultdict[Key, list[Time]] = defaultdict(list)
    for key, time in zip(keys, times, strict=True):
        groups[key].append(time)
    return {key: summed_up(group, target=target) for key, group in groups.items()}
