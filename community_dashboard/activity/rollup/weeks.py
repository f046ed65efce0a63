"""Weeks from Monday to Sunday, also at the ends of the calendar, where a clock that jumped may put a row. Plain Python."""

from __future__ import annotations

from datetime import date

LAST = date.max.toordinal()


def monday_of(day: date) -> date:
    """The Monday of the week of that day: the calendar begins with one."""
    return date.fromordinal(day.toordinal() - day.weekday())


def sunday_of(day: date) -> date:
    """The Sunday of that week, or the last day there is."""
    return date.fromordinal(min(day.toordinal() - day.weekday() + 6, LAST))


def next_monday(day: date) -> date:
    """The first Monday that is not before that day, or the last day there is."""
    return date.fromordinal(min(day.toordinal() + -day.weekday() % 7, LAST))
