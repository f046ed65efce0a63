"""Many choices at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.models import FriendChoice
from referral_xblock.data import Telling

BATCH = 500


def choose_tellings_first(*, course_key: CourseKey, choices: Iterable[tuple[int, Telling, datetime]]) -> None:
    """Keeps the first of the given choices (user, what is told, when) of people who have not chosen yet. Repeatable.

    One statement for 500 rows.
    """
    rows = [
        FriendChoice(user_id=user_id, course_key=course_key, tells=tells.value, changed_at=now)
        for user_id, tells, now in sorted(choices, key=lambda choice: choice[2])
    ]
    FriendChoice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
