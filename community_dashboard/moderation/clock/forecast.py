"""How many moderators a target needs. Plain Python.

The model is a queue whose rate changes: M(t)/M/c. The open time of a week is cut into quarters of an hour, each with the mean
number of posts that came in it. Where more come than `servers` moderators can take, the rest waits as work does that flows
into a full basin, and is carried into the next quarter; where they can take them all, Erlang's C formula says who has to wait
all the same, and the wait of those is exponential (L. Kleinrock, Queueing Systems, volume 1, 1975, chapter 3; for rates that
change, L. V. Green, P. J. Kolesar and W. Whitt, Coping with Time-Varying Demand When Setting Staffing Requirements for a
Service System, Production and Operations Management 16, 2007).

How far it is off is measured, not assumed: `replayed` lets the posts of a week come as they came and counts how many
moderators would have been enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heapreplace
from itertools import cycle, islice
from operator import itemgetter

SLOT = 15 * 60
PAUSE = 30 * 60  # a longer gap between two acts of one moderator was not spent on the second
TOGETHER = 2  # seconds: one act that is told twice, or one press that did many
FEWEST_SAMPLES = 20
ASSUMED = 6 * 60  # seconds for one post where too little was measured
MOST_SERVERS = 200


@dataclass(frozen=True)
class Work:
    """How long moderators take for one post: every measured length, in seconds."""

    samples: tuple[int, ...]

    @property
    def measured(self) -> bool:
        """Whether there are enough to go by; otherwise `mean` is an assumption."""
        return len(self.samples) >= FEWEST_SAMPLES

    @property
    def mean(self) -> float:
        """Seconds for one post."""
        return sum(self.samples) / len(self.samples) if self.measured else ASSUMED

    @cached_property
    def in_turn(self) -> Sequence[int]:
        """The lengths in the order in which a replay takes them; what is assumed where too little was measured."""
        return _spread(self.samples) if self.measured else (ASSUMED,)


def work_of(acts: Iterable[tuple[int, int]]) -> Work:
    """What the acts (moderator, second) of a team tell of the time that one takes: the gaps between two acts of the same
    moderator, without the pauses."""
    last: dict[int, int] = {}
    samples = []
    for moderator, at in sorted(acts, key=itemgetter(1)):
        gap = at - last.get(moderator, -PAUSE * 2)
        if TOGETHER < gap <= PAUSE:
            samples.append(gap)
        last[moderator] = at
    return Work(tuple(samples))


def has_to_wait(servers: int, load: float) -> float:
    """Erlang's C: the share of posts that find every moderator busy. `load` is arrivals × time for one."""
    if load >= servers:
        return 1.0
    blocked = 1.0  # Erlang's B, by its recursion: no factorials
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def share_in_time(servers: int, *, rate: float, work: float, target: float) -> float:
    """The share of posts that are answered within `target` seconds; `rate` is posts per second, `work` seconds for one."""
    load, patience = rate * work, target - work
    if load >= servers or patience < 0:
        return 0.0
    return 1 - has_to_wait(servers, load) * math.exp(-(servers - load) * patience / work)


def weekly_profile(weeks: Sequence[Sequence[int]], *, open_seconds: int) -> list[float]:
    """Posts in each quarter of an hour of the open time, as the mean of these weeks.

    A week is the open seconds since its beginning at which its posts came.
    """
    profile = [0.0] * max(1, -(-open_seconds // SLOT))
    for week in weeks:
        for at in week:
            profile[min(at // SLOT, len(profile) - 1)] += 1 / len(weeks)
    return profile


def share_of_week(servers: int, profile: Sequence[float], *, work: float, target: float) -> float:
    """The share of a week's posts that so many moderators answer within `target` seconds; 1 where nothing comes."""
    able = servers * SLOT / work  # posts that they can take in a quarter
    backlog, in_time, total = 0.0, 0.0, 0.0
    for lap in range(2):  # the first only to know what last week left
        for coming in profile:
            following = max(0.0, backlog + coming - able)
            if lap and coming:
                in_line = (backlog + following) / 2 * work / servers
                if backlog or following:
                    share = float(in_line + work <= target)
                else:
                    share = share_in_time(servers, rate=coming / SLOT, work=work, target=target)
                in_time += coming * share
                total += coming
            backlog = following
    return in_time / total if total else 1.0


def moderators_needed(profile: Sequence[float], *, work: float, target: float, share: float) -> int:
    """The fewest moderators, at work in all course hours, who answer this share of a week in time; 0 where nothing comes.

    MOST_SERVERS where no number would do, since one post alone takes longer than the target.
    """
    if not any(profile):
        return 0
    return _fewest(lambda servers: share_of_week(servers, profile, work=work, target=target) >= share)


def replayed(arrivals: Sequence[int], work: Work, *, servers: int) -> list[int]:
    """How long each post of a week would have waited for the end of its answer: first come, first served, each taking one of
    the measured lengths in turn (spread over the week by a stride, so that one evening's do not come together)."""
    lengths = islice(cycle(work.in_turn), len(arrivals))
    free = [0] * servers
    heapify(free)
    waits = []
    for at, length in zip(sorted(arrivals), lengths, strict=True):
        done = max(at, free[0]) + length
        heapreplace(free, done)
        waits.append(done - at)
    return waits


def enough_in_replay(arrivals: Sequence[int], work: Work, *, target: int, share: float) -> int:
    """The fewest moderators with whom this share of the week's posts would have been answered in time; 0 for no posts."""

    def enough(servers: int) -> bool:
        waits = replayed(arrivals, work, servers=servers)
        return sum(wait <= target for wait in waits) >= share * len(waits)

    return _fewest(enough) if arrivals else 0


def _fewest(enough: Callable[[int], bool]) -> int:
    """The least number for which this holds, by doubling and halving: with more moderators it never gets worse."""
    high = 1
    while high < MOST_SERVERS and not enough(high):
        high *= 2
    low, high = high // 2 + 1, min(high, MOST_SERVERS)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _spread(samples: Sequence[int]) -> list[int]:
    """The same lengths in another order, always the same one: every k-th, where k and their number have no common factor."""
    count = len(samples)
    step = next(step for step in range(max(1, round(count * 0.618)), count + 2) if math.gcd(step, count) == 1)
    return [samples[index * step % count] for index in range(count)]
