"""Counts of the first two stages: who had the panel in view, and who shared. Exact, one query each."""

from __future__ import annotations

from datetime import UTC
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Selection, iso_week
from referral_xblock.sharing.models import Share, Showing


class Counted(NamedTuple):
    """Distinct learners, and how often: a learner is shown one panel once, and shares once per channel and day."""

    people: int
    rows: int


NOBODY = Counted(0, 0)


class PromptGroups(NamedTuple):
    """Ids of the learners who had a panel in view, by whether its invitation prompt was in it."""

    prompted: frozenset[int]
    held_out: frozenset[int]


def showings(course_key: CourseKey, selection: Selection) -> QuerySet[Showing]:
    """The rows behind "shown". None for a selection by network: nothing has left for a network yet."""
    rows = Showing.objects.filter(course_key=course_key)
    if selection.network is not None:
        return rows.none()
    if selection.since:
        rows = rows.filter(shown_at__gte=selection.since)
    if selection.before:
        rows = rows.filter(shown_at__lt=selection.before)
    return rows if selection.placement is None else rows.filter(placement=selection.placement)


def shares(course_key: CourseKey, selection: Selection) -> QuerySet[Share]:
    """The rows behind "shared"."""
    rows = Share.objects.filter(course_key=course_key)
    if selection.start:
        rows = rows.filter(day__gte=selection.start)
    if selection.end:
        rows = rows.filter(day__lte=selection.end)
    if selection.network is not None:
        rows = rows.filter(channel=selection.network)
    return rows if selection.placement is None else rows.filter(placement=selection.placement)


def count_shown(course_key: CourseKey, selection: Selection, *, by: str = "") -> dict[str, Counted]:
    """Learners who had a panel in view, by "placement" or "week"; without `by` under the key "". One query.

    A learner whose weeks or placements are several counts in each, and once in the whole.
    """
    rows = showings(course_key, selection)
    return _counted(rows, by, TruncWeek("shown_at", tzinfo=UTC))


def count_shared(course_key: CourseKey, selection: Selection, *, by: str = "") -> dict[str, Counted]:
    """Learners who shared, by "network", "placement" or "week"; without `by` under the key "". One query."""
    rows = shares(course_key, selection)
    return _counted(rows, "channel" if by == "network" else by, TruncWeek("day"))


def _counted(rows: QuerySet, by: str, week: TruncWeek) -> dict[str, Counted]:
    numbers = {"learners": Count("user", distinct=True), "times": Count("id")}
    if not by:
        found = rows.aggregate(**numbers)
        return {"": Counted(found["learners"], found["times"])}
    grouped = rows.annotate(part=week).values("part") if by == "week" else rows.values(by)
    column = "part" if by == "week" else by
    return {
        iso_week(row[column]) if by == "week" else row[column]: Counted(row["learners"], row["times"])
        for row in grouped.annotate(**numbers).order_by(column)
    }


def sharers(course_key: CourseKey, selection: Selection) -> frozenset[int]:
    """Ids of the learners who shared. One query; as large as the course has sharers."""
    return frozenset(shares(course_key, selection).values_list("user_id", flat=True).distinct())


def prompt_groups(course_key: CourseKey, selection: Selection) -> PromptGroups:
    """Who saw the panel with its prompt and who without. One query; as large as the course has learners.

    The draw is stable; should somebody stand in both groups nevertheless, they are in neither.
    """
    prompted: set[int] = set()
    held_out: set[int] = set()
    for user_id, without in showings(course_key, selection).values_list("user_id", "in_holdout").distinct():
        (held_out if without else prompted).add(user_id)
    return PromptGroups(frozenset(prompted - held_out), frozenset(held_out - prompted))
