"""Who is kept from posting, and what was done with an author before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.sanctions.models import AuthorNote, Kind, Sanction


@dataclass(frozen=True)
class Sanctioned:
    """One warning, silence or ban."""

    decision_id: int
    user_id: int
    course_key: CourseKey
    kind: str  # "warn", "silence", "ban"
    reason: str
    made_at: datetime
    until: datetime | None  # of a silence
    lifted_at: datetime | None

    def keeps_from_posting(self, now: datetime) -> bool:
        """Whether it does at this moment."""
        if self.kind == Kind.WARN or self.lifted_at is not None:
            return False
        return self.until is None or self.until > now


@dataclass(frozen=True)
class Noted:
    """One note of the team."""

    decision_id: int
    by: int | None  # the moderator; None once that account is gone
    text: str
    made_at: datetime


@dataclass(frozen=True)
class History:
    """What was done with one author in one course, the newest first."""

    sanctions: tuple[Sanctioned, ...]
    notes: tuple[Noted, ...]

    def number_of(self, kind: str) -> int:
        """How many of a kind, also those that are over; what was taken back does not count."""
        return sum(one.kind == kind for one in self.sanctions)


def sanction_on(user_id: int | None, course_key: CourseKey, now: datetime) -> Sanctioned | None:
    """What keeps this person from posting in this course now: a ban before a silence, the longest silence. One query."""
    return sanctions_now(user_id, now).get(course_key)


def sanctions_now(user_id: int | None, now: datetime) -> dict[CourseKey, Sanctioned]:
    """The same for all courses of one person; for most people empty. One query, answered by an index."""
    if user_id is None:
        return {}
    return _strongest(in_force(now).filter(user_id=user_id), lambda one: one.course_key)


def sanctions_on(user_ids: Iterable[int], course_key: CourseKey, now: datetime) -> dict[int, Sanctioned]:
    """The same for many people in one course, by user. One query."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    return _strongest(in_force(now).filter(course_key=course_key, user_id__in=wanted), lambda one: one.user_id)


def sanctioned_in(course_key: CourseKey, now: datetime, *, limit: int = 100) -> list[Sanctioned]:
    """Who cannot post in a course now, the newest first, one entry for each person. One query."""
    rows = in_force(now).filter(course_key=course_key).order_by("-made_at", "-id")[: limit * 2]
    return list(_strongest(rows, lambda one: one.user_id).values())[:limit]


def history_of(user_id: int, course_key: CourseKey, *, limit: int = 50) -> History:
    """What was done with an author in a course, and the team's notes. Two queries."""
    sanctions = Sanction.objects.filter(course_key=course_key, user_id=user_id).order_by("-made_at", "-id")[:limit]
    notes = AuthorNote.objects.filter(course_key=course_key, user_id=user_id).order_by("-made_at", "-id")[:limit]
    return History(
        tuple(described(row) for row in sanctions),
        tuple(Noted(row.decision_id, row.by_id, row.text, row.made_at) for row in notes),
    )


def in_force(now: datetime) -> QuerySet[Sanction]:
    """Silences and bans that keep somebody from posting at this moment, of everybody. No query yet."""
    rows = Sanction.objects.filter(lifted_at=None, kind__in=[Kind.SILENCE, Kind.BAN])
    return rows.filter(Q(until=None) | Q(until__gt=now))


def _strongest(rows: Iterable[Sanction], key: Any) -> dict[Any, Sanctioned]:
    found: dict[Any, Sanctioned] = {}
    for one in map(described, rows):
        known = found.get(key(one))
        if known is None or _weight(one) > _weight(known):
            found[key(one)] = one
    return found


def _weight(one: Sanctioned) -> tuple[bool, float, datetime]:
    return one.until is None, one.until.timestamp() if one.until else 0.0, one.made_at


def described(row: Sanction) -> Sanctioned:
    """The row as it is handed on."""
    return Sanctioned(
        decision_id=row.decision_id,
        user_id=row.user_id,
        course_key=row.course_key,
        kind=row.kind,
        reason=row.reason,
        made_at=row.made_at,
        until=row.until,
        lifted_at=row.lifted_at,
    )
