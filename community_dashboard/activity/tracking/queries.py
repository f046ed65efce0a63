"""Reads of what did not come through."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Sum
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.tracking.models import TrackingLoss


def lost(course_key: CourseKey | None, *, start: date, end: date) -> int:
    """At most so many facts of a course, or with None of the site, are missing on these days (UTC, both included). One query.

    What a Redis that was emptied had waiting in it, a minute's worth as a rule, nobody can count.
    """
    rows = TrackingLoss.objects.filter(day__range=(start, end))
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
    return rows.aggregate(all=Sum(F("overflowed") + F("unsent") + F("unread")))["all"] or 0
