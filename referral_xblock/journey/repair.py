"""The repair: the ledger is completed from what the platform knows, then every journey is computed anew from it."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.journey import ledger
from referral_xblock.journey.models import Journey, Touch
from referral_xblock.journey.reconciliation import reconcile


def recompute_all(*, course_key: CourseKey | None = None, now: datetime) -> tuple[int, int]:
    """Every journey of one course or of all; returns (people looked at, journeys changed)."""
    touched = Touch.objects.all() if course_key is None else Touch.objects.filter(course_key=course_key)
    stale = Journey.objects.all() if course_key is None else Journey.objects.filter(course_key=course_key)
    courses = set(touched.values_list("course_key", flat=True).distinct())
    courses |= set(stale.values_list("course_key", flat=True).distinct())
    looked_at = changed = 0
    for key in sorted(courses, key=str):
        user_ids = set(touched.filter(course_key=key).values_list("user_id", flat=True).distinct())
        reconcile(user_ids, key, now=now)
        user_ids |= set(stale.filter(course_key=key).values_list("user_id", flat=True))
        looked_at += len(user_ids)
        changed += ledger.recompute(user_ids, key)
    return looked_at, changed
