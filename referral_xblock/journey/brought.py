"""Who brought whom into a course, for records that others keep: credited, enrolled, and not left since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.stubs import stubs_among
from referral_xblock.data import Status
from referral_xblock.journey.models import Journey

COLUMNS = ("id", "course_key", "inviter_id", "enrolled_at")


@dataclass(frozen=True)
class Brought:
    """One friend who was brought. The journey's number is not the friend's, and stays when either of them is retired."""

    journey_id: int
    course_key: CourseKey
    inviter_id: int
    enrolled_at: datetime


def brought_after(journey_id: int, *, limit: int = 500) -> tuple[list[Brought], int]:
    """Of the next `limit` journeys of the whole site those that count now, and the last journey's number; 0 at the end.

    Without those of retired inviters. Two queries; at most 500.
    """
    page = list(Journey.objects.filter(id__gt=journey_id).order_by("id").values_list("id", flat=True)[:limit])
    if not page:
        return [], 0
    return _read(Journey.objects.filter(id__gt=journey_id, id__lte=page[-1])), page[-1]


def brought_in(journey_ids: Iterable[int]) -> list[Brought]:
    """Those of these journeys that count now; without those of retired inviters. Two queries; at most 500."""
    return _read(Journey.objects.filter(id__in=list(journey_ids)))


def journey_of(user_id: int, course_key: CourseKey) -> tuple[int, datetime | None] | None:
    """The number of this friend's journey and when they enrolled; None for somebody who came by nobody's link. One query."""
    return Journey.objects.filter(user_id=user_id, course_key=course_key).values_list("id", "enrolled_at").first()


def count_brought(inviter_ids: Collection[int], course_key: CourseKey) -> dict[int, int]:
    """How many each of these brought; who brought nobody is left out. One query for at most 500."""
    rows = _counting(Journey.objects.filter(inviter_id__in=inviter_ids, course_key=course_key))
    return dict(Counter(rows.values_list("inviter_id", flat=True)))


def _counting(rows: QuerySet[Journey]) -> QuerySet[Journey]:
    return rows.filter(
        status=Status.CREDITED.value, inviter__isnull=False, enrolled_at__isnull=False, unenrolled_at=None
    )


def _read(rows: QuerySet[Journey]) -> list[Brought]:
    found = [Brought(*row) for row in _counting(rows).order_by("id").values_list(*COLUMNS)]
    stubs = stubs_among({one.inviter_id for one in found})
    return [one for one in found if one.inviter_id not in stubs]
