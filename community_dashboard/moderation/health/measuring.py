"""How long the threads of a period took to be answered: by whom, where and when they were asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.clock.percentiles import (
    Summary,
    Time,
    nearest_rank,
    summed_up,
    summed_up_by,
    waiting,
)
from community_dashboard.moderation.clock.times import ALWAYS, Calendar, LocalWeek, OpenTime, moment_of, seconds
from community_dashboard.moderation.health.filters import COURSE_HOURS, QUESTIONS, Chosen
from community_dashboard.moderation.projection.answering import Which, answered_of, asked_between

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

    About 2 microseconds for a thread beside reading it.
    """
    start, end = chosen.moments(calendar.zone)
    asked = asked_between(course_key, _which(chosen, start, end))
    open_time = OpenTime(calendar if chosen.hours == COURSE_HOURS else ALWAYS, start, max(end, now))
    today = max(seconds(now), seconds(start))
    since = open_time.until_each(asked.at)
    anybody = _times(since, asked.answered, open_time, today)
    staff = _times(since, asked.by_staff, open_time, today)
    hours = LocalWeek(calendar.zone, start, end).hours_of_week(asked.at)
    return Measured(
        by_anybody=summed_up(anybody, target=target),
        by_staff=summed_up(staff, target=target),
        topics=summed_up_by(asked.topic_id, anybody, target=target),
        groups=summed_up_by(asked.group_id, anybody, target=target),
        moderators=_by_moderator(asked.staff, staff, moderators, target=target),
        week=summed_up_by([hour // BLOCK for hour in hours], anybody, target=target),
    )


def median_of(course_key: CourseKey, chosen: Chosen, *, calendar: Calendar) -> int | None:
    """The median time of the threads of `chosen` that anybody has answered, to compare with; None if nobody has. One query."""
    start, end = chosen.moments(calendar.zone)
    rows = answered_of(course_key, _which(chosen, start, end))
    if not rows:
        return None
    asked, answered = zip(*rows, strict=True)
    until = moment_of(max(answered)) + timedelta(seconds=1)
    open_time = OpenTime(calendar if chosen.hours == COURSE_HOURS else ALWAYS, start, until)
    return nearest_rank(sorted(_times(open_time.until_each(asked), answered, open_time, 0)), 50)


def _which(chosen: Chosen, start: datetime, end: datetime) -> Which:
    return {
        "start": start,
        "end": end,
        "questions_only": chosen.posts == QUESTIONS,
        "topic_id": chosen.topic,
        "group_id": chosen.group,
    }


def _times(since: list[int], answered: Sequence[int | None], open_time: OpenTime, today: int) -> list[Time]:
    """Of each thread how long it took or has waited; `since` in open seconds from the start of the period, as `until_each`
    tells them, the others in seconds since 1970."""
    until = open_time.until_each([today if at is None else at for at in answered])
    taken = [end - start if end > start else 0 for start, end in zip(since, until, strict=True)]
    return [waiting(time) if at is None else time for at, time in zip(answered, taken, strict=True)]


def _by_moderator(
    staff: Sequence[int], times: list[Time], moderators: Collection[int], *, target: int
) -> dict[int, Summary]:
    """Threads that the team has answered, by who wrote the first of its answers."""
    moderating = frozenset(moderators)
    answered = [(who, time) for who, time in zip(staff, times, strict=True) if time >= 0]
    keys = [who if who in moderating else OTHERS for who, _time in answered]
    return summed_up_by(keys, [time for _who, time in answered], target=target)
