"""Fills where people stand: their days, and what the platform says of them, 500 at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.queries import forgotten_among
from community_dashboard.activity.rollup.finishing import WHOLE, Rule
from community_dashboard.activity.rollup.models import LearnerDay, LearnerState, LearnerToFill
from community_dashboard.activity.rollup.rows import DAY_COLUMNS, STATE_COLUMNS, DayRow, StateRow
from community_dashboard.activity.rollup.standing import Reckoned
from community_dashboard.activity.writing import upsert
from community_dashboard.data import Certificate, Standing
from community_dashboard.host.chosen import get_host
from referral_xblock.api import Enrolment, Role
from referral_xblock.api import get_host as get_course_host

BATCH = 500
UNKNOWN = -1
MOST = 32_767  # thousandths of a grade that the column holds
# What is not reckoned here.
KEPT = ("risk", "risk_before")
COLUMNS = tuple(name for name in STATE_COLUMNS if name not in (*KEPT, "person"))
COMPARED = tuple(name for name in COLUMNS if name != "filled_at")


@dataclass(frozen=True)
class About:
    """What the platform and the course say of some people now."""

    enrolments: dict[int, Enrolment]
    standings: dict[int, Standing]
    cohorts: dict[int, int]
    profiles: dict[int, Any]
    team: frozenset[int]
    finished_before: frozenset[int]


def fill_people(course_key: CourseKey, persons: Sequence[int], *, rule: Rule, source: Any, now: datetime) -> None:
    """Brings at most 500 people of a course up to date, in the transaction of the caller, who holds the course's row.

    Queries: four, those of the host for 500 people, one for every 500 rows that changed. `source` is the earlier run of the
    course, None without. Who was retired has no row under the old number; who is not known at all has none either.
    """
    accounts = [person for person in persons if person > 0]
    forgotten = forgotten_among(accounts)
    accounts = [account for account in accounts if account not in forgotten]
    stubs = [person for person in persons if person < 0]
    about = _ask(course_key, accounts, source)
    days = _days(course_key, [*accounts, *stubs], now)
    rows = LearnerState.objects.filter(course_key=course_key, person__in=persons)
    there = {row[0]: StateRow(*row) for row in rows.values_list(*STATE_COLUMNS)}
    new, same = [], []
    for person in (*accounts, *stubs):
        if person not in days and person not in about.enrolments:
            continue
        columns = _columns(person, days.get(person) or Reckoned(now.date()), about, rule, there.get(person))
        old = there.pop(person, None)
        if old is not None and all(getattr(old, name) == columns[name] for name in COMPARED):
            same.append(person)
        else:
            new.append(LearnerState(course_key=course_key, person=person, filled_at=now, **columns))
    upsert(new, key=("course_key", "person"), columns=COLUMNS)
    if same:
        rows.filter(person__in=same).update(filled_at=now)
    if there:
        rows.filter(person__in=list(there)).delete()
    LearnerToFill.objects.filter(course_key=course_key, person__in=persons).delete()


def _ask(course_key: CourseKey, accounts: list[int], source: Any) -> About:
    if not accounts:
        return About({}, {}, {}, {}, frozenset(), frozenset())
    host, course_host = get_host(), get_course_host()
    moderating = host.forum_roles_of(accounts, course_key)
    roles = course_host.roles_of(accounts, course_key)
    leading = {account for account, parts in roles.items() if parts - {Role.LEARNER}}
    return About(
        enrolments=course_host.enrolments(accounts, course_key),
        standings=host.standings(accounts, course_key),
        cohorts=host.cohorts_of(accounts, course_key),
        profiles=host.profiles(accounts),
        team=frozenset(leading | set(moderating)),
        finished_before=_finished_before(source, accounts),
    )


def _finished_before(source: Any, accounts: list[int]) -> frozenset[int]:
    """Who of these finished the earlier run, or one before it."""
    if source is None:
        return frozenset()
    rows = LearnerState.objects.filter(course_key=source, person__in=accounts)
    done = rows.filter(finished=True) | rows.filter(finished_before=True)
    return frozenset(done.values_list("person", flat=True))


def _days(course_key: CourseKey, persons: list[int], now: datetime) -> dict[int, Reckoned]:
    """What the days of each come to. One query; a row at a time is in memory (with MySQL, as the driver holds them)."""
    found: dict[int, Reckoned] = {}
    rows = LearnerDay.objects.filter(course_key=course_key, person__in=persons).order_by("person", "day")
    for row in rows.values_list(*DAY_COLUMNS).iterator():
        one = DayRow(*row)
        if one.person not in found:
            found[one.person] = Reckoned(now.date())
        found[one.person].add(one)
    return found


def _columns(person: int, days: Reckoned, about: About, rule: Rule, old: StateRow | None) -> dict[str, Any]:
    found = days.columns()
    enrolment, standing = about.enrolments.get(person), about.standings.get(person, Standing())
    profile = about.profiles.get(person)
    enrolled = enrolment is not None and enrolment.active
    reached = days.passed_at or days.certified_at or standing.passed or standing.certificate is Certificate.ISSUED
    return found | {
        "enrolled": enrolled,
        "left_at": None if enrolled else found["left_at"],
        "mode": (enrolment.mode if enrolment else "")[:32],
        "cohort": about.cohorts.get(person, 0),
        "country": (profile.country if profile else "")[:2],
        # Nobody can say it of a stub any more: it stays what the person was.
        "team": person in about.team if person > 0 else bool(old and old.team),
        "progress": rule.progress(days.completed),
        "grade": UNKNOWN if standing.share is None else min(max(round(standing.share * WHOLE), 0), MOST),
        "finished": bool(reached) or rule.enough(days.completed),
        "finished_before": person in about.finished_before if person > 0 else bool(old and old.finished_before),
    }
