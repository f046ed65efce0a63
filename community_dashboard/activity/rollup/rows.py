"""The rows of the figures as plain data, and choices of learners as conditions of a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Q, Value
from django.db.models.lookups import GreaterThan
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import FACTS, Chosen, Condition, Measure, Operator
from community_dashboard.activity.rollup.models import LearnerState


@dataclass(frozen=True, slots=True)
class StateRow:
    """One row of `LearnerState`, without the course: see there what each column means."""

    person: int
    enrolled_at: datetime | None
    enrolled: bool
    left_at: datetime | None
    mode: str
    cohort: int
    country: str
    team: bool
    started_at: datetime | None
    last_at: datetime | None
    days: int
    days_7: int
    days_before_7: int
    pause: int
    weeks: int
    completed: int
    watched: int
    tried: int
    opened: int
    progress: int
    grade: int
    passed_at: datetime | None
    certified_at: datetime | None
    finished: bool
    finished_before: bool
    last_block: str
    posts: int
    answers: int
    invited: int
    risk: int
    risk_before: int
    filled_at: datetime


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of `LearnerDay`, without the course."""

    person: int
    day: date
    learning: int
    completed: int
    watched: int
    tried: int
    opened: int
    posted: int
    answered: int
    endorsed: int
    hours: int
    first_at: datetime | None
    last_at: datetime | None
    last_block: str
    enrolled_at: datetime | None
    came_back_at: datetime | None
    left: int
    left_at: datetime | None
    passed_at: datetime | None
    certified_at: datetime | None
    brought: int


STATE_COLUMNS = tuple(field.name for field in fields(StateRow))
DAY_COLUMNS = tuple(field.name for field in fields(DayRow))
PER_CENT = 10  # thousandths
PER_DAY = timedelta(days=1)
# Who is in lists: not the retired. Put so that no database takes an index of persons for it, and with it a look-up for each row
# where an index of the order, or reading the whole table, is quicker.
LISTED = GreaterThan(F("person") + 0, Value(0))


def where(chosen: Chosen, *, now: datetime) -> Q:
    """The condition on `LearnerState` that holds for the chosen learners and no others. No query."""
    condition = _all_of(chosen.conditions, now)
    if chosen.cohort:
        condition &= Q(cohort=chosen.cohort)
    if chosen.mode:
        condition &= Q(mode=chosen.mode)
    if chosen.team is not None:
        condition &= Q(team=chosen.team)
    if chosen.enrolled_from:
        condition &= Q(enrolled_at__gte=midnight(chosen.enrolled_from))
    if chosen.enrolled_until:
        condition &= Q(enrolled_at__lt=midnight(chosen.enrolled_until) + PER_DAY)
    if chosen.persons is not None:
        condition &= Q(person__in=chosen.persons)
    if chosen.any_of and all(chosen.any_of):  # a group without conditions always holds
        either = Q(pk__in=())
        for group in chosen.any_of:
            either |= _all_of(group, now)
        condition &= either
    return condition


def learners(course_key: CourseKey, chosen: Chosen, *, now: datetime):
    """The rows of `LearnerState` of the chosen learners of a course, also of those who are retired. No query yet."""
    return LearnerState.objects.filter(where(chosen, now=now), course_key=course_key)


def midnight(day: date) -> datetime:
    """The moment at which a day (UTC) begins."""
    return datetime.combine(day, time.min, tzinfo=UTC)


def _all_of(conditions: Iterable[Condition], now: datetime) -> Q:
    found = Q()
    for condition in conditions:
        found &= _one(condition, now)
    return found


def _one(condition: Condition, now: datetime) -> Q:
    fact = FACTS[condition.fact]
    column, operator = fact.column, condition.operator
    if fact.measure is Measure.DAYS_AGO:
        moment = now - condition.value * PER_DAY
        return {
            Operator.AT_LEAST: Q(**{f"{column}__lte": moment}),
            Operator.AT_MOST: Q(**{f"{column}__gte": moment}),
            Operator.NEVER: Q(**{f"{column}__isnull": True}),
            Operator.EVER: Q(**{f"{column}__isnull": False}),
        }[operator]
    if fact.measure is Measure.SHARE:
        known, bound = Q(**{f"{column}__gte": 0}), condition.value * PER_CENT
        return {
            Operator.AT_LEAST: Q(**{f"{column}__gte": max(bound, 0)}),
            Operator.AT_MOST: known & Q(**{f"{column}__lte": bound}),
            Operator.NEVER: Q(**{f"{column}__lt": 0}),
            Operator.EVER: known,
        }[operator]
    if fact.measure is Measure.FLAG:
        return {Operator.IS: Q(**{column: bool(condition.value)})}[operator]
    return {
        Operator.AT_LEAST: Q(**{f"{column}__gte": condition.value}),
        Operator.AT_MOST: Q(**{f"{column}__lte": condition.value}),
    }[operator]
