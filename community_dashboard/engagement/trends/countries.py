"""Where learners come from. A personal trait: small groups are hidden, and what would reveal them (access/small_groups.py)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from community_dashboard.access.small_groups import LEAST, LEAST_CHOSEN, STEP, Hidden, coarse, hide, may_divide
from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.activity.rollup.groups import countries
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.countries import country_name
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.engagement.trends import standing_findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.enrolment import about_all

LEARNERS = Chosen(team=False)
DRAWN = 20  # countries in the drawing; the table has all


def charts(asked: Asked) -> list[Chart]:
    """The chart, or a sentence that says why there is none. Two queries at most."""
    everybody = countries(asked.course_key, LEARNERS, now=asked.now)
    if asked.chosen.everybody:
        return [_chart(asked, hide(everybody))]
    found = countries(asked.course_key, asked.learners, now=asked.now)
    if not may_divide(chosen=sum(found.values()), everybody=sum(everybody.values())):
        said = _(
            "Countries of some of the learners are shown when at least %(number)s are chosen and at least as many are not: "
            "otherwise one could tell where single people come from."
        ) % {"number": whole(LEAST_CHOSEN)}
        return [Chart("countries", _title(), said, None, ())]
    return [_chart(asked, hide(coarse(found)))]


def _title() -> str:
    return _("Where learners come from")


def _chart(asked: Asked, hidden: Hidden) -> Chart:
    total = sum(hidden.shown.values()) + (hidden.others or 0)
    named = {code: (country_name(code), people) for code, people in hidden.shown.items()}
    lines = list(named.values())
    if hidden.others:
        lines.append((_("Other countries"), hidden.others))
    drawn = [*lines[:DRAWN], *([lines[-1]] if hidden.others and len(lines) > DRAWN else [])]
    rows = tuple(Row(name, (Number(whole(people)), Number(per_cent(people / total)))) for name, people in lines)
    note = _(
        "As people told the platform. Countries of fewer than %(least)s people are among the others, and so is the smallest of "
        "the larger ones where their number could be found out otherwise."
    ) % {"least": whole(LEAST)}
    if not asked.chosen.everybody:
        note += " " + _("For some of the learners the numbers are rounded to %(step)s.") % {"step": whole(STEP)}
    return Chart(
        "countries",
        _title(),
        standing_findings.of_countries([pair for code, pair in named.items() if code], total),
        Drawing(
            Shape.LYING,
            tuple(name for name, _people in drawn),
            (Series(_("Learners"), tuple(people for _name, people in drawn), apart=bool(hidden.others)),),
        )
        if hidden.shown
        else None,
        (_("Country"), _("Learners"), _("Of all")),
        rows if hidden.shown else (),
        f"{note} {about_all(asked)}",
    )
