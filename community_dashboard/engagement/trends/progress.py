"""How far people come through the units of a course, and where they stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from django.utils.translation import gettext as _

from community_dashboard.activity.rollup.groups import Standing, funnel, standing
from community_dashboard.activity.rollup.queries import blocks
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.data import OutlineUnit
from community_dashboard.engagement.trends import standing_findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.enrolment import about_all
from community_dashboard.engagement.trends.outline import outline_of

QUIET_DAYS = 14  # who was not active for so long, and has not finished, has stopped


@dataclass(frozen=True)
class UnitStop:
    """One unit: how many came so far or further, and how many of them stopped in it."""

    unit: OutlineUnit
    came: int
    stopped: int


def charts(asked: Asked) -> list[Chart]:
    """The chart. Three queries, and those of the outline every ten minutes."""
    units = [unit for unit in outline_of(asked.course_key) if unit.blocks]
    since = asked.now - timedelta(days=QUIET_DAYS)
    where = standing(asked.course_key, asked.learners, quiet_since=since, now=asked.now)
    finished = funnel(asked.course_key, asked.learners, now=asked.now).finished
    stops = stops_of(units, where, finished=finished)
    gone = sum(one.people for one in where.values()) + finished - (stops[0].came if stops else 0)
    return [_units(asked, stops, gone)]


def stops_of(units: Sequence[OutlineUnit], where: Mapping[str, Standing], *, finished: int) -> list[UnitStop]:
    """The units in their order. Who finished came through all of them; who stands at a block that is gone is nowhere."""
    people = [sum(where[block].people for block in unit.blocks if block in where) for unit in units]
    quiet = [sum(where[block].quiet for block in unit.blocks if block in where) for unit in units]
    came = list(accumulate(reversed(people), initial=finished))[:0:-1]
    return [UnitStop(*one) for one in zip(units, came, quiet, strict=True)]


def _units(asked: Asked, stops: list[UnitStop], gone: int) -> Chart:
    something = any(one.came for one in stops)
    labels = tuple(one.unit.title for one in stops)
    sections = [one.unit.section for one in stops]
    axis = tuple(
        section if place == 0 or sections[place - 1] != section else "" for place, section in enumerate(sections)
    )
    everybody = asked.chosen.everybody
    done = blocks(asked.course_key, start=asked.choice.start, end=asked.choice.end) if everybody and something else {}
    rows = tuple(
        Row(
            f"{one.unit.title} ({one.unit.section})",
            (
                Number(whole(one.came)),
                Number(whole(one.stopped)),
                Number(per_cent(one.stopped / one.came if one.came else None)),
            )
            + (
                (Number(whole(sum(done[block].completed for block in one.unit.blocks if block in done))),)
                if everybody
                else ()
            ),
        )
        for one in stops
    )
    note = " ".join(
        filter(
            None,
            (
                _(
                    "Came so far: the block completed last is in this unit or a later one, or the course is completed. "
                    "Stopped here: completed nothing after it, and not active for %(days)s days."
                )
                % {"days": whole(QUIET_DAYS)},
                standing_findings.of_gone_blocks(gone),
                about_all(asked),
            ),
        )
    )
    return Chart(
        "units",
        _("Where people stop"),
        standing_findings.of_stops(
            [(one.unit.title, one.unit.section, one.came, one.stopped) for one in stops], QUIET_DAYS
        ),
        Drawing(
            Shape.BARS,
            labels,
            (
                Series(_("Came so far"), tuple(one.came for one in stops)),
                Series(_("Stopped here"), tuple(one.stopped for one in stops)),
            ),
            axis=axis,
            within=True,
        )
        if something
        else None,
        (_("Unit"), _("Came so far"), _("Stopped here"), _("Of those who came"))
        + ((_("Blocks completed in the period"),) if everybody else ()),
        rows if something else (),
        note,
    )
