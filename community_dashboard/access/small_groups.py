"""Figures by a personal trait (country, age, gender, language, education): groups under ten, and what tells them, are hidden.

Plain Python. Whoever knows how many people there are altogether can take the shown groups away from it; so what is hidden is
at least two groups and at least ten people together, and nobody is told how many groups it is. Lists and counts of people,
for readers who may see those people, do not come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 10  # people in a group that is shown
LEAST_CHOSEN = 100  # people of a narrowed choice, and people left out of it, before it is divided by a trait
STEP = 10  # what the numbers of a narrowed choice are rounded to


@dataclass(frozen=True)
class Hidden:
    """`shown`: the groups that may be seen, the largest first; `others`: the people of all the rest, None if there are none.

    With fewer people than one group needs, nothing is shown and `others` is None too.
    """

    shown: dict[str, int]
    others: int | None


def hide(counts: Mapping[str, int], least: int = LEAST) -> Hidden:
    """The groups that may be seen. Groups of nobody are left out."""
    groups = sorted(((key, count) for key, count in counts.items() if count > 0), key=lambda pair: (-pair[1], pair[0]))
    if sum(count for _key, count in groups) < least:
        return Hidden({}, None)
    kept = [pair for pair in groups if pair[1] >= least]
    gone = groups[len(kept) :]
    # One group alone, or a few people together, would be the rest of a sum: the smallest of the shown go with them.
    while gone and kept and (len(gone) < 2 or sum(count for _key, count in gone) < least):
        gone.insert(0, kept.pop())
    return Hidden(dict(kept), sum(count for _key, count in gone) if gone else None)


def may_divide(*, chosen: int, everybody: int) -> bool:
    """Whether a narrowed choice may be divided by a trait: neither it nor what it leaves out is small.

    Two choices that differ by a few people would otherwise tell the trait of those few; so its numbers are `coarse` too.
    """
    return chosen >= LEAST_CHOSEN and everybody - chosen >= LEAST_CHOSEN


def coarse(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts rounded to tens, halves up: two of them that differ by one person mostly look the same."""
    return {key: (count + STEP // 2) // STEP * STEP for key, count in counts.items()}
