"""A shared weekly goal: how far both are this week, and for how many weeks in a row both have reached it. Plain Python.

Weeks begin on Monday, in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of this day's week."""
    return day - timedelta(days=day.weekday())


def coming_mondays(today: date, *, count: int = 3) -> list[date]:
    """The Mondays on which one may begin: today, if it is one, or the next, and those after."""
    first = monday_of(today + timedelta(days=6))
    return [first + number * WEEK for number in range(count)]


def streak(done: tuple[Mapping[date, int], Mapping[date, int]], *, goal: int, starts_on: date, today: date) -> int:
    """Weeks in a row up to now in which both completed `goal` blocks, by the Monday of each week.

    The week that is still running adds to it once both have reached the goal, and breaks nothing before.
    """
    this_week, first = monday_of(today), monday_of(starts_on)

    def reached(week: date) -> bool:
        return all(counts.get(week, 0) >= goal for counts in done)

    week = this_week if reached(this_week) else this_week - WEEK
    weeks = 0
    while week >= first and reached(week):
        weeks, week = weeks + 1, week - WEEK
    return weeks
