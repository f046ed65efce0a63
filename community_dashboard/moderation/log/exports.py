"""The log as a CSV file, row by row as it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.csv_files import BYTE_ORDER_MARK, Line, neutralise, pseudonym
from community_dashboard.moderation.appeals.queries import appeals_to
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.lines import lines_of, within_group
from community_dashboard.moderation.decisions.logbook import LogFilter, read_log
from referral_xblock.api import Person
from referral_xblock.api import get_host as get_people_host

ROLES = {"actor_id": "decided_by", "subject_id": "author", "undone_by_id": "undone_by"}
# Their reason is a code; that of others is a moderator's words, which may name people, and goes with the names.
CODED = frozenset({Choice.EDIT, Choice.CLOSE})
FACTS = (
    "decision",
    "cause",
    "at",
    "choice",
    "state",
    "automatic",
    "post_kind",
    "post",
    "thread",
    "reason",
    "change",
    "undone_at",
    "appeal",
)


def header(*, identity: bool) -> list[str]:
    """The names of the columns, in English in every language, for programs."""
    people = [
        name
        for role in ROLES.values()
        for name in ((f"{role}_username", f"{role}_name", f"{role}_email") if identity else (role,))
    ]
    return [*FACTS, *people, *(["note"] if identity else [])]


def csv_lines(
    course_key: CourseKey, wanted: LogFilter, *, group: int | None, identity: bool, secret: bytes
) -> Iterator[str]:
    """The lines of the file, the oldest decision first. `secret` is fresh for each file. Six to ten queries for 500 rows."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(header(identity=identity))
    for page in read_log(course_key, wanted):
        rows = within_group(page, course_key, group)
        appeals = appeals_to(one.id for one in rows)
        ids = {getattr(one, field) for one in rows for field in ROLES} - {None}
        people: dict[int, Person] = get_people_host().people(sorted(ids)) if identity and ids else {}
        for line in lines_of(rows, course_key):
            one = line.decision
            appeal = appeals.get(one.id)
            cells: list[Any] = [
                one.id,
                one.cause_id,
                _day(one.made_at),
                one.choice,
                one.state,
                one.automatic,
                one.kind,
                one.post_id,
                one.thread_id,
                line.why if identity or one.automatic or one.choice in CODED else "",
                line.change,
                _day(one.undone_at),
                appeal.state if appeal else "",
            ]
            for field in ROLES:
                cells += _person(getattr(one, field), people, identity=identity, secret=secret)
            cells += [line.note] if identity else []
            yield writer.writerow([neutralise(cell) for cell in cells])


def _person(user_id: int | None, people: dict[int, Person], *, identity: bool, secret: bytes) -> list[str]:
    if not identity:
        return ["" if user_id is None else pseudonym(user_id, secret=secret)]
    person = people.get(user_id) if user_id is not None else None
    return [person.username, person.name, person.email] if person else ["", "", ""]


def _day(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
