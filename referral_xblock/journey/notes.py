"""Writes of what the platform said. Every one is idempotent: the number of the row makes a repetition nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.journey import attribution
from referral_xblock.journey.models import Event
from referral_xblock.policy.queries import policy_of


def note_event(
    *,
    event_id: str,
    user_id: int,
    kind: str,
    happened_at: datetime,
    course_key: CourseKey | None = None,
    by_other: bool = False,
) -> bool:
    """Adds what the platform said to the ledger; False if it was there already. One statement in a savepoint."""
    try:
        with transaction.atomic():
            Event.objects.create(
                event_id=event_id,
                user_id=user_id,
                course=str(course_key or ""),
                kind=kind,
                happened_at=happened_at,
                by_other=by_other,
            )
    except IntegrityError:
        return False
    return True


def note_active(*, user_id: int, course_key: CourseKey, happened_at: datetime) -> bool:
    """The person completed a first block. The number of the ledger row makes the second a repetition."""
    return note_event(
        event_id=once("active", user_id, course_key),
        user_id=user_id,
        kind=attribution.ACTIVE,
        happened_at=happened_at,
        course_key=course_key,
    )


def note_completion(*, user: Any, course_key: CourseKey, now: datetime) -> bool:
    """Notes that the person has completed the course: passes, or where nothing is graded, did as much as the policy asks."""
    course = seen_course(course_key)
    if course and course.graded:
        done = get_host().has_passed(user, course_key)
    else:
        done = get_host().completion_share(user, course_key) * 100 >= policy_of(course_key).completion_share
    return done and note_event(
        event_id=once("completed", user.id, course_key),
        user_id=user.id,
        kind=attribution.COMPLETED,
        happened_at=now,
        course_key=course_key,
    )


def once(kind: str, user_id: int, course_key: CourseKey) -> str:
    """An event number for what happens once per person and course, within 80 characters."""
    return f"{kind}:{user_id}:" + hashlib.sha256(str(course_key).encode()).hexdigest()[:32]
