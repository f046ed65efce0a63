"""Active learners by day, by week, and by hour of the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from community_dashboard.activity.rollup.metrics import METRICS
from community_dashboard.activity.rollup.queries import daily
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import decimal, whole
from community_dashboard.engagement.trends import findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.steps import by_day, days_between, whole_weeks

HOURS = tuple(name for name, metric in METRICS.items() if metric.hour is not None)
Averages = list[list[float | None]]  # by day of the week, Monday first, and hour


def charts(asked: Asked) -> list[Chart]:
    """The three charts. At most six queries, whatever the number of learners."""
    return [_by_day(asked), _by_week(asked), _by_hour(asked)]


def _counts(asked: Asked, metrics: tuple[str, ...], start: date, end: date) -> dict[str, dict[date, int]]:
    return daily(asked.course_key, metrics, start=start, end=end, chosen=asked.chosen, now=asked.now)


def _by_day(asked: Asked) -> Chart:
    choice, steps = asked.choice, by_day(asked.choice, today=asked.today)
    first = choice.before.start if asked.comparable else choice.start
    counts = _counts(asked, ("active",), first, choice.end)["active"]
    now = tuple(counts.get(step.first, 0) for step in steps.all)
    before = tuple(counts.get(day, 0) for day in days_between(choice.before.start, choice.before.end))
    before = before if asked.comparable else ()
    series = [Series(_("This period"), now, apart=steps.running)]
    if before:
        series.append(Series(_("The days before"), before, compared=True))
    columns = (_("Day"), _("Active learners")) + ((_("As many days earlier"),) if before else ())
    rows = tuple(
        Row(name, tuple(Number(whole(one.values[place])) for one in series)) for place, name in enumerate(steps.labels)
    )
    return Chart(
        "active-days",
        _("Active learners by day"),
        findings.of_days(steps, now, before),
        Drawing(Shape.LINES, steps.labels, tuple(series), axis=steps.axis) if any(now) else None,
        columns,
        rows if any(now) else (),
        findings.what_active_means(),
    )


def _by_week(asked: Asked) -> Chart:
    steps = whole_weeks(asked.choice, today=asked.today)
    counts: Mapping[date, int] = {}
    if steps.all:
        counts = _counts(asked, ("active_week",), steps.all[0].first, steps.all[-1].last)["active_week"]
    values = tuple(counts.get(step.first, 0) for step in steps.all)
    return Chart(
        "active-weeks",
        _("Active learners by week"),
        findings.of_weeks(steps, values),
        Drawing(Shape.BARS, steps.labels, (Series("", values, apart=steps.running),), axis=steps.axis)
        if any(values)
        else None,
        (_("Week from"), _("Active learners")),
        tuple(Row(name, (Number(whole(value)),)) for name, value in zip(steps.labels, values, strict=True))
        if any(values)
        else (),
        _(
            "Weeks begin on Monday. Those that the period cuts are left out: somebody active on two days of a week counts once."
        ),
    )


def _by_hour(asked: Asked) -> Chart:
    choice = asked.choice
    # Today is not over.
    last = min(choice.end, date.fromordinal(asked.today.toordinal() - 1))
    counts = _counts(asked, HOURS, choice.start, last) if choice.start <= last else {}
    averages = by_hour_of_week(counts, choice.start, last)
    names = tuple(str(WEEKDAYS[day]) for day in range(7))
    hours = tuple(f"{hour:02}" for hour in range(24))
    found = any(value for row in averages for value in row)
    rows = tuple(
        Row(
            _("%(start)s to %(end)s h") % {"start": hours[hour], "end": f"{hour + 1:02}"},
            tuple(
                Number("–" if (value := averages[day][hour]) is None else decimal(value) if value else whole(0))
                for day in range(7)
            ),
        )
        for hour in range(24)
    )
    zone = timezone.get_default_timezone_name()
    return Chart(
        "hours",
        _("Active learners by hour of the week"),
        findings.of_hours(averages),
        Drawing(
            Shape.HEAT,
            tuple(f"{hour} h" for hour in hours),
            tuple(Series(name, tuple(row)) for name, row in zip(names, averages, strict=True)),
            axis=tuple(hour if number % 3 == 0 else "" for number, hour in enumerate(hours)),
        )
        if found
        else None,
        (_("Hour"), *names),
        rows if found else (),
        _("How many learners are active in such an hour on average; the darker, the more. Hours are those of %(zone)s.")
        % {"zone": zone},
    )


def by_hour_of_week(counts: Mapping[str, Mapping[date, int]], first: date, last: date) -> Averages:
    """Averages by day of the week and hour of the site's time zone; None for an hour that the period does not have.

    `counts`: of each hour of UTC by day. An hour of UTC belongs to the hour here in which it begins.
    """
    sums: dict[tuple[int, int], int] = defaultdict(int)
    times: dict[tuple[int, int], int] = defaultdict(int)
    zone = timezone.get_default_timezone()
    for day in days_between(first, last):
        midnight = datetime.combine(day, time(), UTC)
        for hour, name in enumerate(HOURS):
            here = midnight.replace(hour=hour).astimezone(zone)
            place = (here.weekday(), here.hour)
            times[place] += 1
            sums[place] += counts.get(name, {}).get(day, 0)
    return [
        [sums[day, hour] / times[day, hour] if times[day, hour] else None for hour in range(24)] for day in range(7)
    ]
