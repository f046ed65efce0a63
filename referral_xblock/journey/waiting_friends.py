"""Friends who have enrolled and not yet begun, for a word to who invited them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import telling_friends
from referral_xblock.data import Status
from referral_xblock.journey.models import Journey


class WaitingFriends(NamedTuple):
    """How many friends of one inviter have not yet begun, and when the last of them enrolled."""

    inviter_id: int
    friends: int
    newest: datetime


def waiting_friends(
    course_key: CourseKey,
    *,
    enrolled_after: datetime,
    enrolled_before: datetime,
    inviter_id: int | None = None,
    after: int = 0,
    limit: int = 500,
) -> list[WaitingFriends]:
    """The inviters after the account `after`, by account, who have friends that enrolled in this time, stayed, and have not
    completed anything yet. One query.

    Only friends who let their learning be seen are counted: of the others the inviter may not know it.
    """
    rows = Journey.objects.filter(
        course_key=course_key,
        status=Status.CREDITED.value,
        inviter_id__gt=after,
        enrolled_at__gt=enrolled_after,
        enrolled_at__lte=enrolled_before,
        active_at=None,
        completed_at=None,
        unenrolled_at=None,
        user_id__in=telling_friends(course_key),
    )
    if inviter_id is not None:
        rows = rows.filter(inviter_id=inviter_id)
    counted = rows.values("inviter_id").annotate(friends=Count("id"), newest=Max("enrolled_at")).order_by("inviter_id")
    return [WaitingFriends(**row) for row in counted[:limit]]
