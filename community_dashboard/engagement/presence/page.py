"""The weeks of the team as figures: a sentence, a drawing and a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.presence.findings import of_presence
from community_dashboard.engagement.presence.weeks import PresenceWeek


def presence_chart(weeks: Sequence[PresenceWeek]) -> Chart:
    """Posts of learners and words of the team, week by week; in the table the newest week first."""
    labels = tuple(date_format(week.monday, "DATE_FORMAT") for week in weeks)
    running = bool(weeks) and not weeks[-1].over
    series = (
        Series(_("Posts of learners"), tuple(week.written for week in weeks), apart=running),
        Series(_("Words of the team"), tuple(week.words for week in weeks), apart=running),
    )
    axis = tuple(date_format(week.monday, "SHORT_DATE_FORMAT") for week in weeks)
    columns = (
        _("Week of"),
        _("Active learners"),
        _("Posts of learners"),
        _("Discussions begun by the team"),
        _("Answers of the team"),
        _("Announcements"),
        _("Answers endorsed"),
        _("People of the team"),
    )
    note = _(
        "Weeks begin on Monday, by universal time. Posts are discussions, answers and comments; words of the team are these and "
        "announcements. Announcements are the course’s updates, by the day that stands over them. The team are those who are on "
        "it now or have a part in the forum; everybody else is a learner."
    )
    return Chart(
        "presence",
        _("The team beside its learners"),
        of_presence(weeks),
        Drawing(Shape.LINES, labels, series, axis) if any(any(one.values) for one in series) else None,
        columns,
        tuple(_row(week, _all(week)) for week in reversed(weeks)),
        note if weeks else "",
    )


def presence_figure(weeks: Sequence[PresenceWeek]) -> Figure:
    """The same with fewer columns, for a mail."""
    return Figure(
        name="presence",
        title=_("The team beside its learners"),
        finding=of_presence(weeks),
        columns=(_("Week of"), _("Active learners"), _("Posts of learners"), _("Words of the team")),
        rows=tuple(_row(week, (week.learners, week.written, week.words)) for week in reversed(weeks)),
        note=_("Words of the team are its discussions, answers, comments and announcements."),
    )


def _all(week: PresenceWeek) -> tuple[int, ...]:
    return (week.learners, week.written, week.begun, week.answered, week.announced, week.endorsed, week.speaking)


def _row(week: PresenceWeek, numbers: tuple[int, ...]) -> Row:
    return Row(_name(week), tuple(Number(whole(number)) for number in numbers))


def _name(week: PresenceWeek) -> str:
    """The Monday, and what stands out."""
    said = {"day": date_format(week.monday, "DATE_FORMAT")}
    if week.silent:
        return _("%(day)s: no word of the team") % said
    if not week.over:
        return (_("%(day)s, not over") if week.words else _("%(day)s, not over: no word yet")) % said
    return said["day"]
