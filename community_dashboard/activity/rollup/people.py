"""Learners one by one: lists in an order, everybody in turn, single ones. Retired people are in no list."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.activity.rollup.models import LearnerDay, LearnerState
from community_dashboard.activity.rollup.rows import DAY_COLUMNS, LISTED, STATE_COLUMNS, DayRow, StateRow, learners

# By which columns a list may be ordered, each by an index; whether the column is a moment.
MOMENTS = ("last_at", "enrolled_at", "started_at")
SHARES = ("progress", "grade", "risk")  # -1 where nobody knows
SORTS = (*MOMENTS, *SHARES, "posts", "answers", "invited")
TURN = 1000  # learners in one query of `each`
MANY = 10_000  # in one query of `medians`
BATCH = 500


class BadCursorError(ValueError):
    """Where a list should go on was not made by this list."""


@dataclass(frozen=True)
class StatePage:
    """Some learners in an order. `next` continues (a text that names an account: seal it in addresses); None at the end."""

    rows: list[StateRow]
    next: str | None


def count(course_key: CourseKey, chosen: Chosen, *, now: datetime) -> int:
    """How many learners the list of these has. One query."""
    return learners(course_key, chosen, now=now).filter(LISTED).count()


def page(
    course_key: CourseKey,
    chosen: Chosen,
    *,
    sort: str = "last_at",
    descending: bool = True,
    after: str | None = None,
    size: int = 50,
    now: datetime,
) -> StatePage:
    """The next learners in that order, those of whom the column is not known always last. Two queries at most.

    `sort` is one of SORTS (else ValueError); `after` is the `next` of the page before (BadCursorError if it is not one).
    """
    if sort not in SORTS:
        raise ValueError(sort)
    known, value, person = _read_cursor(after, sort)
    rows = learners(course_key, chosen, now=now).filter(LISTED)
    found: list[StateRow] = []
    if known:
        part = rows.filter(_is_known(sort))
        if after is not None:
            part = part.filter(_behind(sort, descending, value, person))
        sign = "-" if descending else ""
        found = _read(part.order_by(f"{sign}{sort}", f"{sign}person")[: size + 1])
    if len(found) <= size:
        part = rows.exclude(_is_known(sort)) if sort in MOMENTS else rows.filter(**{f"{sort}__lt": 0})
        if not known:
            part = part.filter(person__gt=person)
        found += _read(part.order_by("person")[: size + 1 - len(found)])
    shown = found[:size]
    return StatePage(shown, _cursor(shown[-1], sort) if len(found) > size else None)


def each(course_key: CourseKey, chosen: Chosen, *, now: datetime) -> Iterator[list[StateRow]]:
    """All of them by the number of the account, 1,000 at a time. One query for each 1,000."""
    for rows in each_read(course_key, chosen, STATE_COLUMNS, now=now, turn=TURN):
        yield [StateRow(*row) for row in rows]


def each_read(
    course_key: CourseKey, chosen: Chosen, columns: Sequence[str], *, now: datetime, turn: int = TURN
) -> Iterator[list[tuple[Any, ...]]]:
    """The same with these columns alone, as tuples, `turn` at a time; "person" must be the first. One query for each turn."""
    rows, reached = learners(course_key, chosen, now=now).order_by("person").values_list(*columns), 0
    while found := list(rows.filter(person__gt=reached)[:turn]):
        yield found
        if len(found) < turn:
            return
        reached = found[-1][0]


def state_of(course_key: CourseKey, person: int) -> StateRow | None:
    """Where one person stands; None for somebody of whom the course knows nothing. One query."""
    return states_of(course_key, [person]).get(person)


def states_of(course_key: CourseKey, persons: Iterable[int]) -> dict[int, StateRow]:
    """The same for many; who is not known is left out. One query for 500."""
    wanted, found = list(dict.fromkeys(persons)), {}
    for start in range(0, len(wanted), BATCH):
        rows = LearnerState.objects.filter(course_key=course_key, person__in=wanted[start : start + BATCH])
        found.update({row.person: row for row in _read(rows)})
    return found


def days_of(course_key: CourseKey, person: int, *, start: date, end: date) -> list[DayRow]:
    """The days of one person, both included, in order; those without anything are left out. One query."""
    rows = LearnerDay.objects.filter(course_key=course_key, person=person, day__gte=start, day__lte=end)
    return [DayRow(*row) for row in rows.order_by("day").values_list(*DAY_COLUMNS)]


def medians(course_key: CourseKey, chosen: Chosen, columns: Sequence[str], *, now: datetime) -> dict[str, float | None]:
    """The exact median of each of these number columns among the learners of the list; shares in thousandths.

    Unknown shares are left out; None where nothing is known. One query for each 10,000 learners, whatever the columns: how often
    each value stands there is counted here, since a database would sort all learners for each column.
    """
    times: list[Counter[int]] = [Counter() for _column in columns]
    for found in each_read(course_key, chosen, ("person", *columns), now=now, turn=MANY):
        for counter, values in zip(times, list(zip(*found, strict=True))[1:], strict=True):
            counter.update(values)
    return {column: _middle(counter) for column, counter in zip(columns, times, strict=True)}


def _middle(times: Counter[int]) -> float | None:
    values = sorted(value for value in times if value >= 0)
    reached = list(accumulate(times[value] for value in values))
    if not reached:
        return None
    low, high = ((reached[-1] + 1) // 2, reached[-1] // 2 + 1)  # the places of the middle one, or the middle two
    return (values[bisect_left(reached, low)] + values[bisect_left(reached, high)]) / 2


def _read(rows) -> list[StateRow]:
    return [StateRow(*row) for row in rows.values_list(*STATE_COLUMNS)]


def _is_known(sort: str) -> Q:
    return Q(**{f"{sort}__isnull": False} if sort in MOMENTS else {f"{sort}__gte": 0})


def _behind(sort: str, descending: bool, value: Any, person: int) -> Q:
    """What comes after this place. The first half is all that an index needs to begin there."""
    beyond = "lt" if descending else "gt"
    return Q(**{f"{sort}__{beyond}e": value}) & (Q(**{f"{sort}__{beyond}": value}) | Q(**{f"person__{beyond}": person}))


def _cursor(row: StateRow, sort: str) -> str:
    value = getattr(row, sort)
    if value is None or (sort in SHARES and value < 0):
        return f"{sort}||{row.person}"
    return f"{sort}|{value.isoformat() if sort in MOMENTS else value}|{row.person}"


def _read_cursor(after: str | None, sort: str) -> tuple[bool, Any, int]:
    """Whether the place is still among the known values, the value and the person there."""
    if after is None:
        return True, None, 0
    try:
        column, text, number = after.split("|")
        person = int(number)
        value = None if not text else datetime.fromisoformat(text) if sort in MOMENTS else int(text)
    except ValueError as error:
        raise BadCursorError(after) from error
    if column != sort or (isinstance(value, datetime) and value.tzinfo is None) or not -(2**63) <= person < 2**63:
        raise BadCursorError(after)
    return value is not None, value, person
