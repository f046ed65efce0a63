"""Numbers and times as a reader of the page's language writes them."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86_400


def whole(number: int) -> str:
    """An integer with its thousands apart."""
    return number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True)


def decimal(number: float, places: int = 1) -> str:
    """A number with so many places; a true minus sign."""
    return number_format(round(number, places), decimal_pos=places, use_l10n=True).replace("-", "\u2212")


def per_cent(share: float | None) -> str:
    """A share of 1 in per cent; "" where there is none."""
    return "" if share is None else _("%(number)s %%") % {"number": whole(hundredths(share))}


def hundredths(share: float) -> int:
    """A share of 1 as a whole number of hundredths: never 100 for less than all, nor 0 for more than nothing."""
    return 1 if 0 < share < 0.01 else 99 if 0.99 < share < 1 else round(share * 100)


def duration(seconds: int | None, *, days: bool = True) -> str:
    """A time in its largest unit that says enough: "45 min", "2.5 h", "31 h", "5.2 days"; "" for None.

    `days=False` for course hours, of which nobody knows how many make a day.
    """
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return _("under 1\u00a0min")
    if seconds < HOUR:
        return _("%(number)s\u00a0min") % {"number": whole(round(seconds / MINUTE))}
    if days and seconds >= 3 * DAY:
        return _("%(number)s\u00a0days") % {"number": decimal(seconds / DAY)}
    hours = seconds / HOUR
    return _("%(number)s\u00a0h") % {"number": decimal(hours) if hours < 9.95 else whole(round(hours))}
