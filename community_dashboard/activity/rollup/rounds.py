"""Whose standing is to be reckoned anew: often those whose days changed, once a day everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.days import lock_course
from community_dashboard.activity.rollup.finishing import Rule, rule_of
from community_dashboard.activity.rollup.learners import BATCH, fill_people
from community_dashboard.activity.rollup.models import CourseFill, LearnerState, LearnerToFill
from community_dashboard.host.chosen import get_host
from referral_xblock.api import rerun_source


def courses_with_work(*, now: datetime) -> list[Any]:
    """Courses in which somebody's days changed, then those whose round of everybody is due, the longest ago first.

    A round is due on the first run of each day (UTC). Two queries.
    """
    touched = list(LearnerToFill.objects.order_by().values_list("course_key", flat=True).distinct())
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    due = CourseFill.objects.exclude(filled_at__gte=today, filled_at__lt=today + timedelta(days=1), begun_at=None)
    others = due.order_by(F("filled_at").asc(nulls_first=True)).values_list("course_key", flat=True)
    return list(dict.fromkeys([*touched, *others]))


def fill_learners(course_key: CourseKey, *, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Works on a course while `goes_on`, 500 people a transaction; how many people were reckoned.

    What is killed, or stops, goes on where it was.
    """
    rule, source, people = rule_of(course_key), rerun_source(course_key), 0
    filled_before = CourseFill.objects.filter(course_key=course_key, filled_at__isnull=False).exists()
    # Before the first round is over, everybody includes whose days changed: nobody is reckoned twice.
    for step in (_touched, _everybody) if filled_before else (_everybody, _touched):
        while goes_on():
            done = step(course_key, rule, source, now)
            if done is None:
                break
            people += done
    return people


@transaction.atomic
def _touched(course_key: CourseKey, rule: Rule, source: Any, now: datetime) -> int | None:
    """The next people whose days changed; None if there are none."""
    lock_course(course_key)
    rows = LearnerToFill.objects.filter(course_key=course_key).order_by("person")
    persons = list(rows.values_list("person", flat=True)[:BATCH])
    if not persons:
        return None
    fill_people(course_key, persons, rule=rule, source=source, now=now)
    return len(persons)


@transaction.atomic
def _everybody(course_key: CourseKey, rule: Rule, source: Any, now: datetime) -> int | None:
    """The next people of the round of everybody; None if none is due, or it is over.

    Through the roster first, then over those whom it did not name: who acted without being enrolled, and the retired.
    """
    fill = lock_course(course_key)
    if fill.begun_at is None:
        if fill.filled_at is not None and fill.filled_at.date() == now.date():
            return None
        fill.begun_at, fill.reached = now, 0
    members = get_host().roster(course_key, after=fill.reached, limit=BATCH)
    if members:
        persons, fill.reached = [member.user_id for member in members], members[-1].row_id
    else:
        rows = LearnerState.objects.filter(course_key=course_key, filled_at__lt=fill.begun_at).order_by("person")
        persons = list(rows.values_list("person", flat=True)[:BATCH])
    if persons:
        fill_people(course_key, persons, rule=rule, source=source, now=now)
    else:
        fill.begun_at, fill.filled_at, fill.reached = None, fill.begun_at, 0
    fill.save()
    return len(persons) if persons else None
