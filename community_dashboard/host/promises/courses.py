"""What a host promises of a course's team and its days. Every check's first line is its name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.timezone import is_aware, now
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.promises.check import Subject, expect
from referral_xblock.api import Role, get_host

ASKED = 5  # learners with deadlines of their own, and without
NOT_COURSES = ("course-v1:NoSuch+Course+Here", "ccx-v1:NoSuch+Course+Here+ccx@1", "library-v1:NoSuch+Library")


def the_team_has_its_part(subject: Subject) -> str:
    """Who is on the course's team is course staff by the platform's own checks"""
    found = subject.host.team(subject.course_key)
    expect(found == sorted(set(found)), f"The team comes in the order {found}.")
    roles = get_host().roles_of(found, subject.course_key)
    without = [user_id for user_id in found if Role.COURSE_STAFF not in roles.get(user_id, frozenset())]
    expect(not without, f"{len(without)} of {len(found)} are not course staff.")
    for key in _no_courses():
        expect(subject.host.team(key) == [], f"Somebody is on the team of {key}.")
    return f"{len(found)} people."


def deadlines_are_moments(subject: Subject) -> str:
    """Deadlines of all learners come in order, each a moment with its zone"""
    found = subject.host.deadlines(subject.course_key)
    expect(all(isinstance(one, datetime) and is_aware(one) for one in found), f"Deadlines are {found}.")
    expect(found == sorted(set(found)), f"Deadlines come in the order {found}.")
    for key in _no_courses():
        expect(subject.host.deadlines(key) == [], f"Something is due in {key}.")
    return f"{len(found)} deadlines."


def own_deadlines_are_those_of_the_calendar(subject: Subject) -> str:
    """What is due for single learners comes in order, and is what the platform tells each of them"""
    host, key = subject.host, subject.course_key
    expect(host.own_deadlines([], key) == {}, "Nobody has deadlines.")
    for other in _no_courses():
        expect(host.own_deadlines([1], other) == {}, f"Somebody has deadlines in {other}.")
    ids = subject.roster_ids()
    found = host.own_deadlines(ids, key)
    expect(found.keys() <= set(ids), "Somebody was not asked for.")
    for dues in found.values():
        since = [one.since for one in dues]
        expect(since[:1] == [None] and since[1:] == sorted(filter(None, since)), f"Changes come in the order {since}.")
        for one in dues:
            expect(all(map(is_aware, one.moments)), f"Deadlines are {one.moments}.")
            expect(list(one.moments) == sorted(set(one.moments)), f"Deadlines come in the order {one.moments}.")
    # Some with deadlines of their own, some without: the platform's own reckoning for one learner must be the same.
    some = [*[one for one in ids if one in found][:ASKED], *[one for one in ids if one not in found][:ASKED]]
    shared, moment = host.deadlines(key), now()
    for user in get_user_model().objects.filter(id__in=some):
        due = found[user.id][-1].moments if user.id in found else shared
        coming = min((one for one in due if one >= moment), default=None)
        told = get_host().next_deadline(user, key, moment)
        expect(told == coming, f"The platform says {told} is due next, and here it is {coming}.")
    return f"{len(found)} of {len(ids)} people have their own."


def updates_have_days(subject: Subject) -> str:
    """The days of updates come in order"""
    found = subject.host.updates(subject.course_key)
    expect(all(type(one) is date for one in found), f"Days of updates are {found}.")
    expect(found == sorted(found), f"Updates come in the order {found}.")
    for key in _no_courses():
        expect(subject.host.updates(key) == [], f"There are updates of {key}.")
    return f"{len(found)} updates."


def _no_courses() -> list[Any]:
    return [*(_key(text) for text in NOT_COURSES), None]


def _key(text: str) -> Any:
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError:  # keys of custom courses are a package of their own
        return None
