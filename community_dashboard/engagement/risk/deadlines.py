"""When something is due in a course, for all and for those who have deadlines of their own: asked of the platform."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.risk.calendars import Calendar, Calendars
from community_dashboard.host.chosen import get_host

MANY = 5_000  # people asked for at once; the platform is asked for 500 in one query


def calendars_of(course_key: CourseKey, persons: Iterable[int], *, start: date, end: date) -> Calendars:
    """The days (UTC) from `start` to `end` on which something is due for these people.

    The host's queries. Memory: learners who began on the same day share one calendar.
    """
    host, wanted = get_host(), sorted(persons)
    shared = Calendar(((None, _days(host.deadlines(course_key), start, end)),))
    kept: dict[Calendar, Calendar] = {shared: shared}
    own: dict[int, Calendar] = {}
    for first in range(0, len(wanted), MANY):
        for person, dues in host.own_deadlines(wanted[first : first + MANY], course_key).items():
            versions = tuple((due.since and _day(due.since), _days(due.moments, start, end)) for due in dues)
            calendar = Calendar(versions)
            own[person] = kept.setdefault(calendar, calendar)
    return Calendars(shared, own)


def _days(moments: Iterable[datetime], start: date, end: date) -> tuple[date, ...]:
    return tuple(sorted({day for day in map(_day, moments) if start <= day <= end}))


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
