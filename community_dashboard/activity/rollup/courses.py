"""Which courses have figures."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.models import CourseFill


def filled_courses(*, since: datetime) -> list[CourseKey]:
    """The courses whose learners were brought up to date since then, by key. One query."""
    return list(
        CourseFill.objects.filter(filled_at__gte=since).order_by("course_key").values_list("course_key", flat=True)
    )
