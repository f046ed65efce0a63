"""What was known of learners at the end of a day in the past, for those who reckon chances: nothing later can leak in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import EVERYBODY
from community_dashboard.activity.rollup.finishing import Rule, rule_of
from community_dashboard.activity.rollup.models import LearnerDay
from community_dashboard.activity.rollup.rows import DAY_COLUMNS, DayRow, learners


@dataclass(frozen=True, slots=True)
class History:
    """One person as known at the end of a day: only rows up to and with it."""

    person: int
    enrolled_on: date | None  # the first time
    left_on: date | None  # the last time, if the person did not come back
    finished_on: date | None
    days: tuple[DayRow, ...]  # in order


def histories(course_key: CourseKey, *, until: date, now: datetime, size: int = 1000) -> Iterator[list[History]]:
    """Everybody of whom something was known at the end of `until`, also the retired, `size` at a time by person.

    One query for each, and three for the course. Memory: the days of `size` people.
    """
    rule = rule_of(course_key)
    persons = learners(course_key, EVERYBODY, now=now).order_by("person").values_list("person", flat=True)
    reached: int | None = None
    while some := list((persons if reached is None else persons.filter(person__gt=reached))[:size]):
        reached = some[-1]
        rows = LearnerDay.objects.filter(
            course_key=course_key, person__gte=some[0], person__lte=reached, day__lte=until
        )
        by_person: dict[int, list[DayRow]] = {}
        for row in rows.order_by("person", "day").values_list(*DAY_COLUMNS):
            day = DayRow(*row)
            by_person.setdefault(day.person, []).append(day)
        found = [_history(person, days, rule) for person, days in by_person.items()]
        if found:
            yield found


def _history(person: int, days: list[DayRow], rule: Rule) -> History:
    enrolled = next((day.day for day in days if day.enrolled_at), None)
    left = max((day.left_at for day in days if day.left_at), default=None)
    back = max((day.came_back_at for day in days if day.came_back_at), default=None)
    gone = left.date() if left and not (back and back > left) else None
    return History(person, enrolled, gone, _finished_on(days, rule), tuple(days))


def _finished_on(days: list[DayRow], rule: Rule) -> date | None:
    completed = 0
    for day in days:
        completed += day.completed
        if day.passed_at or day.certified_at or rule.enough(completed):
            return day.day
    return None
