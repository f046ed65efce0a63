"""Of those who enrolled in a week, how many were active in the weeks that followed."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from community_dashboard.activity.rollup.groups import CohortWeek, retention
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import hundredths, per_cent, whole
from community_dashboard.engagement.trends import standing_findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.steps import long, monday_of, short

WEEKS = 12
SHOWN = 26  # weeks of enrolling, the newest


def charts(asked: Asked) -> list[Chart]:
    """The heat map. One query."""
    weeks = retention(asked.course_key, asked.chosen, now=asked.now, weeks=WEEKS)
    return [_heat(asked, [week for week in weeks if week.people])]


def _heat(asked: Asked, weeks: list[CohortWeek]) -> Chart:
    shown = weeks[-SHOWN:]
    this_monday = monday_of(asked.today)
    longest = max((len(week.active) for week in shown), default=0)
    labels = tuple(_("Week %(number)s") % {"number": number} for number in range(longest))
    series = tuple(
        Series(
            f"{short(week.monday)} ({whole(week.people)})",
            tuple(hundredths(week.active[n] / week.people) if n < len(week.active) else None for n in range(longest)),
            apart=bool(week.active) and is_running(week, len(week.active) - 1, this_monday),
        )
        for week in shown
    )
    rows = tuple(
        Row(
            long(week.monday),
            (
                Number(
                    whole(week.people),
                    asked.list_url(joined=True, start=week.monday, end=week.monday + timedelta(days=6)),
                ),
                *(Number(_cell(week, n, this_monday) if n < len(week.active) else "") for n in range(longest)),
            ),
        )
        for week in shown
    )
    note = _(
        "Week 0 is the one in which they enrolled, Monday to Sunday. In each field: how many of them were active that week, at "
        "least once. The running week has a dashed edge and is not over."
    )
    if len(weeks) > len(shown):
        note += " " + _("Shown are the last %(number)s weeks in which somebody enrolled.") % {"number": whole(SHOWN)}
    return Chart(
        "retention",
        _("Who is still active, by week of enrolling"),
        standing_findings.of_retention(weeks, this_monday),
        Drawing(
            Shape.HEAT,
            labels,
            series,
            axis=tuple(labels[n] if n == 0 else str(n) for n in range(longest)),
            per_cent=True,
        )
        if shown
        else None,
        (_("Enrolled in the week from"), _("People"), *labels),
        rows,
        f"{note} {_about(asked)}",
    )


def _about(asked: Asked) -> str:
    if asked.choice.joined:
        return _("Everybody of the choice whose first enrolment lies in the period.")
    return _(
        "Everybody of the choice: here the period chooses nothing, unless you choose only who enrolled in these days."
    )


def is_running(week: CohortWeek, number: int, this_monday: date) -> bool:
    """Whether the week so many weeks after that of enrolling is not over."""
    return week.monday + timedelta(weeks=number) >= this_monday


def _cell(week: CohortWeek, number: int, this_monday: date) -> str:
    said = _("%(share)s (%(people)s)") % {
        "share": per_cent(week.active[number] / week.people),
        "people": whole(week.active[number]),
    }
    return _("%(said)s, so far") % {"said": said} if is_running(week, number, this_monday) else said
