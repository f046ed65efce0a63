"""Learners as programs read them: the same names and values in files and in the answers of REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.csv_files import pseudonym
from community_dashboard.activity.rollup.people import each_read
from community_dashboard.engagement.learners.queries import tags_of
from community_dashboard.engagement.learners.wishes import Wish, find
from community_dashboard.host.chosen import get_host
from referral_xblock.api import get_host as get_people_host

Record = dict[str, Any]
Lists = Iterator[list[Record]]

IDENTITY = ("username", "name", "email")
FACTS = (
    "enrolled_at", "enrolled", "left_at", "mode", "team", "started_at", "last_at", "days", "days_7", "completed", "watched",
    "tried", "opened", "finished", "passed_at", "certified_at", "posts", "answers", "invited",
)  # fmt: skip
SHARES = ("progress", "grade", "risk")  # of 1; None where nobody knows


READ = ("person", "cohort", *FACTS, *SHARES)  # the columns of `LearnerState` of which a record is made


def names(*, identity: bool) -> tuple[str, ...]:
    """What the columns are called, in English in every language."""
    return (*(IDENTITY if identity else ("learner",)), "cohort", *FACTS, *SHARES, *(("tags",) if identity else ()))


def record_maker(
    course_key: CourseKey, persons: Sequence[int], *, cohorts: dict[int, str], identity: bool, secret: bytes = b""
) -> Callable[[Sequence[Any]], Record]:
    """What makes a record of the columns `READ` of each of these people. With names a query of the host and one for tags for 500.

    Without, a number that means nothing in another file stands in the place of the name, and the team's tags are left out, since
    its words may name somebody.
    """
    columns = names(identity=identity)
    people = get_people_host().people(list(persons)) if identity and persons else {}
    tags = tags_of(course_key, persons if identity else ())
    named, nobody = attrgetter(*IDENTITY), ("",) * len(IDENTITY)

    def record(row: Sequence[Any]) -> Record:
        account, cohort, *values = row
        for place in range(-len(SHARES), 0):
            values[place] = values[place] / 1000 if values[place] >= 0 else None
        if identity:
            person = people.get(account)
            who = named(person) if person else nobody
            values.append(tags.get(account, []))
        else:
            who = (pseudonym(account, secret=secret),)
        return dict(zip(columns, (*who, cohorts.get(cohort, ""), *values), strict=True))

    return record


def cohort_names(course_key: CourseKey) -> dict[int, str]:
    """The cohorts of a course. Two queries at most."""
    return {cohort.id: cohort.name for cohort in get_host().cohorts(course_key)}


def records(course_key: CourseKey, wish: Wish, *, identity: bool, secret: bytes, now: datetime) -> Lists:
    """Everybody of a wish, by the number of the account, 1,000 at a time: with names six queries for them, without one."""
    cohorts = cohort_names(course_key)
    for rows in each_read(course_key, find(wish, course_key, now=now).chosen, READ, now=now):
        persons = [row[0] for row in rows]
        make = record_maker(course_key, persons, cohorts=cohorts, identity=identity, secret=secret)
        yield [make(row) for row in rows]
