"""Numbers as a reader of the page's language writes them."""

from __future__ import annotations

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from referral_xblock.api import Estimate, week_start

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
