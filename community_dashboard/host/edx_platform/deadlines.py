"""When something is due in a course of the LMS, for all and for single learners.

Read in edx-when 2.5.1 to 4.0.0 and in the platform's schedules app; the same from Teak to master. Extensions are rows that are
only ever added (`UserDate`); the starts of a schedule, which a learner may set anew, stand in its history.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from community_dashboard.data import Due
from community_dashboard.host.calendars import CourseCalendar, CourseDate, Extension, Start
from community_dashboard.host.keys import batches, is_course

DUE, END = "due", "end"  # edx-when's names
WHOLE = "course"  # the type of the block that is the course itself


class Deadlines:
    """The dates of edx-when, with the schedules and the extensions of learners in them."""

    def deadlines(self, course_key: Any) -> list[datetime]:
        """The dates of edx-when that no learner's own schedule has a part in."""
        from edx_when.api import get_dates_for_course

        if not is_course(course_key):
            return []
        dates = get_dates_for_course(course_key)
        return sorted({moment for (_block, name), moment in dates.items() if name == DUE and moment is not None})

    def own_deadlines(self, user_ids: Iterable[int], course_key: Any) -> dict[int, list[Due]]:
        """From the dates of edx-when, its extensions, and the schedules with their history. One query for the course and those
        of a flag, three for every 500 people; schedules are asked for only where dates depend on them.
        """
        ids = list(user_ids)
        calendar = _calendar(course_key) if ids and is_course(course_key) else None
        found: dict[int, list[Due]] = {}
        for some in batches(ids) if calendar is not None else ():
            extensions = _extensions(some, course_key)
            starts, scheduled = _schedules(some, course_key) if calendar.is_relative else ({}, {})
            for user_id in starts.keys() | extensions.keys():
                due = calendar.of(
                    starts=starts.get(user_id, ()),
                    extensions=extensions.get(user_id, ()),
                    scheduled=scheduled.get(user_id),
                )
                if len(due) > 1:  # else as for all
                    found[user_id] = due
        return found


def _calendar(course_key: Any) -> CourseCalendar | None:
    """None for a course in which nothing is due. Relative dates count only where the platform's flag is on for the course."""
    from edx_when.models import ContentDate
    from openedx.features.course_experience import RELATIVE_DATES_FLAG

    rows = ContentDate.objects.filter(course_id=course_key, active=True, field__in=(DUE, END))
    if not RELATIVE_DATES_FLAG.is_enabled(course_key):
        rows = rows.filter(policy__rel_date=None)
    dates, end = [], None
    for block, name, moment, after in rows.values_list("location", "field", "policy__abs_date", "policy__rel_date"):
        if name == DUE:
            dates.append(CourseDate(block, moment, after))
        elif block.block_type == WHOLE:
            end = moment
    return CourseCalendar(dates, end=end) if dates else None


def _extensions(user_ids: list[int], course_key: Any) -> dict[int, list[Extension]]:
    """In the order in which edx-when lets them count: the last one changed is the last one that holds."""
    from edx_when.models import UserDate

    rows = UserDate.objects.filter(
        user_id__in=user_ids,
        content_date__course_id=course_key,
        content_date__active=True,
        content_date__field=DUE,
    ).order_by("modified")
    columns = ("user_id", "content_date__location", "created", "abs_date", "rel_date")
    found: dict[int, list[Extension]] = {}
    for user_id, *about in rows.values_list(*columns):
        found.setdefault(user_id, []).append(Extension(*about))
    return found


def _schedules(user_ids: list[int], course_key: Any) -> tuple[dict[int, list[Start]], dict[int, datetime]]:
    """The starts of their schedules as these changed, and when each schedule was made."""
    from openedx.core.djangoapps.schedules.models import Schedule

    of_these = {"enrollment__course_id": course_key, "enrollment__user_id__in": user_ids}
    rows = Schedule.objects.filter(**of_these).exclude(start_date=None)
    now: dict[int, tuple[int, datetime]] = {}
    scheduled: dict[int, datetime] = {}
    for key, user_id, at, made in rows.values_list("id", "enrollment__user_id", "start_date", "created"):
        now[key], scheduled[user_id] = (user_id, at), made
    known: dict[int, list[Start]] = {key: [] for key in now}
    history = Schedule.history.filter(**of_these).exclude(start_date=None).order_by("history_date", "history_id")
    for key, since, at in history.values_list("id", "history_date", "start_date"):
        if key in known:
            known[key].append(Start(since, at))
    return {user_id: _starts(known[key], at) for key, (user_id, at) in now.items()}, scheduled


def _starts(known: list[Start], now: datetime) -> list[Start]:
    """What the history has, the last as it stands now: where a course's start was moved, the platform writes no history."""
    return [*known[:-1], Start(known[-1].since, now)] if known else [Start(now, now)]
