"""The friends for whom an inviter is credited, with the times that points and milestones are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Status
from referral_xblock.journey.carriers import PERSONAL
from referral_xblock.journey.models import Journey


@dataclass(frozen=True)
class CreditedFriend:
    """One credited friend who enrolled. `completed_at` is None where the friend no longer passes."""

    journey_id: int
    inviter_id: int
    friend_id: int
    enrolled_at: datetime
    active_at: datetime | None
    completed_at: datetime | None
    left_at: datetime | None


def credited_friends(course_key: CourseKey, inviter_ids: Collection[int]) -> dict[int, list[CreditedFriend]]:
    """The credited friends who enrolled, by inviter; inviters without any are left out. One query."""
    found: dict[int, list[CreditedFriend]] = defaultdict(list)
    for friend in _read(_credited(course_key).filter(inviter_id__in=inviter_ids)):
        found[friend.inviter_id].append(friend)
    return dict(found)


def credited_friend(course_key: CourseKey, friend_id: int) -> CreditedFriend | None:
    """This person as somebody's credited friend who is in the course now; None if they are none. One query."""
    rows = _credited(course_key).filter(user_id=friend_id, unenrolled_at=None)
    return next(iter(_read(rows)), None)


def friend_of_journey(course_key: CourseKey, journey_id: int) -> CreditedFriend | None:
    """The same by the number of the journey. One query."""
    return next(iter(_read(_credited(course_key).filter(id=journey_id, unenrolled_at=None))), None)


def inviters_after(course_key: CourseKey, after: int, *, limit: int) -> list[int]:
    """The next inviters with credited friends who enrolled, by the number of their account. One query."""
    rows = _credited(course_key).filter(inviter_id__gt=after).order_by("inviter_id")
    return list(rows.values_list("inviter_id", flat=True).distinct()[:limit])


def completion_of_friends(course_key: CourseKey) -> dict[int, bool]:
    """Every credited friend who enrolled, and whether they completed the course. One query, as long as they are many."""
    rows = _credited(course_key).values_list("user_id", "completed_at", "lapsed_at")
    return {user_id: bool(completed and not lapsed) for user_id, completed, lapsed in rows}


def _credited(course_key: CourseKey) -> QuerySet[Journey]:
    return Journey.objects.filter(
        PERSONAL, course_key=course_key, status=Status.CREDITED.value, inviter__isnull=False, enrolled_at__isnull=False
    )


def _read(rows: QuerySet[Journey]) -> list[CreditedFriend]:
    columns = (
        "id", "inviter_id", "user_id", "enrolled_at", "active_at", "completed_at", "unenrolled_at", "lapsed_at",
    )  # fmt: skip
    return [
        CreditedFriend(number, inviter, friend, enrolled, active, None if lapsed else completed, left)
        for number, inviter, friend, enrolled, active, completed, left, lapsed in rows.order_by(
            "enrolled_at", "user_id"
        ).values_list(*columns)
    ]
