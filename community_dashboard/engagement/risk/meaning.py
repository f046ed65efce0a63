"""What "dropped out" means, and whether it came true. Plain Python.

Three meanings: no learning for so many days; no completed block for so many days; a deadline that went by without any work
towards it. Who finishes in time did not drop out, and who leaves the course without finishing did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

RECENT = 7  # days: who learned in them is looked at
CHOICES = (5, 7, 10, 14, 21)  # days that a course may choose


class Day(Protocol):
    """What one person did on one day; the roll-up's rows have these names. All are counts."""

    @property
    def day(self) -> date: ...
    @property
    def learning(self) -> int: ...
    @property
    def completed(self) -> int: ...
    @property
    def tried(self) -> int: ...
    @property
    def posted(self) -> int: ...
    @property
    def answered(self) -> int: ...


class Past(Protocol):
    """What is known of one person in one course. `days` are in order, without those on which nothing happened."""

    @property
    def person(self) -> int: ...
    @property
    def enrolled_on(self) -> date | None: ...
    @property
    def left_on(self) -> date | None: ...
    @property
    def finished_on(self) -> date | None: ...
    @property
    def days(self) -> Sequence[Day]: ...


class Means(StrEnum):
    """What somebody who dropped out no longer does. The values are stored."""

    LEARNING = "learning"  # learn at all
    PROGRESS = "progress"  # complete a block
    DEADLINE = "deadline"  # complete a block or answer a problem before the next deadline


@dataclass(frozen=True)
class Policy:
    """What a course chose: the meaning, within how many days, and how many people its team can write to in a week."""

    means: Means = Means.LEARNING
    days: int = 10
    capacity: int = 50


def counts(day: Day, means: Means) -> bool:
    """Whether somebody did on that day what this meaning waits for."""
    if means is Means.LEARNING:
        return day.learning > 0
    return day.completed > 0 or (means is Means.DEADLINE and day.tried > 0)


def horizon(policy: Policy, *, on: date, deadlines: Sequence[date] = ()) -> int | None:
    """How many days after `on` it shows who dropped out; None where no deadline lies within the days that were chosen."""
    if policy.means is not Means.DEADLINE:
        return policy.days
    due = min((day for day in deadlines if on < day <= on + timedelta(days=policy.days)), default=None)
    return None if due is None else (due - on).days


def looked_at(past: Past, *, on: date) -> bool:
    """Whether this person has a chance of dropping out at the end of `on`: learned in the last seven days, and is still there."""
    if past.finished_on is not None and past.finished_on <= on:
        return False
    if past.left_on is not None and past.left_on <= on:
        return False
    first = on - timedelta(days=RECENT - 1)
    for day in reversed(past.days):
        if day.day < first:
            return False
        if day.day <= on and day.learning:
            return True
    return False


def dropped_out(past: Past, *, on: date, within: int, means: Means) -> bool:
    """Whether somebody who was looked at on `on` dropped out in the `within` days after. Ask only once these are over."""
    end = on + timedelta(days=within)
    if past.finished_on is not None and past.finished_on <= end:
        return False
    if past.left_on is not None and past.left_on <= end:
        return True
    for day in reversed(past.days):
        if day.day <= on:
            return True
        if day.day <= end and counts(day, means):
            return False
    return True
