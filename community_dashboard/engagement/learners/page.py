"""The page of the list, ready to be written out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup import people
from community_dashboard.activity.rollup.queries import filled_at
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.learners.columns import COLUMNS
from community_dashboard.engagement.learners.table import Heading, Line, headings, lines
from community_dashboard.engagement.learners.wishes import Wish, find


@dataclass(frozen=True)
class ListPage:
    """What the template needs."""

    total: str
    ordered: str  # by what, in words
    headings: list[Heading]
    lines: list[Line]
    following: str  # the address of the next page; "" on the last
    first: str | None  # that of the first page; None on it
    query: str  # that of this list, for its files
    cut: bool
    filled_at: datetime | None  # None: nothing was counted yet
    wide: bool  # more columns than fit beside each other


def list_page(course_key: CourseKey, wish: Wish, *, now: datetime) -> ListPage:
    """One page of a wish. At most twelve queries, whatever the page and the size of the course.

    Raises `people.BadCursorError` for a place that is not of this order.
    """
    found = find(wish, course_key, now=now)
    shown = people.page(
        course_key,
        found.chosen,
        sort=wish.sort,
        descending=not wish.up,
        after=wish.after,
        size=settings.COMMUNITY_PAGE_SIZE,
        now=now,
    )
    return ListPage(
        total=total_words(people.count(course_key, found.chosen, now=now)),
        ordered=_("by “%(column)s”") % {"column": COLUMNS[wish.sort].title},
        headings=headings(wish, course_key),
        lines=lines(course_key, shown.rows, wish.columns, now=now),
        following=replace(wish, after=None).query(course_key, after=shown.next) if shown.next else "",
        first=wish.query(course_key) if wish.after else None,
        query=wish.query(course_key),
        cut=found.cut,
        filled_at=filled_at(course_key),
        wide=len(wish.columns) > 9,
    )


def total_words(number: int) -> str:
    """How many people the list has."""
    if not number:
        return _("Nobody")
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": whole(number)}


def has_spreadsheets() -> bool:
    """Whether XLSX files can be written here: the extra [files] is installed."""
    return find_spec("xlsxwriter") is not None
