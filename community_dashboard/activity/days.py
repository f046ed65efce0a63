"""Which days of which courses have to be counted anew: said by whoever changes rows of the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from opaque_keys.edx.django.models import CourseKeyField

from community_dashboard.activity.models import FillState
from community_dashboard.activity.writing import upsert

Day = tuple[Any, date]  # a course and a day (UTC)


def mark(days: Iterable[Day]) -> None:
    """Has these days counted anew by the next run. One statement for 500 days.

    Waits for a run that is counting one of them. Call it in the transaction of the change.
    """
    distinct = sorted({(str(course_key), day): (course_key, day) for course_key, day in days}.items())
    rows = [FillState(course_key=course_key, day=day, stale=True) for _text, (course_key, day) in distinct]
    upsert(rows, key=("course_key", "day"), columns=("stale",))


def days_in(rows: QuerySet) -> list[Day]:
    """The days of these rows of the record, without what belongs to no course. One query over the rows."""
    in_courses = rows.exclude(course_key=CourseKeyField.Empty).annotate(day=TruncDate("happened_at", tzinfo=UTC))
    return list(in_courses.order_by().values_list("course_key", "day").distinct())


def day_of(moment: datetime) -> date:
    """The day (UTC) of a moment."""
    return moment.astimezone(UTC).date()
