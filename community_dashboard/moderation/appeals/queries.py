"""What an author is told, and the appeals that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.appeals.models import Appeal, State
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.logbook import Logged, find_logged, logged_about

# What takes something from an author, and can be appealed.
APPEALABLE = frozenset(
    {
        Choice.HOLD,
        Choice.HIDE,
        Choice.EDIT,
        Choice.CLOSE,
        Choice.MOVE,
        Choice.DELETE,
        Choice.WARN,
        Choice.SILENCE,
        Choice.BAN,
    }
)
# What gives it back, and is told too.
_BACK = frozenset({Choice.APPROVE, Choice.RESTORE, Choice.REOPEN, Choice.LIFT})
SHOWN = 50  # that an author is told of


@dataclass(frozen=True)
class Appealed:
    """One appeal."""

    id: int
    decision_id: int
    course_key: CourseKey
    user_id: int
    words: str
    made_at: datetime
    state: str  # "open", "upheld", "overturned"
    decided_by: int | None
    decided_at: datetime | None
    answer: str
    undone: bool  # whether the decision could be taken back


@dataclass(frozen=True)
class Told:
    """One decision as its author is told of it."""

    decision: Logged
    appeal: Appealed | None
    may_appeal: bool


def told_to(user_id: int) -> list[Told]:
    """What was done to one person's posts and person, in all courses, the newest first. Two queries; one where nothing was."""
    rows = [one for one in logged_about(user_id, None, APPEALABLE | _BACK, limit=SHOWN) if _concerns(one)]
    appeals = appeals_to(one.id for one in rows)
    return [Told(one, appeals.get(one.id), may_appeal(one) and one.id not in appeals) for one in rows]


def may_appeal(decision: Logged) -> bool:
    """Whether a decision is of a kind that its author can appeal, and stands."""
    return decision.choice in APPEALABLE and decision.state == "done"


def appeals_to(decision_ids: Iterable[int]) -> dict[int, Appealed]:
    """The appeals to these decisions, by decision. One query; none for no decision."""
    wanted = list(decision_ids)
    rows = Appeal.objects.filter(decision_id__in=wanted) if wanted else ()
    return {row.decision_id: appealed(row) for row in rows}


def own_decision(user_id: int, course_key: CourseKey, decision_id: int) -> Told | None:
    """A decision about this person; None also for one about somebody else. Two queries."""
    decision = find_logged(course_key, decision_id)
    if decision is None or decision.subject_id != user_id or decision.choice not in APPEALABLE:
        return None
    appeal = appeals_to([decision.id]).get(decision.id)
    return Told(decision, appeal, may_appeal(decision) and appeal is None)


def find_appeal(course_key: CourseKey, appeal_id: int) -> Appealed | None:
    """One appeal of this course. One query."""
    row = Appeal.objects.filter(pk=appeal_id, course_key=course_key).first()
    return appealed(row) if row else None


def list_appeals(course_key: CourseKey, *, waiting: bool, after: int = 0, limit: int) -> list[Appealed]:
    """Those that wait, the longest first, or those that were decided, the latest first. `after` is the last one seen.

    One query by an index, two after the first page.
    """
    rows = _by_state(course_key, waiting=waiting)
    if after:
        from_here = Appeal.objects.filter(pk=after, course_key=course_key).values_list("made_at", flat=True).first()
        if from_here is None:
            return []
        way = ("gt", "gt") if waiting else ("lt", "lt")
        rows = rows.filter(Q(**{f"made_at__{way[0]}": from_here}) | Q(made_at=from_here, **{f"id__{way[1]}": after}))
    order = ("made_at", "id") if waiting else ("-made_at", "-id")
    return [appealed(row) for row in rows.order_by(*order)[:limit]]


def count_waiting(course_key: CourseKey) -> int:
    """How many appeals wait in a course. One query by an index."""
    return _by_state(course_key, waiting=True).count()


def appealed(row: Appeal) -> Appealed:
    """The row as it is handed on."""
    return Appealed(
        id=row.pk,
        decision_id=row.decision_id,
        course_key=row.course_key,
        user_id=row.user_id,
        words=row.words,
        made_at=row.made_at,
        state=row.state,
        decided_by=row.decided_by_id,
        decided_at=row.decided_at,
        answer=row.answer,
        undone=row.undo_id != 0,
    )


def _by_state(course_key: CourseKey, *, waiting: bool) -> QuerySet[Appeal]:
    states: list[Any] = [State.OPEN] if waiting else [State.UPHELD, State.OVERTURNED]
    return Appeal.objects.filter(course_key=course_key, state__in=states)


def _concerns(one: Logged) -> bool:
    """An approval is told only where a text had been hidden until then: otherwise the author noticed nothing."""
    return one.choice != Choice.APPROVE or bool(one.after.get("was_masked"))
