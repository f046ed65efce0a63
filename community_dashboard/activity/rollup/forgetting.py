"""A retired person in the figures: the counts by day stay, and nothing leads back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import TruncDay

from community_dashboard.activity import actions as record
from community_dashboard.activity.days import mark
from community_dashboard.activity.queries import forgotten_among
from community_dashboard.activity.rollup.days import lock_course
from community_dashboard.activity.rollup.learners import KEPT, UNKNOWN
from community_dashboard.activity.rollup.models import LearnerDay, LearnerState, LearnerToFill

DAY_MOMENTS = (
    "first_at", "last_at", "enrolled_at", "came_back_at", "left_at", "passed_at", "certified_at"
)  # fmt: skip
STATE_MOMENTS = ("enrolled_at", "left_at", "started_at", "last_at", "passed_at", "certified_at")


def forget_person(
    *, user_id: int, now: datetime, draw: Callable[[], int] = lambda: 1 + secrets.randbelow(2**62)
) -> None:
    """Takes a retired person out of the record and out of the figures, in one transaction. Repeatable.

    The person's days and standing become those of the nameless stub that the record has in the same course, without hour,
    block, country, cohort, track, grade and chance. Days that are not sealed are counted anew from the record. Done again,
    it deletes what came late. About a dozen queries, and six for each course.
    """
    with transaction.atomic():
        again = bool(forgotten_among([user_id]))
        stubs = record.forget_person(user_id=user_id, now=now, draw=draw)  # waits for who fills one of these days
        mark(LearnerDay.objects.filter(person=user_id).values_list("course_key", "day"))
        for course_key in _courses(user_id):
            lock_course(course_key)
            if again:
                LearnerDay.objects.filter(course_key=course_key, person=user_id).delete()
                LearnerState.objects.filter(course_key=course_key, person=user_id).delete()
            else:
                _move(course_key, user_id, -(stubs.get(course_key) or draw()))
        LearnerToFill.objects.filter(person=user_id).delete()


def _courses(user_id: int) -> list[Any]:
    found: set[Any] = set()
    for model in (LearnerDay, LearnerState):
        rows = model.objects.filter(person=user_id).order_by()
        found.update(rows.values_list("course_key", flat=True).distinct())
    return sorted(found, key=str)


def _move(course_key: Any, user_id: int, person: int) -> None:
    LearnerDay.objects.filter(course_key=course_key, person=user_id).update(
        person=person, hours=0, last_block="", **{name: TruncDay(name, tzinfo=UTC) for name in DAY_MOMENTS}
    )
    LearnerState.objects.filter(course_key=course_key, person=user_id).update(
        person=person,
        enrolled=False,
        mode="",
        cohort=0,
        country="",
        last_block="",
        grade=UNKNOWN,
        **dict.fromkeys(KEPT, UNKNOWN),
        **{name: TruncDay(name, tzinfo=UTC) for name in STATE_MOMENTS},
    )
    LearnerToFill.objects.bulk_create([LearnerToFill(course_key=course_key, person=person)], ignore_conflicts=True)
