"""The last whole week of a course beside the week before, and beside the same week of the run of which the course was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.activity.rollup.queries import covered, daily
from referral_xblock.api import rerun_source, seen_course

DAY, WEEK = timedelta(days=1), timedelta(days=7)
ACTIVE = "active_week"
# In the order of the table.
METRICS = (ACTIVE, "enrolled", "left", "completed", "posted", "answered", "passed")


@dataclass(frozen=True)
class Compared:
    """One metric. None: of that week there are no figures, or none that the reader may see."""

    last: int
    before: int | None
    earlier: int | None


@dataclass(frozen=True)
class LastWeek:
    """The week (Monday to Sunday, UTC) that is over. `earlier` is the Monday of the same week of the run before."""

    monday: date
    numbers: dict[str, Compared]
    earlier: date | None = None
    earlier_key: CourseKey | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing happened in it, nor in the week before."""
        return not any(one.last or one.before for one in self.numbers.values())


def last_week(course_key: CourseKey, *, reader: Any, now: datetime) -> LastWeek | None:
    """The comparison as this reader may see it; None while there are no figures of that week. Ten queries at most."""
    today = now.date()
    monday = today - timedelta(days=today.weekday()) - WEEK
    days = covered(course_key)
    if days is None or days[0] >= monday + WEEK:
        return None
    counts = daily(course_key, METRICS, start=monday - WEEK, end=monday + WEEK - DAY, now=now)
    last = _of_week(counts, monday)
    before = _of_week(counts, monday - WEEK) if days[0] < monday else None
    found = _same_week_before(course_key, monday, first=days[0], reader=reader, now=now)
    earlier_key, earlier_monday, earlier = found or (None, None, None)
    numbers = {
        metric: Compared(last[metric], before and before[metric], earlier and earlier[metric]) for metric in METRICS
    }
    return LastWeek(monday, numbers, earlier_monday, earlier_key)


def _same_week_before(
    course_key: CourseKey, monday: date, *, first: date, reader: Any, now: datetime
) -> tuple[CourseKey, date, dict[str, int]] | None:
    """As many weeks after the earlier run began as this week lies after the beginning of this one."""
    key = rerun_source(course_key)
    if key is None or not may(reader, key, Capability.LEARNERS):
        return None
    days = covered(key)
    if days is None:
        return None
    then = _began(key, days[0], now) + (monday - _began(course_key, first, now))
    if then < _monday(days[0]) or then > days[1]:
        return None
    return key, then, _of_week(daily(key, METRICS, start=then, end=then + WEEK - DAY, now=now), then)


def _began(course_key: CourseKey, first: date, now: datetime) -> date:
    """The Monday of the week in which a run started, or in which its figures begin if it names no start, or one to come."""
    course = seen_course(course_key)
    started = course.start if course and course.start and course.start <= now else None
    return _monday(started.date() if started else first)


def _of_week(counts: Mapping[str, Mapping[date, int]], monday: date) -> dict[str, int]:
    return {
        metric: sum(number for day, number in by_day.items() if monday <= day < monday + WEEK)
        for metric, by_day in counts.items()
    }


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
