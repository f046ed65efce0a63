"""What rewards need to know of journeys: which friends carry them, and what became of one that no longer does.

A friend counts for the inviter by the inviter's personal links; links of the course's team bring nobody a reward.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import telling_friends
from referral_xblock.data import Status
from referral_xblock.journey.models import Journey

PERSONAL = ~Q(link__channel="vanity") | Q(link=None)
TIMES = ("id", "enrolled_at", "active_at", "completed_at", "lapsed_at", "unenrolled_at")  # what a Carrier is made of


class Carrier(NamedTuple):
    """One credited friend. `id` is the journey's. Times: None if it has not happened, or no longer holds."""

    id: int
    enrolled_at: datetime
    active_at: datetime | None
    completed_at: datetime | None
    left_at: datetime | None


def carriers_of(inviter_id: int, course_key: CourseKey) -> list[Carrier]:
    """The credited friends of this inviter who enrolled, the earliest first. One query."""
    rows = Journey.objects.filter(PERSONAL, inviter_id=inviter_id, course_key=course_key)
    return _read(rows)


def own_journey(user_id: int, course_key: CourseKey) -> Carrier | None:
    """The person's own credited journey, as the friend of somebody; None without one. One query."""
    found = _read(Journey.objects.filter(user_id=user_id, course_key=course_key))
    return found[0] if found else None


def showing_carriers(inviter_id: int, course_key: CourseKey) -> set[int]:
    """Of `carriers_of`, those who let the inviter see how they get on. One query."""
    rows = Journey.objects.filter(inviter_id=inviter_id, course_key=course_key)
    return set(rows.filter(user_id__in=telling_friends(course_key)).values_list("id", flat=True))


def why_gone(ids: Iterable[int]) -> str:
    """Why these no longer carry what they did: "deleted", "rejected", "left", "no_longer_completed", or "too_few". One query.

    The weightiest reason among them; "too_few" where each is as it was and only the time or the rules have changed.
    """
    wanted = set(ids)
    rows = Journey.objects.filter(id__in=wanted).values_list("id", "status", "unenrolled_at", "lapsed_at")
    found = {row[0]: row[1:] for row in rows}
    if wanted - found.keys():
        return "deleted"
    if any(status != Status.CREDITED.value for status, _left, _lapsed in found.values()):
        return "rejected"
    if any(left for _status, left, _lapsed in found.values()):
        return "left"
    return "no_longer_completed" if any(lapsed for _status, _left, lapsed in found.values()) else "too_few"


def people_with_credit(course_key: CourseKey, *, after: int, limit: int) -> tuple[set[int], int]:
    """The people on both sides of the next `limit` credited journeys, and the last journey's number; 0 at the end.

    One query, along the index of course, status and id.
    """
    rows = Journey.objects.filter(course_key=course_key, status=Status.CREDITED.value, id__gt=after)
    page = list(rows.order_by("id").values_list("id", "user_id", "inviter_id")[:limit])
    people = {person for _id, user_id, inviter_id in page for person in (user_id, inviter_id) if person is not None}
    return people, page[-1][0] if page else 0


class Credited(NamedTuple):
    """A credited friend, by whom, and the times."""

    user_id: int
    inviter_id: int | None
    own: Carrier


def newest_credits(course_key: CourseKey, *, most: int, moved_since: datetime | None = None) -> list[Credited]:
    """The credited friends who enrolled, also by links of the course's team: at most `most`, the newest enrolment first.

    `moved_since`: only those who have enrolled, begun or completed after it. One query.
    """
    rows = Journey.objects.filter(course_key=course_key, status=Status.CREDITED.value, enrolled_at__isnull=False)
    if moved_since is not None:
        steps = ("enrolled_at", "active_at", "completed_at")
        rows = rows.filter(reduce(or_, (Q(**{f"{step}__gt": moved_since}) for step in steps)))
    columns = rows.order_by("-enrolled_at", "-id").values_list("user_id", "inviter_id", *TIMES)
    return [Credited(user_id, inviter_id, _carrier(row)) for user_id, inviter_id, *row in columns[:most]]


def _read(rows: Any) -> list[Carrier]:
    credited = rows.filter(status=Status.CREDITED.value, enrolled_at__isnull=False).order_by("enrolled_at", "id")
    return [_carrier(row) for row in credited.values_list(*TIMES)]


def _carrier(row: Sequence[Any]) -> Carrier:
    """From the columns TIMES."""
    number, enrolled, active, completed, lapsed, left = row
    return Carrier(number, enrolled, active, None if lapsed else completed, left)
