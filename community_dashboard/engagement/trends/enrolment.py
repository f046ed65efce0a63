"""Who enrolled and who left, by week or day, and how far they came."""

from __future__ import annotations

from django.utils.translation import gettext as _

from community_dashboard.activity.rollup.groups import funnel
from community_dashboard.activity.rollup.queries import daily
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.engagement.segments.queries import segment_of
from community_dashboard.engagement.trends import findings, standing_findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.steps import steps_of

NEVER_STARTED = "never-started"


def charts(asked: Asked) -> list[Chart]:
    """Both charts. Two queries, and those of `segment_of`."""
    return [_enrolments(asked), _funnel(asked)]


def _enrolments(asked: Asked) -> Chart:
    choice, steps = asked.choice, steps_of(asked.choice, today=asked.today)
    first = choice.before.start if asked.comparable else choice.start
    counts = daily(
        asked.course_key, ("enrolled", "left"), start=first, end=choice.end, chosen=asked.chosen, now=asked.now
    )
    enrolled, left = steps.sums(counts["enrolled"]), steps.sums(counts["left"])
    before = sum(number for day, number in counts["enrolled"].items() if day < choice.start)
    something = any(enrolled) or any(left)
    rows = tuple(
        Row(
            name,
            (
                Number(whole(came), asked.list_url(joined=True, start=step.first, end=step.last) if came else ""),
                Number(whole(went)),
            ),
        )
        for name, step, came, went in zip(steps.labels, steps.all, enrolled, left, strict=True)
    )
    return Chart(
        "enrolments",
        _("Enrolled and left"),
        findings.of_enrolments(sum(enrolled), sum(left), before if asked.comparable else None),
        Drawing(
            Shape.BARS,
            steps.labels,
            (
                Series(_("Enrolled"), enrolled, apart=steps.running),
                Series(_("Left"), left, apart=steps.running),
            ),
            axis=steps.axis,
        )
        if something
        else None,
        (_("Week from") if steps.weekly else _("Day"), _("Enrolled for the first time"), _("Left the course")),
        rows if something else (),
        _("Who comes back after leaving is not counted as enrolled again."),
    )


def _funnel(asked: Asked) -> Chart:
    found = funnel(asked.course_key, asked.learners, now=asked.now)
    parts = {
        _("Never started"): found.never,
        _("Under half of the course"): found.under_half,
        _("Half of the course or more"): found.over_half,
        _("Completed the course"): found.finished,
        _("Left before completing it"): found.left,
    }
    links = {_("Never started"): _never_started_url(asked)}
    rows = tuple(
        Row(
            name,
            (
                Number(whole(people), links.get(name, "") if people else ""),
                Number(per_cent(people / found.people if found.people else None)),
            ),
        )
        for name, people in parts.items()
    )
    return Chart(
        "funnel",
        _("How far people came"),
        standing_findings.of_funnel(found),
        Drawing(Shape.LYING, tuple(parts), (Series(_("People"), tuple(parts.values())),)) if found.people else None,
        (_("How far"), _("People"), _("Of all")),
        rows if found.people else (),
        about_all(asked),
        Number(_("See these learners"), asked.list_url()) if found.people else None,
    )


def _never_started_url(asked: Asked) -> str:
    """The list of who never started, as long as the course means the same by its segment, and none is chosen."""
    if asked.choice.segment:
        return ""
    segment = segment_of(asked.course_key, NEVER_STARTED, now=asked.now)
    return asked.list_url(segment=NEVER_STARTED) if segment and not segment.changed else ""


def about_all(asked: Asked) -> str:
    """What the period means for a figure over learners."""
    if asked.choice.joined:
        return _(
            "Everybody of the choice whose first enrolment lies in the period, without the course's team, as things stand now."
        )
    return _(
        "Everybody of the choice who was ever enrolled, without the course's team, as things stand now: here the period chooses "
        "nothing, unless you choose only who enrolled in these days."
    )
