"""Reads of notes, tags and their log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.learners.labels import key_of
from community_dashboard.engagement.learners.models import LearnerAct, LearnerNote, LearnerTag
from community_dashboard.host.keys import batches

MOST_TAGGED = 2000  # learners with one label, by which the list is narrowed
MOST_LABELS = 200  # to choose from


@dataclass(frozen=True)
class Note:
    """What somebody of the team wrote about a learner. `text` is hostile until a template escapes it."""

    id: int
    by: int | None  # None once that account is gone
    text: str
    made_at: datetime


@dataclass(frozen=True)
class Done:
    """One line of the log: `what` is a value of `LearnerAct.What`."""

    what: str
    by: int | None
    label: str
    happened_at: datetime


def notes_on(course_key: CourseKey, user_id: int, *, limit: int = 100) -> list[Note]:
    """The team's notes about a learner, the newest first. One query."""
    rows = LearnerNote.objects.filter(user_id=user_id, course_key=course_key).order_by("-made_at", "-id")
    return [Note(*row) for row in rows.values_list("id", "by_id", "text", "made_at")[:limit]]


def log_of(course_key: CourseKey, user_id: int, *, limit: int = 30) -> list[Done]:
    """What was noted and labelled about a learner, and by whom, the newest first. One query."""
    rows = LearnerAct.objects.filter(user_id=user_id, course_key=course_key).order_by("-happened_at", "-id")
    return [Done(*row) for row in rows.values_list("what", "by_id", "label", "happened_at")[:limit]]


def tags_of(course_key: CourseKey, user_ids: Iterable[int]) -> dict[int, list[str]]:
    """The labels of many, in order; who has none is left out. One query for 500 people."""
    found: dict[int, list[str]] = {}
    for ids in batches(user_ids):
        rows = LearnerTag.objects.filter(user_id__in=ids, course_key=course_key)
        for user_id, label in rows.values_list("user_id", "label"):
            found.setdefault(user_id, []).append(label)
    return {user_id: sorted(labels, key=str.casefold) for user_id, labels in found.items()}


def labels_of(course_key: CourseKey) -> list[tuple[str, int]]:
    """The labels of a course with how many learners have each, in order. One query over the course's tags."""
    rows = (
        LearnerTag.objects.filter(course_key=course_key).values("key").annotate(label=Min("label"), times=Count("id"))
    )
    found = [(row["label"], row["times"]) for row in rows.order_by("label")[:MOST_LABELS]]
    return sorted(found, key=lambda one: one[0].casefold())


def tagged(course_key: CourseKey, label: str) -> tuple[int, ...]:
    """The learners with a label, at most `MOST_TAGGED`, by account. One query."""
    rows = LearnerTag.objects.filter(course_key=course_key, key=key_of(label)).order_by("user_id")
    return tuple(rows.values_list("user_id", flat=True)[:MOST_TAGGED])
