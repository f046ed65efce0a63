"""Learners as programs read them: the same names and values in files and in the answers of REST."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.csv_files import pseudonym
from community_dashboard.activity.rollup.people import each
from community_dashboard.activity.rollup.rows import StateRow
from community_dashboard.engagement.learners.queries import tags_of
from community_dashboard.engagement.learners.wishes import Wish, find
from community_dashboard.host.chosen import get_host
from referral_xblock.api import get_host as get_people_host

Record = dict[str, Any]

IDENTITY = ("username", "name", "email")
FACTS = (
    "enrolled_at", "enrolled", "left_at", "mode", "team", "started_at", "last_at", "days", "days_7", "completed", "watched",
    "tried", "opened", "finished", "passed_at", "certified_at", "posts", "answers", "invited",
)  # fmt: skip
SHARES = ("progress", "grade", "risk")  # of 1; None where nobody knows


def names(*, identity: bool) -> tuple[str, ...]:
    """What the columns are called, in English in every language."""
    return (*(IDENTITY if identity else ("learner",)), "cohort", *FACTS, *SHARES, *(("tags",) if identity else ()))


def record_maker(
    course_key: CourseKey, rows: Iterable[StateRow], *, cohorts: dict[int, str], identity: bool, secret: bytes = b""
) -> Callable[[StateRow], Record]:
    """What makes a record of each of these rows. With names a query of the host and one for tags for 500 of them.

    Without, a number that means nothing in another file stands in the place of the name, and the team's tags are left out, since
    its words may name somebody.
    """
    ids = [row.person for row in rows] if identity else []
    people = get_people_host().people(ids) if ids else {}
    tags = tags_of(course_key, ids)

    def record(row: StateRow) -> Record:
        made: Record
        if identity:
            person = people.get(row.person)
            made = {name: getattr(person, name) if person else "" for name in IDENTITY}
        else:
            made = {"learner": pseudonym(row.person, secret=secret)}
        made["cohort"] = cohorts.get(row.cohort, "")
        for name in FACTS:
            made[name] = getattr(row, name)
        for name in SHARES:
            share = getattr(row, name)
            made[name] = share / 1000 if share >= 0 else None
        if identity:
            made["tags"] = tags.get(row.person, [])
        return made

    return record


def cohort_names(course_key: CourseKey) -> dict[int, str]:
    """The cohorts of a course. Two queries at most."""
    return {cohort.id: cohort.name for cohort in get_host().cohorts(course_key)}


def records(
    course_key: CourseKey, wish: Wish, *, identity: bool, secret: bytes, now: datetime
) -> Iterator[list[Record]]:
    """Everybody of a wish, by the number of the account, 1,000 at a time: with names six queries for them, without one."""
    cohorts = cohort_names(course_key)
    for rows in each(course_key, find(wish, course_key, now=now).chosen, now=now):
        make = record_maker(course_key, rows, cohorts=cohorts, identity=identity, secret=secret)
        yield [make(row) for row in rows]
