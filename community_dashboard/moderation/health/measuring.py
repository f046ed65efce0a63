"""How long the threads of a period took to be answered: by whom, where and when they were asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.clock.percentiles import Summary, Time, summed_up, summed_up_by
from community_dashboard.moderation.clock.times import ALWAYS, Calendar, LocalWeek, OpenTime, seconds
from community_dashboard.moderation.health.filters import COURSE_HOURS, QUESTIONS, Chosen
from community_dashboard.moderation.projection.answering import Asked, asked_between

OTHERS = 0  # who answered for the team and moderates no longer, or never did
BLOCK = 3  # hours of the day in one line of the week's table


@dataclass(frozen=True)
class Measured:
    """Every figure of a period. All but `by_staff` and `moderators` are of the first answer by anybody."""

    by_anybody: Summary
    by_staff: Summary
    topics: dict[str, Summary]
    groups: dict[int, Summary]
    moderators: dict[int, Summary]  # first answers of the team by who gave them; OTHERS for the rest
    week: dict[int, Summary]  # by when they were asked: weekday × 8 + the three hours of the day


def measure(
    course_key: CourseKey,
    chosen: Chosen,
    *,
    calendar: Calendar,
    target: int,
    moderators: Collection[int],
    now: datetime,
) -> Measured:
    """Measures the threads of `chosen`; `target` in seconds. One query.

    About 5 microseconds for a thread beside reading it.
    """
    start, end, rows = _asked(course_key, chosen, calendar)
    open_time = OpenTime(calendar if chosen.hours == COURSE_HOURS else ALWAYS, start, max(end, now))
    today = open_time.until(max(seconds(now), seconds(start)))
    asked = open_time.until_each([row.at for row in rows])
    anybody = _times(asked, [row.answered for row in rows], open_time, today)
    staff = _times(asked, [row.by_staff for row in rows], open_time, today)
    local = LocalWeek(calendar.zone, start, end)
    blocks = [local.hour_of_week(row.at) // BLOCK for row in rows]
    return Measured(
        by_anybody=summed_up(anybody, target=target),
        by_staff=summed_up(staff, target=target),
        topics=summed_up_by([row.topic_id for row in rows], anybody, target=target),
        groups=summed_up_by([row.group_id for row in rows], anybody, target=target),
        moderators=_by_moderator(rows, staff, moderators, target=target),
        week=summed_up_by(blocks, anybody, target=target),
    )


def _asked(course_key: CourseKey, chosen: Chosen, calendar: Calendar) -> tuple[Any, Any, Any]:
    """The moments between which was chosen, and what was asked then."""
    start, end = chosen.moments(calendar.zone)
    rows = asked_between(
        course_key,
        start=start,
        end=end,
        questions_only=chosen.posts == QUESTIONS,
        topic_id=chosen.topic,
        group_id=chosen.group,
    )
    return start, end, rows


def first_answers(course_key: CourseKey, chosen: Chosen, *, calendar: Calendar, target: int, now: datetime) -> Summary:
    """The first answers by anybody alone, to compare with. One query."""
    start, end, rows = _asked(course_key, chosen, calendar)
    open_time = OpenTime(calendar if chosen.hours == COURSE_HOURS else ALWAYS, start, max(end, now))
    asked = open_time.until_each([row.at for row in rows])
    today = open_time.until(max(seconds(now), seconds(start)))
    return summed_up(_times(asked, [row.answered for row in rows], open_time, today), target=target)


def _times(asked: list[int], answered: list[int | None], open_time: OpenTime, today: int) -> list[Time]:
    """Of each thread how long it took; all in open seconds since the start of the period."""
    reached = iter(open_time.until_each([at for at in answered if at is not None]))
    return [
        (None, max(0, today - since)) if at is None else (max(0, next(reached) - since), 0)
        for since, at in zip(asked, answered, strict=True)
    ]


def _by_moderator(
    rows: list[Asked], times: list[Time], moderators: Collection[int], *, target: int
) -> dict[int, Summary]:
    """Threads that the team has answered, by who wrote the first of its answers."""
    moderating = frozenset(moderators)
    answered = [(row.staff, time) for row, time in zip(rows, times, strict=True) if row.by_staff is not None]
    keys = [staff if staff in moderating else OTHERS for staff, _time in answered]
    return summed_up_by(keys, [time for _staff, time in answered], target=target)
