"""The days or weeks along the base of a chart. Days are those of UTC, weeks begin on Monday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from community_dashboard.engagement.choosing.choice import Choice

DAY, WEEK = timedelta(days=1), timedelta(days=7)
BY_DAY = 35  # a period of at most so many days is shown by day


@dataclass(frozen=True)
class Step:
    """One day or week; `first` and `last` lie in the period, so that a week at its edge may be shorter."""

    first: date
    last: date
    whole: bool  # neither cut by the period nor running
    running: bool  # today is in it


@dataclass(frozen=True)
class Steps:
    """All of a period, without gaps, in order."""

    weekly: bool
    all: tuple[Step, ...]

    @property
    def running(self) -> bool:
        """Whether the last one is not over."""
        return bool(self.all) and self.all[-1].running

    def sums(self, counts: Mapping[date, int]) -> tuple[int, ...]:
        """What is counted by day, added up for each step."""
        return tuple(sum(counts.get(day, 0) for day in days_between(step.first, step.last)) for step in self.all)

    @property
    def labels(self) -> tuple[str, ...]:
        """Each step as a chart and a table name it."""
        return tuple(label(step) for step in self.all)

    @property
    def axis(self) -> tuple[str, ...]:
        """What is written along the base: every week, or every Monday (every day of a short period)."""
        every = self.weekly or len(self.all) < 15
        return tuple(short(step.first) if every or step.first.weekday() == 0 else "" for step in self.all)


def steps_of(choice: Choice, *, today: date) -> Steps:
    """The steps of a period: by day if it is short, else by week."""
    return by_week(choice, today=today) if choice.days > BY_DAY else by_day(choice, today=today)


def by_day(choice: Choice, *, today: date) -> Steps:
    """Each day of the period."""
    days = days_between(choice.start, choice.end)
    return Steps(False, tuple(Step(day, day, day != today, day == today) for day in days))


def by_week(choice: Choice, *, today: date) -> Steps:
    """Each week that the period touches."""
    found = []
    monday = monday_of(choice.start)
    while monday <= choice.end:
        first, last = max(monday, choice.start), min(monday + WEEK - DAY, choice.end)
        running = monday <= today < monday + WEEK
        found.append(Step(first, last, not running and last - first == WEEK - DAY, running))
        monday += WEEK
    return Steps(True, tuple(found))


def whole_weeks(choice: Choice, *, today: date) -> Steps:
    """The weeks that lie in the period from Monday to Sunday, and the running one if it began there: for counts of a week."""
    return Steps(True, tuple(step for step in by_week(choice, today=today).all if step.whole or _begun(step)))


def _begun(step: Step) -> bool:
    return step.running and step.first.weekday() == 0


def days_between(first: date, last: date) -> list[date]:
    """All days, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def short(day: date) -> str:
    """A day as there is room for along a chart: without its year, the month cut short, as the reader's language orders them."""
    return date_format(day, get_format("MONTH_DAY_FORMAT").replace("F", "N"))


def long(day: date) -> str:
    """A day as a sentence and a table name it."""
    return date_format(day, "DATE_FORMAT")


def label(step: Step) -> str:
    """A step by its first day; said of the running one that it is not over."""
    return so_far(long(step.first)) if step.running else long(step.first)


def so_far(name: str) -> str:
    """What is not over."""
    return _("%(day)s, so far") % {"day": name}
