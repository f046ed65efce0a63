"""Reads of segments: those of a course, one of them, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.engagement.segments.definitions import READY_MADE, Definition, from_json
from community_dashboard.engagement.segments.models import Segment as SegmentRow
from community_dashboard.engagement.segments.models import SegmentChange
from community_dashboard.engagement.segments.sentences import NAMES, sentence_of
from community_dashboard.host.chosen import get_host

DAY = 86_400


@dataclass(frozen=True)
class Segment:
    """One segment of a course. `name` and `sentence` are in the language that is active."""

    key: str
    name: str
    sentence: str
    chosen: Chosen
    own: bool  # made by this course
    definition: Definition = field(default_factory=Definition)
    version: int = 0  # 0: ready-made and never changed

    @property
    def changed(self) -> bool:
        """Whether it is a ready-made one that this course has changed."""
        return not self.own and self.version > 0


@dataclass(frozen=True)
class Change:
    """What somebody did to a segment. `by` is a username, "" for somebody who is gone."""

    act: str
    name: str
    sentence: str
    at: datetime
    by: str


def segments_of(course_key: CourseKey, *, now: datetime | None = None) -> list[Segment]:
    """The ready-made ones, as this course has them, then its own by name. One query and the host's for deadlines."""
    rows = {row.key: row for row in SegmentRow.objects.filter(course_key=course_key)}
    days = days_to_deadline(course_key, now=now or timezone.now())
    ready = [_segment(key, rows.get(key), days) for key in READY_MADE]
    own = [_segment(key, row, days) for key, row in rows.items() if key not in READY_MADE]
    return ready + sorted(own, key=lambda segment: (segment.name.casefold(), segment.key))


def segment_of(course_key: CourseKey, key: str, *, now: datetime | None = None) -> Segment | None:
    """The segment of this key; None if the course has none. One query and the host's for deadlines."""
    row = SegmentRow.objects.filter(course_key=course_key, key=key).first() if len(key) <= 32 else None
    if row is None and key not in READY_MADE:
        return None
    return _segment(key, row, days_to_deadline(course_key, now=now or timezone.now()))


def days_to_deadline(course_key: CourseKey, *, now: datetime) -> float | None:
    """In how many days something is due next for all learners of the course; None if nothing is known to be."""
    due = min((moment for moment in get_host().deadlines(course_key) if moment >= now), default=None)
    return None if due is None else (due - now).total_seconds() / DAY


def changes_of(course_key: CourseKey, key: str, *, limit: int = 50) -> list[Change]:
    """What was done to a segment, the newest first. One query by an index."""
    rows = SegmentChange.objects.filter(course_key=course_key, key=key).select_related("by").order_by("-at", "-id")
    return [_change(row) for row in rows[:limit]]


def _segment(key: str, row: Any, days: float | None) -> Segment:
    definition = READY_MADE[key] if row is None else from_json(row.definition)
    name = row.name if row is not None and row.name else str(NAMES.get(key, key))
    chosen = definition.chosen(days_to_deadline=days)
    return Segment(
        key, name, sentence_of(definition), chosen, key not in READY_MADE, definition, row.version if row else 0
    )


def _change(row: Any) -> Change:
    name = row.name or str(NAMES.get(row.key, row.key))
    return Change(row.act, name, sentence_of(from_json(row.definition)), row.at, row.by.username if row.by else "")
