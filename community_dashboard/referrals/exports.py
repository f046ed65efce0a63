"""A list as a CSV file, row by row as it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access import csv_files
from community_dashboard.access.csv_files import BYTE_ORDER_MARK, Line, neutralise, pseudonym
from community_dashboard.referrals.forms import Filter
from community_dashboard.referrals.lists import COLUMNS, day_of, people_of, read_all, titles_of
from referral_xblock.api import Person

ROLES = {"user_id": "learner", "inviter_id": "inviter", "owner_id": "inviter", "id": "inviter"}


def csv_lines(course_key: CourseKey, name: str, chosen: Filter, *, identity: bool, secret: bytes) -> Iterator[str]:
    """The lines of the file. `secret` is fresh for each file. Three to five queries for 500 rows."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(header(name, identity=identity))
    for rows in read_all(course_key, name, chosen):
        people = people_of(name, rows) if identity else {}
        titles = titles_of(rows)
        for row in rows:
            yield writer.writerow(
                [neutralise(cell) for cell in _cells(name, row, people, titles, identity=identity, secret=secret)]
            )


def header(name: str, *, identity: bool) -> list[str]:
    """The names of the columns: those of the REST answers, in English in every language, for programs."""
    columns = []
    for field in COLUMNS[name].people:
        role = ROLES[field]
        columns += [f"{role}_username", f"{role}_name", f"{role}_email"] if identity else [role]
    if name == "clicked":
        columns.append("visitor")
    for fact in COLUMNS[name].facts:
        columns += ["unit", "placement"] if fact == "placement" else [fact]
    return columns


def _cells(
    name: str, row: Any, people: dict[int, Person], titles: dict[str, str], *, identity: bool, secret: bytes
) -> Iterator[Any]:
    for field in COLUMNS[name].people:
        user_id = getattr(row, field)
        person = people.get(user_id)
        if identity:
            yield from (person.username, person.name, person.email) if person else ("", "", "")
        else:
            yield "" if user_id is None else pseudonym(user_id, secret=secret)
    if name == "clicked":
        yield pseudonym(row.person, secret=secret)
    for fact in COLUMNS[name].facts:
        value = getattr(row, fact)
        if fact == "placement":
            yield titles.get(value or "", "")
            yield value
        elif isinstance(value, date) or fact.endswith("_at"):
            yield day_of(value)
        else:
            yield value


def file_name(course_key: CourseKey, name: str, chosen: Filter) -> str:
    """What the file is called: the list, the course and the filter, in plain characters; no name of a person."""
    parts = ["from", str(chosen.start)] if chosen.start else []
    parts += ["until", str(chosen.end)] if chosen.end else []
    parts += ["week", chosen.week] if chosen.week else []
    parts += ["network", chosen.network] if chosen.network else []
    parts += ["unit", chosen.placement.rpartition("@")[2]] if chosen.placement else []
    parts += ["reason", chosen.reason] if chosen.reason else []
    parts += ["by", chosen.verdict] if chosen.verdict else []
    parts += ["one-inviter"] if chosen.inviter else []
    return csv_files.file_name(course_key, f"growth-{name}", *parts)
