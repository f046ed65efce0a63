"""Reads of the record. What pages show often is rolled up from it; these answer for short periods and single people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.kinds import LEARNING, Kind
from community_dashboard.activity.models import Activity, Forgotten

# Where a page of one person's activity ends and the next begins: the moment and number of its last row.
Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Seen:
    """One row of the record as a list shows it."""

    kind: Kind
    happened_at: datetime
    course_key: CourseKey | None
    about: tuple[str, str]  # ("thread", "12"); two empty strings where it is about nothing more


@dataclass(frozen=True)
class SeenPage:
    """So many rows, the newest first; `older` continues, None at the end."""

    rows: list[Seen]
    older: Cursor | None


def count_by_day(course_key: CourseKey, *, start: datetime, end: datetime) -> dict[tuple[date, Kind], int]:
    """How many of each kind on each day (UTC), from `start` up to but without `end`; what did not happen is left out.

    One query over the rows of the period, answered by an index alone.
    """
    rows = (
        _period(course_key, start, end)
        .annotate(day=TruncDate("happened_at", tzinfo=UTC))
        .values("day", "kind")
        .annotate(times=Count("id"))
        .order_by()
    )
    return {(row["day"], Kind(row["kind"])): row["times"] for row in rows}


def count_active_people(
    course_key: CourseKey, *, start: datetime, end: datetime, kinds: Sequence[Kind] = LEARNING
) -> int:
    """How many different people did one of these, by default anything that is learning. Two queries.

    A retired person still counts as one in each course.
    """
    rows = _period(course_key, start, end).filter(kind__in=[kind.value for kind in kinds])
    named = rows.filter(user__isnull=False).aggregate(people=Count("user", distinct=True))["people"]
    stubs = rows.filter(user__isnull=True).exclude(stub=0).aggregate(people=Count("stub", distinct=True))["people"]
    return named + stubs


def activity_of(
    user_id: int, *, course_key: CourseKey | None = None, older_than: Cursor | None = None, size: int = 50
) -> SeenPage:
    """What one person did, the newest first, in one course or everywhere. One query, whatever the page.

    The caller must have checked that the reader may know. In one course an index gives the order.
    """
    rows = Activity.objects.filter(user_id=user_id)
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
    if older_than is not None:
        moment, number = older_than
        rows = rows.filter(Q(happened_at__lt=moment) | Q(happened_at=moment, id__lt=number))
    found = list(rows.order_by("-happened_at", "-id")[: size + 1])
    shown = found[:size]
    return SeenPage(
        [Seen(Kind(row.kind), row.happened_at, row.course_key, (row.object_kind, row.object_id)) for row in shown],
        (shown[-1].happened_at, shown[-1].id) if len(found) > size else None,
    )


def posts_reported_by(user_ids: Sequence[int], course_key: CourseKey) -> dict[int, set[tuple[str, str]]]:
    """The posts, as (kind, id), that each of these people ever reported in a course; who reported none is left out.

    One query over what these people did in the course.
    """
    found: dict[int, set[tuple[str, str]]] = {}
    rows = Activity.objects.filter(user_id__in=list(user_ids), course_key=course_key, kind=Kind.FLAGGED.value)
    for user_id, kind, number in rows.values_list("user_id", "object_kind", "object_id"):
        found.setdefault(user_id, set()).add((kind, number))
    return found


def newest_number() -> int:
    """The number of the row that was written last, 0 while there is none: it tells whether the record grew. One query."""
    return Activity.objects.order_by("-id").values_list("id", flat=True).first() or 0


def forgotten_among(user_ids: Iterable[int]) -> set[int]:
    """Who of these was retired: nothing is kept of them any more. One query."""
    return set(Forgotten.objects.filter(user_id__in=list(user_ids)).values_list("user_id", flat=True))


def _period(course_key, start, end):
    return Activity.objects.filter(course_key=course_key, happened_at__gte=start, happened_at__lt=end)
