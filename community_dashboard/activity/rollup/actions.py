"""What others tell the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity import days as marking
from community_dashboard.activity.rollup.models import LearnerState

BATCH = 500


def mark_stale(*, course_key: CourseKey, days: Iterable[date]) -> None:
    """Has these days (UTC) of a course counted anew by the next run. One statement for 500 days."""
    marking.mark((course_key, day) for day in days)


def set_risks(*, course_key: CourseKey, risks: Mapping[int, tuple[int, int]]) -> None:
    """Keeps (chance now, a week before) of dropping out, in thousandths, by person; -1 says that nobody knows.

    Who is not among the learners of the course is passed over. Two statements for 500 people.
    """
    persons = sorted(risks)
    for start in range(0, len(persons), BATCH):
        rows = list(LearnerState.objects.filter(course_key=course_key, person__in=persons[start : start + BATCH]))
        changed = [row for row in rows if (row.risk, row.risk_before) != risks[row.person]]
        for row in changed:
            row.risk, row.risk_before = risks[row.person]
        LearnerState.objects.bulk_update(changed, ["risk", "risk_before"])
