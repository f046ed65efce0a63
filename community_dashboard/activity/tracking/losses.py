"""Writes of what did not come through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from community_dashboard.activity.tracking.models import TrackingLoss

Where = tuple[Any, date]  # the course and the day (UTC)


def add(*, column: str, numbers: Mapping[Where, int]) -> None:
    """Counts these as "unsent" or "unread" besides those that were. Three statements for each course and day at most."""
    for (course_key, day), number in numbers.items():
        with transaction.atomic():
            _row(course_key, day).update(**{column: F(column) + number})


def note_overflow(*, numbers: Mapping[Where, int]) -> None:
    """What the list itself has counted of a day so far: told again, the greatest number stands."""
    for (course_key, day), number in numbers.items():
        with transaction.atomic():
            _row(course_key, day).filter(overflowed__lt=number).update(overflowed=number)


def _row(course_key: Any, day: date) -> Any:
    TrackingLoss.objects.get_or_create(course_key=course_key, day=day)
    return TrackingLoss.objects.filter(course_key=course_key, day=day)
