"""The weeks of a course: what the team said in each, beside its learners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.queries import covered, daily
from community_dashboard.activity.rollup.team import team_weeks
from community_dashboard.host.chosen import get_host

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PresenceWeek:
    """One week (Monday to Sunday, UTC). Learners are all who are not on the team."""

    monday: date
    over: bool  # the running week is not
    learners: int  # active
    written: int  # by learners: discussions, answers, comments
    begun: int  # discussions begun by the team
    answered: int  # answers and comments of the team
    endorsed: int  # answers that somebody of the team marked as good
    announced: int  # updates of the course
    speaking: int  # people of the team who wrote or endorsed

    @property
    def words(self) -> int:
        """How often learners could read something of the team."""
        return self.begun + self.answered + self.announced

    @property
    def silent(self) -> bool:
        """Whether the whole week went by without a word of the team."""
        return self.over and not self.words


def presence_of(course_key: CourseKey, *, weeks: int, now: datetime) -> list[PresenceWeek]:
    """The last weeks, the running one last, from the first week of which there are figures; none without any.

    Four queries, and those of the host for updates.
    """
    days = covered(course_key)
    if days is None:
        return []
    today = now.date()
    this_monday = today - timedelta(days=today.weekday())
    start = max(this_monday - WEEK * (weeks - 1), days[0] - timedelta(days=days[0].weekday()))
    counts = daily(course_key, ("active_week", "posted", "answered"), start=start, end=today, now=now)
    written = _by_week(counts["posted"]) + _by_week(counts["answered"])
    announced = Counter(_monday(day) for day in get_host().updates(course_key) if day <= today)
    return [
        PresenceWeek(
            monday=week.monday,
            over=week.monday < this_monday,
            learners=max(0, counts["active_week"].get(week.monday, 0) - week.active),
            written=max(0, written[week.monday] - week.words),
            begun=week.posted,
            answered=week.answered,
            endorsed=week.endorsed,
            announced=announced[week.monday],
            speaking=week.speaking,
        )
        for week in team_weeks(course_key, start=start, end=today)
    ]


def _by_week(days: Mapping[date, int]) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, number in days.items():
        found[_monday(day)] += number
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
