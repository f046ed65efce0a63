"""The forum and the invitations beside the learning, over the same weeks or days."""

from __future__ import annotations

from django.utils.translation import gettext as _

from community_dashboard.activity.rollup.queries import daily
from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.trends import findings
from community_dashboard.engagement.trends.asked import Asked
from community_dashboard.engagement.trends.steps import Steps, steps_of

WORK = ("completed",)
FORUM = ("posted", "answered")
INVITATIONS = ("shared", "brought")


def charts(asked: Asked) -> list[Chart]:
    """Three charts with one base. Two queries at most."""
    steps = steps_of(asked.choice, today=asked.today)
    metrics = WORK + FORUM + (INVITATIONS if asked.chosen.everybody else ())
    counts = daily(
        asked.course_key, metrics, start=asked.choice.start, end=asked.choice.end, chosen=asked.chosen, now=asked.now
    )
    sums = {name: steps.sums(days) for name, days in counts.items()}
    return [_forum(steps, sums), _invitations(asked, steps, sums), _work(steps, sums)]


def _chart(
    name: str,
    title: str,
    finding: str,
    steps: Steps,
    series: tuple[Series, ...],
    columns: tuple[str, ...],
    note: str = "",
) -> Chart:
    something = any(any(one.values) for one in series)
    rows = tuple(
        Row(label, tuple(Number(whole(int(one.values[place] or 0))) for one in series))
        for place, label in enumerate(steps.labels)
    )
    return Chart(
        name,
        title,
        finding,
        Drawing(Shape.BARS, steps.labels, series, axis=steps.axis) if something else None,
        (_("Week from") if steps.weekly else _("Day"), *columns),
        rows if something else (),
        note,
    )


def _forum(steps: Steps, sums: dict[str, tuple[int, ...]]) -> Chart:
    posted, answered = sums["posted"], sums["answered"]
    return _chart(
        "forum",
        _("In the forum"),
        findings.of_forum(sum(posted), sum(answered)),
        steps,
        (
            Series(_("Threads"), posted, apart=steps.running),
            Series(_("Answers"), answered, apart=steps.running),
        ),
        (_("Threads opened"), _("Answers and comments")),
        _("Posts by everybody, the course's team as well."),
    )


def _invitations(asked: Asked, steps: Steps, sums: dict[str, tuple[int, ...]]) -> Chart:
    title = _("By invitation")
    if not asked.chosen.everybody:
        said = _("Shares and invitations are known for the course as a whole, not for some of its learners.")
        return Chart("invitations", title, said, None, ())
    shared, brought = sums["shared"], sums["brought"]
    return _chart(
        "invitations",
        title,
        findings.of_invitations(sum(shared), sum(brought)),
        steps,
        (
            Series(_("Shared"), shared, apart=steps.running),
            Series(_("Enrolled by invitation"), brought, apart=steps.running),
        ),
        (_("Times the link was shared"), _("Enrolled by invitation")),
        _("One person who shares by one network several times a day counts once."),
    )


def _work(steps: Steps, sums: dict[str, tuple[int, ...]]) -> Chart:
    completed = sums["completed"]
    return _chart(
        "work",
        _("Beside them: blocks completed"),
        findings.of_work(steps, completed),
        steps,
        (Series("", completed, apart=steps.running),),
        (_("Blocks completed"),),
    )
