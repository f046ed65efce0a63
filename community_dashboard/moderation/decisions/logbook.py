"""The log as it is read: by whom, what, about whom, when, and what led to what. Every list is answered by an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.decisions.models import Decision

PAGE = 500  # rows of a file in one query
MOST_FOLLOWED = 20  # that are shown below the decision they followed from
DONE, UNDOING, UNDONE = "done", "undoing", "undone"


@dataclass(frozen=True)
class LogFilter:
    """What of the log is wanted; each field None or empty: everything. They narrow each other."""

    actor: int | None = None
    choice: str = ""
    subject: int | None = None  # the author
    kind: str = ""  # of the post, with `post_id`
    post_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    automatic: bool | None = None
    decision: int | None = None  # this one, what led to it, and what followed from it


@dataclass(frozen=True)
class Logged:
    """One decision as the log has it."""

    id: int
    course_key: CourseKey
    choice: str
    state: str  # "begun", "done", "failed", "undoing", "undone"
    kind: str  # "thread", "comment"; "" for a decision about a person alone
    post_id: str
    thread_id: str
    subject_id: int | None
    actor_id: int | None
    automatic: bool
    reason: str
    note: str  # for the team alone
    fields: Mapping[str, Any]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    made_at: datetime
    cause_id: int | None
    undo_until: datetime | None
    undone_at: datetime | None
    undone_by_id: int | None

    def can_be_undone(self, now: datetime) -> bool:
        """Whether the undo button is there: the decision holds, and the world and the time allow it."""
        return self.state == DONE and self.undo_until is not None and self.undo_until > now


def page_of_log(course_key: CourseKey, wanted: LogFilter, *, before: int = 0, limit: int) -> list[Logged]:
    """The latest decisions of a course, from the one numbered `before` on backwards. Two queries, three after the first page."""
    rows = _wanted(course_key, wanted)
    if before:
        from_here = Decision.objects.filter(pk=before, course_key=course_key).values_list("made_at", flat=True).first()
        if from_here is None:
            return []
        # One range, so that every database begins in its index where the page begins.
        rows = rows.filter(made_at__lte=from_here).exclude(made_at=from_here, id__gte=before)
    return _read(rows, "-made_at", "-id", limit=limit)


def read_log(course_key: CourseKey, wanted: LogFilter) -> Iterator[list[Logged]]:
    """The whole log of a filter, the oldest first, 500 decisions at a time. Two queries for each.

    By time and number, in which every index of the log ends: by number alone the whole filter is sorted for each 500.
    """
    rest = rows = _wanted(course_key, wanted)
    while page := _read(rest, "made_at", "id", limit=PAGE):
        yield page
        if len(page) < PAGE:
            return
        last = page[-1]
        rest = rows.filter(made_at__gte=last.made_at).exclude(made_at=last.made_at, id__lte=last.id)


def find_logged(course_key: CourseKey, decision_id: int) -> Logged | None:
    """One decision of this course. One query."""
    row = Decision.objects.filter(pk=decision_id, course_key=course_key).first()
    return _logged(row) if row else None


def logged_about(user_id: int, course_key: CourseKey | None, choices: Iterable[str], *, limit: int) -> list[Logged]:
    """What was done with one author and their posts, in a course or in all, the newest first. One query."""
    rows = Decision.objects.filter(subject=user_id, choice__in=list(choices), state__in=[DONE, UNDOING, UNDONE])
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
    return [_logged(row) for row in rows.order_by("-made_at", "-id")[:limit]]


def followed_from(ids: Iterable[int]) -> dict[int, list[Logged]]:
    """What followed from these decisions, by them, in the order in which it happened; twenty of each at most. One query."""
    found: dict[int, list[Logged]] = {}
    wanted = list(ids)
    for row in Decision.objects.filter(cause__in=wanted).order_by("id")[: MOST_FOLLOWED * max(len(wanted), 1)]:
        if row.cause_id is not None and len(found.setdefault(row.cause_id, [])) < MOST_FOLLOWED:
            found[row.cause_id].append(_logged(row))
    return found


def causes_of(ids: Iterable[int]) -> dict[int, Logged]:
    """Decisions by their numbers: those from which others followed. One query."""
    return {row.pk: _logged(row) for row in Decision.objects.filter(pk__in=set(ids))}


def actors_in(course_key: CourseKey) -> list[int]:
    """Who has decided anything in a course. One query."""
    rows = Decision.objects.filter(course_key=course_key).exclude(actor=None).order_by()
    # With the course, MariaDB steps from one moderator of the index to the next; without it, it reads every decision's entry.
    return [actor for _course, actor in rows.values_list("course_key", "actor").distinct()]


def _wanted(course_key: CourseKey, wanted: LogFilter) -> QuerySet[Decision]:
    rows = Decision.objects.filter(course_key=course_key)
    if wanted.decision is not None:
        cause = rows.filter(pk=wanted.decision).values_list("cause", flat=True).first()
        rows = rows.filter(Q(pk__in=[wanted.decision, *([cause] if cause else [])]) | Q(cause=wanted.decision))
    exact = {"actor": wanted.actor, "subject": wanted.subject, "automatic": wanted.automatic}
    exact |= {"choice": wanted.choice or None, "kind": wanted.kind or None, "post_id": wanted.post_id or None}
    exact |= {"made_at__gte": wanted.since, "made_at__lt": wanted.until}
    return rows.filter(**{name: value for name, value in exact.items() if value is not None})


def _read(rows: QuerySet[Decision], *order: str, limit: int) -> list[Logged]:
    # First the numbers, from an index alone: asked for whole rows far back, MariaDB reads all those before them too.
    ids = list(rows.order_by(*order).values_list("pk", flat=True)[:limit])
    return [_logged(row) for row in Decision.objects.filter(pk__in=ids).order_by(*order)]


def _logged(row: Decision) -> Logged:
    return Logged(
        id=row.pk,
        course_key=row.course_key,
        choice=row.choice,
        state=row.state,
        kind=row.kind,
        post_id=row.post_id,
        thread_id=row.thread_id,
        subject_id=row.subject_id,
        actor_id=row.actor_id,
        automatic=row.automatic,
        reason=row.reason,
        note=row.note,
        fields=row.fields,
        before=row.before,
        after=row.after,
        made_at=row.made_at,
        cause_id=row.cause_id,
        undo_until=row.undo_until,
        undone_at=row.undone_at,
        undone_by_id=row.undone_by_id,
    )
