"""Whether the chances are as right for everybody, as a table."""

from __future__ import annotations

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from community_dashboard.charts.countries import country_name
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import decimal, per_cent, whole
from community_dashboard.engagement.risk.evaluation import Evaluation, Group

MOST = 10  # groups of a trait
TELLING = 30  # people, from which on a difference is worth a sentence


def groups_figure(result: Evaluation) -> Figure:
    """A line for each group that may be shown. No query."""
    rows = tuple(
        Row(
            _named(group),
            (
                Number(whole(group.people)),
                Number("–" if group.area is None else decimal(group.area, 2)),
                Number(per_cent(group.said)),
                Number(per_cent(group.true)),
            ),
        )
        for trait in dict.fromkeys(group.trait for group in result.groups)
        for group in [one for one in result.groups if one.trait == trait][:MOST]
    )
    return Figure(
        "groups",
        _("Whether it is as right for everybody"),
        _finding(result),
        (_("Group"), _("People"), _("Area under the curve"), _("Said on average"), _("Dropped out")),
        rows,
        _(
            "By what learners told the platform, the largest groups. Groups under ten people, and what would reveal them, are "
            "left out. Between groups of few people most differences are chance."
        ),
    )


def _finding(result: Evaluation) -> str:
    if not result.groups:
        return _("No group is large enough to be shown apart.")
    known = [group for group in result.groups if group.people >= TELLING]
    if not known:
        return _("The groups are too small to tell a difference from chance.")
    worst = max(known, key=lambda group: abs(group.said - group.true))
    return _(
        "Of the groups of %(number)s people or more, the chances of this one are furthest off: %(group)s. %(said)s said on "
        "average, %(true)s dropped out."
    ) % {
        "number": whole(TELLING),
        "group": _named(worst),
        "said": per_cent(worst.said),
        "true": per_cent(worst.true),
    }


def _named(group: Group) -> str:
    if group.trait == "country":
        return _("Country: %(name)s") % {"name": country_name(group.value)}
    return _("Language: %(name)s") % {"name": _language(group.value)}


def _language(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
