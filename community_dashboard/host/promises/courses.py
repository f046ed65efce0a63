"""What a host promises of a course's team and its days. Every check's first line is its name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import is_aware
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.promises.check import Subject, expect
from referral_xblock.api import Role, get_host

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
