"""Numbers as a reader of the page's language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from referral_xblock.api import Estimate, iso_week, week_start

THIN_SPACE = "\u202f"


def whole(number: int) -> str:
    """An integer with its thousands apart."""
    return number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True)


def decimal(number: float, places: int = 2) -> str:
    """A number with so many places; a true minus sign."""
    return number_format(round(number, places), decimal_pos=places, use_l10n=True).replace("-", "\u2212")


def rounded(number: float) -> str:
    """An estimate of people, without decimals; a true minus sign, and no "minus nought"."""
    return whole(abs(round(number))) if round(number) >= 0 else "\u2212" + whole(abs(round(number)))


def conversion(ratio: float | None) -> str:
    """How many for one of the stage before: in per cent, clearly above 100 % as "2.5 for each"; "" where there was nobody."""
    if ratio is None:
        return ""
    if ratio >= 1.05:
        return _("%(number)s for each") % {"number": decimal(ratio, 1)}
    return _("%(number)s %%") % {"number": decimal(ratio * 100, 0 if ratio in (0, 1) else 1)}


def interval(estimate: Estimate, *, people: bool = False) -> str:
    """The two ends of an interval in words."""
    say = rounded if people else decimal
    return _("between %(low)s and %(high)s") % {"low": say(estimate.low), "high": say(estimate.high)}


def ends(estimate: Estimate, *, people: bool = False) -> str:
    """The two ends of an interval for a table whose heading says that it is one."""
    say = rounded if people else decimal
    return _("%(low)s to %(high)s") % {"low": say(estimate.low), "high": say(estimate.high)}


def monday(week: str) -> str:
    """The Monday of a week, for a table whose heading says that it is one."""
    return date_format(week_start(week), "DATE_FORMAT")


def week_name(week: str) -> str:
    """The week by its Monday, for a sentence."""
    return _("Week of %(day)s") % {"day": monday(week)}


def week_of(week: str, *, today: date) -> str:
    """The Monday of a week; said of the running week that it is not over."""
    return _("%(day)s, so far") % {"day": monday(week)} if week == iso_week(today) else monday(week)


def days(first: date, last: date) -> str:
    """Two days, both included."""
    if first == last:
        return date_format(first, "DATE_FORMAT")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "DATE_FORMAT"),
        "last": date_format(last, "DATE_FORMAT"),
    }


def period(start: date | None, end: date | None, weeks: Sequence[str], *, today: date) -> str:
    """Which days a page counts. With no first day they begin with the first of `weeks`, the weeks that have something."""
    first = start or (week_start(min(weeks)) if weeks else None)
    last = end or today
    if first is None:
        return _("All time") if end is None else _("Until %(day)s") % {"day": date_format(end, "DATE_FORMAT")}
    if first > last:
        return _("From %(day)s") % {"day": date_format(first, "DATE_FORMAT")}
    return days(first, last) if start or end else _("All time, %(days)s") % {"days": days(first, last)}
