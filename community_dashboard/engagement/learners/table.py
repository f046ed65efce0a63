"""The list as the page shows it: one page of learners in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import sealed
from community_dashboard.activity.rollup.rows import StateRow
from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.engagement.learners.columns import COLUMNS, Column
from community_dashboard.engagement.learners.queries import tags_of
from community_dashboard.engagement.learners.wishes import Wish
from community_dashboard.engagement.risk.levels import HIGH, MIDDLE
from community_dashboard.engagement.risk.words import chance
from community_dashboard.host.chosen import get_host
from referral_xblock.api import Person
from referral_xblock.api import get_host as get_people_host


@dataclass(frozen=True)
class Cell:
    """One fact in words. `exact` is the whole time of a relative one."""

    text: str
    moment: str = ""  # for the machine-readable attribute
    exact: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """The head of a column. `query` is the address in which the list is ordered by it; "" where it cannot be."""

    column: Column
    query: str = ""
    sorted: str = ""  # "ascending" or "descending"; "" if the list is not ordered by it


@dataclass(frozen=True)
class Line:
    """One learner."""

    sealed: str  # the account as it stands in an address
    name: str
    username: str  # "" where it says no more than the name
    team: bool
    left: bool
    cells: tuple[tuple[Column, Cell], ...]


def headings(wish: Wish, course_key: CourseKey) -> list[Heading]:
    """The heads of the chosen columns. No query."""
    made = []
    for key in wish.columns:
        column = COLUMNS[key]
        order = ("ascending" if wish.up else "descending") if key == wish.sort else ""
        made.append(Heading(column, wish.sorted_by(key).query(course_key) if column.sorts else "", order))
    return made


def lines(course_key: CourseKey, rows: list[StateRow], columns: tuple[str, ...], *, now: datetime) -> list[Line]:
    """These learners in words. A query for names; two for cohorts and one for tags where these columns are shown."""
    ids = [row.person for row in rows]
    people = get_people_host().people(ids) if ids else {}
    cohorts = {one.id: one.name for one in get_host().cohorts(course_key)} if "cohort" in columns else {}
    tags = tags_of(course_key, ids) if "tags" in columns else {}

    def line(row: StateRow) -> Line:
        name, username = named(people.get(row.person))
        cells = []
        for key in columns:
            if key == "cohort":
                cell = Cell(cohorts.get(row.cohort, ""))
            elif key == "tags":
                cell = Cell("", tags=tuple(tags.get(row.person, ())))
            else:
                cell = cell_of(COLUMNS[key], getattr(row, key), now=now)
            cells.append((COLUMNS[key], cell))
        return Line(sealed(row.person, course_key), name, username, row.team, not row.enrolled, tuple(cells))

    return [line(row) for row in rows]


def named(person: Person | None) -> tuple[str, str]:
    """How a person is called by the team, and the username where it is another."""
    if person is None:
        return _("An account that is gone"), ""
    return person.name, person.username if person.username != person.name else ""


def cell_of(column: Column, value: Any, *, now: datetime) -> Cell:
    """One fact in words; "–" stands where nobody knows, or nothing happened."""
    if column.moment:
        return moment_of(value, now=now)
    return Cell(WORDS.get(column.key, _plain)(value))


def moment_of(moment: datetime | None, *, now: datetime) -> Cell:
    """A time as "3 days ago", with the exact one beside it."""
    if moment is None:
        return Cell("")
    local = localtime(moment)
    exact = date_format(local, "DATETIME_FORMAT")
    if moment > now or (now - moment).days >= 300:
        return Cell(date_format(local, "SHORT_DATE_FORMAT"), local.isoformat(), exact)
    if (now - moment).total_seconds() < 60:
        return Cell(_("just now"), local.isoformat(), exact)
    ago = _("%(time)s ago") % {"time": timesince(moment, now, depth=1)}
    return Cell(ago, local.isoformat(), exact)


def risk_words(risk: int) -> str:
    """How likely a learner is to drop out."""
    if risk < 0:
        return _("not known yet")
    level = _("high") if risk >= HIGH else _("middle") if risk >= MIDDLE else _("low")
    return _("%(level)s, %(chance)s") % {"level": level, "chance": chance(risk)}


def share_words(share: int) -> str:
    """Thousandths in per cent."""
    return per_cent(share / 1000) if share >= 0 else ""


def _plain(value: Any) -> str:
    return whole(value) if isinstance(value, int) else str(value)


WORDS: dict[str, Callable[[Any], str]] = {"progress": share_words, "grade": share_words, "risk": risk_words}
