"""What is known of a learner at the end of a day: the only thing the rule and the model go by. Plain Python.

Nothing later than that day is looked at: `facts_of` cuts the past first, and everything else is reckoned from the cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import log1p
from statistics import median
from typing import NamedTuple

from community_dashboard.engagement.risk.meaning import Day, Means, Past, counts

WINDOW = 56  # days: what somebody did before says little
HALF = 14.0  # days after which a day counts half in the rate
USUAL = 2.5 / 7  # days of learning a day, of somebody about whom nothing is known yet
WEIGHT = 7.0  # … and for how many days of knowledge that stands
LONG_PAUSE = 7  # days
FEWEST_PEERS = 10


class Facts(NamedTuple):
    """One learner at the end of one day. A *day of work* is one on which the person did what the course waits for."""

    person: int
    ahead: int  # for how many days the future is asked
    idle: int  # days since the last day of learning
    pause: int  # days since the last day of work; since the start where there was none
    worked: int  # days of work in the window
    rhythm: float  # days from one day of work to the next, on average in the window; 0 if there are fewer than three
    rate: float  # days of work a day, the newer the weightier; from 0 to 1
    missed: float  # days of work that were to be expected since the last one, by the person's own weekdays
    expected: float  # and in the days ahead, if the person goes on
    week: int  # days of learning in the last seven
    week_before: int  # in the seven before
    month: int  # in the last 28
    done_week: int  # blocks completed in the last seven days
    done_before: int  # in the seven before
    done: int  # ever
    acts: float  # rows of learning on a day of learning, in the last 14 days
    acts_before: float  # before that, in the window; as in the last 14 if there was none
    posts: int  # in the forum, in the last 28 days
    started: int  # days since the first day of learning
    longest: int  # the longest pause between two days of learning in the window, in days


def facts_of(past: Past, *, on: date, means: Means, ahead: int) -> Facts:
    """The facts at the end of `on` of somebody who had learned by then. `ahead`: for how many days the future is asked.

    About 50 µs. The same whatever happened after `on`.
    """
    known = [day for day in past.days if day.day <= on and (day.learning or day.completed)]
    first = known[0].day
    window = [day for day in known if (on - day.day).days < WINDOW]
    ages = [(on - day.day).days for day in window]
    works = [(on - day.day).days for day in window if counts(day, means)]
    started = (on - first).days
    rate, weekdays = _rates(works, started=min(started, WINDOW - 1), on=on)
    pause = works[-1] if works else min(started, WINDOW)
    recent = [day.learning for day, age in zip(window, ages, strict=True) if age < 14]
    earlier = [day.learning for day, age in zip(window, ages, strict=True) if age >= 14]
    acts = sum(recent) / len(recent) if recent else 0.0
    return Facts(
        person=past.person,
        ahead=ahead,
        idle=(on - known[-1].day).days,
        pause=pause,
        worked=len(works),
        rhythm=(works[0] - works[-1]) / (len(works) - 1) if len(works) >= 3 else 0.0,
        rate=rate,
        missed=_expected(weekdays, on - timedelta(days=pause), pause),
        expected=_expected(weekdays, on, ahead),
        week=sum(age < 7 for age in ages),
        week_before=sum(7 <= age < 14 for age in ages),
        month=sum(age < 28 for age in ages),
        done_week=_blocks(window, on, 0, 7),
        done_before=_blocks(window, on, 7, 14),
        done=sum(day.completed for day in known),
        acts=acts,
        acts_before=sum(earlier) / len(earlier) if earlier else acts,
        posts=sum(day.posted + day.answered for day, age in zip(window, ages, strict=True) if age < 28),
        started=started,
        longest=max((one - other for one, other in pairwise(ages)), default=0),
    )


def _blocks(window: Sequence[Day], on: date, youngest: int, oldest: int) -> int:
    return sum(day.completed for day in window if youngest <= (on - day.day).days < oldest)


def _rates(works: Sequence[int], *, started: int, on: date) -> tuple[float, tuple[float, ...]]:
    """How often somebody works: days a day, and the same for each weekday from Monday on. Ages are days before `on`."""
    own, time = [0.0] * 7, [0.0] * 7
    today = on.weekday()
    for age in range(started + 1):
        time[(today - age) % 7] += 0.5 ** (age / HALF)
    for age in works:
        if age <= started:
            own[(today - age) % 7] += 0.5 ** (age / HALF)
    rate = (sum(own) + WEIGHT * USUAL) / (sum(time) + WEIGHT)
    # A weekday is believed as far as it was seen: it leans on the person's own rate for two such days.
    weekdays = tuple((own[n] + 2 * rate) / (time[n] + 2) for n in range(7))
    return rate, weekdays


def _expected(weekdays: Sequence[float], after: date, days: int) -> float:
    """How many days of work are to be expected in the `days` after a day."""
    begin = after.weekday() + 1
    return sum(weekdays[(begin + n) % 7] for n in range(days))


class Peers:
    """How far those have come who started at about the same time: the median of completed blocks, by week of starting."""

    def __init__(self, found: Iterable[tuple[int, int]]) -> None:
        """`found`: (days since the start, blocks completed) of everybody who is looked at on that day."""
        weeks: dict[int, list[int]] = {}
        for started, done in found:
            weeks.setdefault(started // 7, []).append(done)
        self._medians = {week: median(done) for week, done in weeks.items() if len(done) >= FEWEST_PEERS}

    def median(self, started: int) -> float | None:
        """For somebody who started so many days ago; None where fewer than ten did."""
        return self._medians.get(started // 7)

    def lead(self, facts: Facts) -> float:
        """How far before (above 0) or behind the others: the difference of the logarithms; 0 where it is not known."""
        typical = self.median(facts.started)
        if typical is None:
            return 0.0
        return log1p(facts.done) - log1p(typical)
