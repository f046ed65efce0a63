"""Changes in words, and the sentence above the figures of the week. They say no more than their numbers do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.digest.comparison import ACTIVE, Compared, LastWeek

METRIC_NAMES: dict[str, Any] = {
    ACTIVE: gettext_lazy("Active learners (about)"),
    "enrolled": gettext_lazy("Enrolments"),
    "left": gettext_lazy("People who left the course"),
    "completed": gettext_lazy("Blocks completed"),
    "posted": gettext_lazy("Discussions begun"),
    "answered": gettext_lazy("Answers and comments"),
    "passed": gettext_lazy("People who passed"),
}


def of_change(now: int, before: int) -> str:
    """This against the week before, in words."""
    if now == before:
        return _("as many as the week before")
    if now > before:
        return ngettext("%(n)s more than the week before", "%(n)s more than the week before", now - before) % {
            "n": whole(now - before)
        }
    return ngettext("%(n)s fewer than the week before", "%(n)s fewer than the week before", before - now) % {
        "n": whole(before - now)
    }


def of_earlier(now: int, earlier: int) -> str:
    """This against the same week of the last run, in words."""
    if now == earlier:
        return _("as many as in that week of the last run")
    if now > earlier:
        return ngettext(
            "%(n)s more than in that week of the last run",
            "%(n)s more than in that week of the last run",
            now - earlier,
        ) % {"n": whole(now - earlier)}
    return ngettext(
        "%(n)s fewer than in that week of the last run", "%(n)s fewer than in that week of the last run", earlier - now
    ) % {"n": whole(earlier - now)}


def changes(one: Compared) -> str:
    """Both changes, as far as they are known; "" if neither is."""
    said = [] if one.before is None else [of_change(one.last, one.before)]
    said += [] if one.earlier is None else [of_earlier(one.last, one.earlier)]
    return _(", ").join(said)


def of_week(week: LastWeek) -> str:
    """How many were active, enrolled and completed something, each with its change."""
    active, enrolled, completed = (week.numbers[metric] for metric in (ACTIVE, "enrolled", "completed"))
    if week.empty:
        return _("Nobody enrolled or learned last week, nor the week before.")
    parts = [
        (
            ngettext("About %(number)s learner was active", "About %(number)s learners were active", active.last),
            active,
        ),
        (ngettext("%(number)s person enrolled", "%(number)s people enrolled", enrolled.last), enrolled),
        (ngettext("%(number)s block was completed", "%(number)s blocks were completed", completed.last), completed),
    ]
    said = []
    for words, one in parts:
        change = changes(one)
        part = words % {"number": whole(one.last)}
        said.append(_("%(part)s (%(change)s)") % {"part": part, "change": change} if change else part)
    return _("%(parts)s.") % {"parts": _("; ").join(said)}


def of_drifting(number: int | None) -> str:
    """How many are newly at risk; None where no chances were reckoned of late."""
    if number is None:
        return _("No chances of dropping out were reckoned in the last days.")
    if not number:
        return _("Nobody is newly at risk of dropping out.")
    return ngettext(
        "%(number)s learner is newly at risk of dropping out.",
        "%(number)s learners are newly at risk of dropping out.",
        number,
    ) % {"number": whole(number)}
