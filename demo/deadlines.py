"""When something is due for single learners: dates that count from their enrolment, and more time that they were given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from community_dashboard.data import Due
from community_dashboard.host.calendars import CourseCalendar, CourseDate, Extension, Start
from community_dashboard.host.keys import batches
from demo.campus.models import Enrolment
from demo.courseware import queries
from demo.courseware.models import Deadline
from demo.courseware.models import Extension as ExtensionRow


def own_deadlines(user_ids: Iterable[int], course_key: Any) -> dict[int, list[Due]]:
    """Of those for whom it is not as for all. Two queries, and two for every 500 people."""
    ids = list(user_ids)
    rows = Deadline.objects.filter(course_key=course_key).values_list("usage_key", "due", "after")
    dates = [CourseDate(*row) for row in rows] if ids else []
    course = queries.course(course_key) if dates else None
    calendar = CourseCalendar(dates, end=course.end if course is not None else None)
    found: dict[int, list[Due]] = {}
    for some in batches(ids) if dates else ():
        extensions: dict[int, list[Extension]] = {}
        given = ExtensionRow.objects.filter(course_key=course_key, user_id__in=some).order_by("given", "pk")
        for user_id, *about in given.values_list("user_id", "usage_key", "given", "due"):
            extensions.setdefault(user_id, []).append(Extension(*about))
        created: dict[int, datetime] = {}
        if calendar.is_relative:
            enrolled = Enrolment.objects.filter(course_key=course_key, user_id__in=some)
            created = dict(enrolled.values_list("user_id", "created"))
        for user_id in created.keys() | extensions.keys():
            at = created.get(user_id)
            starts = [Start(at, at)] if at is not None else []
            due = calendar.of(starts=starts, extensions=extensions.get(user_id, ()), scheduled=at)
            if len(due) > 1:
                found[user_id] = due
    return found


def deadlines_for(user_id: int, course_key: Any) -> tuple[datetime, ...]:
    """When something is due for this learner, in the order of time. Five queries at most."""
    own = own_deadlines([user_id], course_key).get(user_id)
    return own[-1].moments if own else tuple(queries.deadlines(course_key))
