"""What the platform knows and the ledger does not: from before we listened, or missed by a listener that failed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.db.models import Min
from opaque_keys.edx.keys import CourseKey

from referral_xblock.host.chosen import get_host
from referral_xblock.journey import attribution
from referral_xblock.journey.models import Event
from referral_xblock.journey.notes import note_active, note_completion, note_event, once

BATCH = 500


def reconcile(user_ids: Iterable[int], course_key: CourseKey, *, now: datetime) -> None:
    """Adds to the ledger what it lacks of these people in this course. Repeatable.

    Four queries for 500 people, one statement for each row that was missing, and what the host asks for those who are
    active and not known to have completed.
    """
    wanted = sorted(set(user_ids))
    for start in range(0, len(wanted), BATCH):
        _reconcile_batch(wanted[start : start + BATCH], course_key, now)


def _reconcile_batch(user_ids: list[int], course_key: CourseKey, now: datetime) -> None:
    users = {user.id: user for user in get_user_model().objects.filter(id__in=user_ids)}
    rows = Event.objects.filter(user_id__in=user_ids, course__in=("", str(course_key))).values_list("user_id", "kind")
    known = set(rows)
    enrolments = get_host().enrolments(user_ids, course_key)
    first_blocks = dict(
        BlockCompletion.objects.filter(user_id__in=user_ids, context_key=course_key, completion__gt=0)
        .values("user_id")
        .annotate(first=Min("created"))
        .values_list("user_id", "first")
    )
    for user_id, user in users.items():
        if (user_id, attribution.REGISTERED) not in known:
            note_event(
                event_id=f"account:{user_id}",
                user_id=user_id,
                kind=attribution.REGISTERED,
                happened_at=user.date_joined,
            )
        if user_id in enrolments and (user_id, attribution.ENROLLED) not in known:
            note_event(
                event_id=once("enrolment", user_id, course_key),
                user_id=user_id,
                kind=attribution.ENROLLED,
                happened_at=enrolments[user_id].created,
                course_key=course_key,
            )
        if user_id in first_blocks:
            if (user_id, attribution.ACTIVE) not in known:
                note_active(user_id=user_id, course_key=course_key, happened_at=first_blocks[user_id])
            if (user_id, attribution.COMPLETED) not in known:
                note_completion(user=user, course_key=course_key, now=now)
