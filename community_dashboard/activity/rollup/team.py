"""What the team of a course does in it, week by week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.models import LearnerDay, LearnerState

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class TeamWeek:
    """One week (Monday to Sunday, UTC) of the people who are on the team now, or have a part in the forum."""

    monday: date
    active: int  # people of the team with learning, as the count of active learners has them too
    speaking: int  # people of the team who wrote something, or endorsed
    posted: int  # discussions begun
    answered: int
    endorsed: int

    @property
    def words(self) -> int:
        """Everything that learners could read."""
        return self.posted + self.answered


def team_weeks(course_key: CourseKey, *, start: date, end: date) -> list[TeamWeek]:
    """Every week that touches the days from `start` to `end`, in order, also those without a word. Two queries."""
    monday = start - timedelta(days=start.weekday())
    after = end - timedelta(days=end.weekday()) + WEEK
    team = list(LearnerState.objects.filter(course_key=course_key, team=True).values_list("person", flat=True))
    days = LearnerDay.objects.filter(course_key=course_key, person__in=team, day__gte=monday, day__lt=after)
    active: dict[date, set[int]] = defaultdict(set)
    speaking: dict[date, set[int]] = defaultdict(set)
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for person, day, learning, *told in days.values_list("person", "day", "learning", "posted", "answered", "endorsed"):
        week = day - timedelta(days=day.weekday())
        if learning:
            active[week].add(person)
        if any(told):
            speaking[week].add(person)
        sums[week] = [before + number for before, number in zip(sums[week], told, strict=True)]
    weeks = (monday + WEEK * number for number in range((after - monday).days // 7))
    return [TeamWeek(week, len(active[week]), len(speaking[week]), *sums[week]) for week in weeks]
