"""This run of a course against the run of which it was made, at the same day after their starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import accumulate

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.activity.rollup.queries import covered, daily
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.trends import findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.steps import DAY, days_between
from referral_xblock.api import seen_course

METRICS = ("enrolled", "active", "completed")
Counts = Mapping[str, Mapping[date, int]]


@dataclass(frozen=True)
class Run:
    """One run: the day that is its day 0, the days of which there are figures, and what was counted on each of them."""

    start: date
    known: tuple[date, date]
    daily: Counts
    so_far: Counts  # all days up to this one, added up

    def at(self, counts: Counts, metric: str, number: int) -> int | None:
        """What was counted so many days after the start; None before and after what is known."""
        day = self.start + number * DAY
        return counts[metric].get(day, 0) if self.known[0] <= day <= self.known[1] else None


def charts(asked: Asked, *, earlier: CourseKey | None, may_see: bool) -> list[Chart]:
    """The charts, or a sentence. `may_see`: whether the reader may open the earlier run. Five queries at most."""
    if earlier is None:
        return [_sentence(_("This course was not made as a re-run: there is no earlier run to compare with."))]
    if not may_see:
        return [_sentence(_("You are not on the team of the earlier run: its figures are not shown to you."))]
    now = run_of(asked.course_key, asked.chosen, covered_days=asked.covered, now=asked.now)
    if now is None:
        return [_sentence(_("There are no figures of this run yet."))]
    then, chosen = None, _of_earlier(asked)
    if chosen is not None:
        then = run_of(earlier, chosen, covered_days=covered(earlier), now=asked.now)
    if then is not None and asked.choice.joined:
        shifted = _shifted(asked, now, then)
        then = run_of(earlier, shifted, covered_days=then.known, now=asked.now)
    note = _note(asked, chosen, then)
    first, last = ((day - now.start).days for day in (asked.choice.start, asked.choice.end))
    numbers = range(first, last + 1)
    both = (now, then, numbers, asked.today)
    first, *others = (
        _lines("runs-enrolled", _("Enrolled so far"), "enrolled", *both, added=True),
        _lines("runs-active", _("Active learners by day"), "active", *both),
        _lines("runs-completed", _("Blocks completed so far"), "completed", *both, added=True),
    )
    return [replace(first, note=note), *others]


def run_of(
    course_key: CourseKey, chosen: Chosen, *, covered_days: tuple[date, date] | None, now: datetime
) -> Run | None:
    """The run with its counts up to today; None without figures. Day 0 is the start of the course, if that is past. One query."""
    if covered_days is None:
        return None
    today = now.astimezone(UTC).date()
    first = min(covered_days[0], today)
    course = seen_course(course_key)
    start = course.start.astimezone(UTC).date() if course and course.start else first
    counts = daily(course_key, METRICS, start=first, end=today, chosen=chosen, now=now)
    days = days_between(first, today)
    added = {
        metric: dict(zip(days, accumulate(by_day.get(day, 0) for day in days), strict=True))
        for metric, by_day in counts.items()
    }
    # A date in the years to come is what the platform writes where nobody chose one.
    return Run(start if start <= today else first, (first, today), counts, added)


def _of_earlier(asked: Asked) -> Chosen | None:
    """The same choice in the earlier run; None where that has no such group."""
    if asked.choice.cohort or asked.choice.segment:
        return None
    return Chosen(mode=asked.choice.mode)


def _shifted(asked: Asked, now: Run, then: Run) -> Chosen:
    ago = now.start - then.start
    return Chosen(mode=asked.choice.mode, enrolled_from=asked.choice.start - ago, enrolled_until=asked.choice.end - ago)


def _note(asked: Asked, chosen: Chosen | None, then: Run | None) -> str:
    said = _("Day 0 is the day on which the run started, or the first day of its figures if it names no start.")
    if chosen is None:
        return said + " " + _("The earlier run has no such cohort or segment, so that only this one is drawn.")
    if then is None:
        return said + " " + _("There are no figures of the earlier run.")
    return said


def _lines(
    name: str,
    title: str,
    metric: str,
    now: Run,
    then: Run | None,
    numbers: range,
    today: date,
    *,
    added: bool = False,
) -> Chart:
    def values(run: Run) -> tuple[int | None, ...]:
        return tuple(run.at(run.so_far if added else run.daily, metric, number) for number in numbers)

    of_now, of_then = values(now), values(then) if then else ()
    running = bool(numbers) and now.start + numbers[-1] * DAY == today
    series = [Series(_("This run"), of_now, apart=running)]
    if any(value is not None for value in of_then):
        series.append(Series(_("The last run"), of_then, compared=True))
    labels = tuple(_("Day %(number)s") % {"number": number} for number in numbers)
    something = any(any(one.values) for one in series)
    rows = tuple(
        Row(
            label,
            tuple(Number("–" if (value := one.values[place]) is None else whole(int(value))) for one in series),
        )
        for place, label in enumerate(labels)
    )
    over = [place for place in range(len(numbers)) if now.start + numbers[place] * DAY < today]
    place = over[-1] if over else None
    return Chart(
        name,
        title,
        findings.of_runs(
            metric,
            None if place is None else numbers[place],
            None if place is None else of_now[place],
            None if place is None or not of_then else of_then[place],
        ),
        Drawing(Shape.LINES, labels, tuple(series), axis=tuple(str(n) if n % 7 == 0 else "" for n in numbers))
        if something
        else None,
        (_("Day of the run"), *(one.name for one in series)),
        rows if something else (),
    )


def _sentence(said: str) -> Chart:
    return Chart("runs", _("This run and the last"), said, None, ())
