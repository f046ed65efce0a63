"""Chances, trends, reasons and meanings in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.reasons import Name, Reason

CLEARLY = 50  # thousandths: a smaller change is none


def days(number: int) -> str:
    """ "3 days"."""
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": whole(number)}


def meaning(policy: Policy) -> str:
    """What dropping out means, as it follows "dropped out means"."""
    number = {"number": whole(policy.days)}
    if policy.means is Means.PROGRESS:
        return (
            ngettext("no completed block for %(number)s day", "no completed block for %(number)s days", policy.days)
            % number
        )
    if policy.means is Means.DEADLINE:
        return (
            ngettext(
                "no block completed and no problem answered before a deadline, looked at up to %(number)s day ahead",
                "no block completed and no problem answered before a deadline, looked at up to %(number)s days ahead",
                policy.days,
            )
            % number
        )
    return ngettext("no learning for %(number)s day", "no learning for %(number)s days", policy.days) % number


def foretold(means: Means, within: int, *, own: bool = False) -> str:
    """What the chances are chances of, as it follows "the chance of". `own`: not everybody has the same deadline."""
    number = {"number": whole(within)}
    if means is Means.PROGRESS:
        return (
            ngettext(
                "completing nothing in the next %(number)s day",
                "completing nothing in the next %(number)s days",
                within,
            )
            % number
        )
    if means is Means.DEADLINE and own:
        return _("doing nothing for their next deadline")
    if means is Means.DEADLINE:
        return (
            ngettext(
                "doing nothing for the deadline in %(number)s day",
                "doing nothing for the deadline in %(number)s days",
                within,
            )
            % number
        )
    return (
        ngettext("not learning in the next %(number)s day", "not learning in the next %(number)s days", within) % number
    )


def chance(thousandths: int) -> str:
    """A chance in per cent."""
    return per_cent(thousandths / 1000)


def trend(now: int, before: int) -> str:
    """How a chance went since a week before. Thousandths; -1 for a week in which the person was not looked at."""
    if before < 0:
        return _("not looked at a week before")
    words = {"before": chance(before)}
    if now >= before + CLEARLY:
        return _("rising, from %(before)s a week before") % words
    if now <= before - CLEARLY:
        return _("falling, from %(before)s a week before") % words
    return _("about as a week before")


def sentence(reason: Reason, means: Means = Means.LEARNING) -> str:
    """One reason, true and checkable."""
    return _SENTENCES[reason.name](reason.figures, means)


def _pause(figures: tuple[int, ...], means: Means) -> str:
    number, rhythm = figures
    words = {"number": whole(number), "rhythm": days(rhythm)}
    if means is Means.LEARNING:
        begun = ngettext("%(number)s day without learning", "%(number)s days without learning", number) % words
    elif means is Means.PROGRESS:
        begun = ngettext(
            "%(number)s day without a completed block", "%(number)s days without a completed block", number
        )
        begun %= words
    else:
        begun = ngettext(
            "%(number)s day without a completed block or an answered problem",
            "%(number)s days without a completed block or an answered problem",
            number,
        )
        begun %= words
    if not rhythm:
        return begun
    usual = _("every day") if rhythm == 1 else _("every %(rhythm)s") % words
    return _("%(pause)s; usually %(usual)s") % {"pause": begun, "usual": usual}


def _rare(figures: tuple[int, ...], means: Means) -> str:
    return ngettext(
        "learned on %(number)s day of the last 28", "learned on %(number)s days of the last 28", figures[0]
    ) % {"number": whole(figures[0])}


def _fewer(figures: tuple[int, ...], means: Means) -> str:
    number, before = figures
    return ngettext(
        "learned on %(number)s day of the last 7, on %(before)s of the 7 before",
        "learned on %(number)s days of the last 7, on %(before)s of the 7 before",
        number,
    ) % {"number": whole(number), "before": whole(before)}


def _less(figures: tuple[int, ...], means: Means) -> str:
    number, before = figures
    words = {"number": whole(number), "before": whole(before)}
    if not number:
        return _("completed nothing in the last 7 days, %(before)s in the 7 before") % words
    return (
        ngettext(
            "completed %(number)s block in the last 7 days, %(before)s in the 7 before",
            "completed %(number)s blocks in the last 7 days, %(before)s in the 7 before",
            number,
        )
        % words
    )


def _nothing(figures: tuple[int, ...], means: Means) -> str:
    return ngettext(
        "completed nothing in the last %(number)s day", "completed nothing in the last %(number)s days", figures[0]
    ) % {"number": whole(figures[0])}


def _behind(figures: tuple[int, ...], means: Means) -> str:
    number, typical = figures
    words = {"number": whole(number), "typical": whole(typical)}
    return (
        ngettext(
            "%(number)s block completed; half of those who began in the same week have %(typical)s or more",
            "%(number)s blocks completed; half of those who began in the same week have %(typical)s or more",
            number,
        )
        % words
    )


def _new(figures: tuple[int, ...], means: Means) -> str:
    if not figures[0]:
        return _("began on the last day that is counted")
    return ngettext("began %(number)s day ago", "began %(number)s days ago", figures[0]) % {"number": whole(figures[0])}


def _once(figures: tuple[int, ...], means: Means) -> str:
    return ngettext(
        "learned on one day only, %(number)s day ago", "learned on one day only, %(number)s days ago", figures[0]
    ) % {"number": whole(figures[0])}


def _breaks(figures: tuple[int, ...], means: Means) -> str:
    return ngettext(
        "came back after %(number)s day, within the last eight weeks",
        "came back after %(number)s days, within the last eight weeks",
        figures[0],
    ) % {"number": whole(figures[0])}


def _due(figures: tuple[int, ...], means: Means) -> str:
    number, own = figures
    if own:
        said = ngettext("own deadline in %(number)s day", "own deadline in %(number)s days", number)
    else:
        said = ngettext("deadline in %(number)s day", "deadline in %(number)s days", number)
    return said % {"number": whole(number)}


_SENTENCES = {
    Name.PAUSE: _pause,
    Name.RARE: _rare,
    Name.FEWER: _fewer,
    Name.NOTHING: _nothing,
    Name.LESS: _less,
    Name.BEHIND: _behind,
    Name.NEW: _new,
    Name.ONCE: _once,
    Name.BREAKS: _breaks,
    Name.DUE: _due,
}
