"""Rows that came after their day was sealed: counted and said, then cleared away like those before them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from community_dashboard.activity.models import Activity, FillState
from community_dashboard.activity.rollup.counting import MILESTONES, record_of
from community_dashboard.activity.rollup.mishaps import note

LATE = "late"
WORDS = gettext_noop(
    "Told after the record of this day was cleared away, for the first time or again: not in the figures."
)
BATCH = 1000


def clearable(state: FillState) -> QuerySet:
    """The rows of that day that are not kept for ever."""
    rows = record_of(state.course_key, state.day)
    return rows.exclude(kind__in=[kind.value for kind in MILESTONES])


def clear_late(state: FillState, *, now: datetime) -> None:
    """Deletes what came to a sealed day and notes how many rows it was; nothing while the day is still being cleared.

    One query where nothing came, two for every 1,000 rows otherwise.
    """
    if state.rows:
        return
    deleted = 0
    while numbers := list(clearable(state).values_list("pk", flat=True)[:BATCH]):
        deleted += Activity.objects.filter(pk__in=numbers).delete()[0]
    if deleted:
        note(course_key=state.course_key, day=state.day, step=LATE, words=WORDS, now=now, times=deleted)
