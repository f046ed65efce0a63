"""The cast of the product, for tests: who is what in the tiny course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.data import Role

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday morning
COURSE = "course-v1:Test+Bees101+2026"
ROLES = {"ada": Role.COURSE_STAFF, "bo": Role.FORUM_MODERATOR}


@dataclass(frozen=True)
class Cast:
    """Rows of AUTH_USER_MODEL. `eli` has no account and is None."""

    ada: Any  # course staff
    bo: Any  # enrolled, forum moderator
    chen: Any  # enrolled, invites
    dara: Any  # signed in, nothing else
    eli: None = None


@dataclass(frozen=True)
class TinyCourse:
    """One chapter, two units. The first has an html and a referral block, the second a problem-like and an html one."""

    course_key: CourseKey
    units: tuple[UsageKey, UsageKey]
    referral: UsageKey  # in the first unit
    completable: tuple[UsageKey, ...]  # every block that can be completed


def make_cast(course_key: Any, *, now: datetime = NOW) -> Cast:
    """Ada, Bo, Chen and Dara with their parts in this course; sends the events of two enrolments.

    The rows are those of the demo's `give_parts`, for people who are not there yet, in a fraction of its queries: nearly
    every test begins here.
    """
    from demo.campus import actions
    from demo.campus.cast import CAST
    from demo.campus.models import CourseRole, Profile

    people = {part.username: _account(part.username) for part in CAST}
    get_user_model().objects.bulk_create(people.values())
    Profile.objects.bulk_create(Profile(user=people[part.username], name=part.name) for part in CAST)
    CourseRole.objects.bulk_create(
        CourseRole(user=people[username], course_key=course_key, role=role.value) for username, role in ROLES.items()
    )
    for username in ("bo", "chen"):
        actions.enrol(user=people[username], course_key=course_key, by=None, now=now)
    return Cast(**people)


def _account(username: str) -> Any:
    user = get_user_model()(username=username, email=f"{username}@example.org")
    user.set_unusable_password()
    return user


def make_course(key: str = COURSE, **about: Any) -> TinyCourse:
    """A course made of rows, without OLX. `about` overrides fields of the course row."""
    from demo.courseware.models import Block, Course

    course_key = CourseKey.from_string(key)
    fields = {
        "title": "Bees and other visitors",
        "organisation": course_key.org,
        "number": course_key.course,
        "run": course_key.run,
        "summary": "Who visits a flower, and why it matters.",
        "language": "en",
        "start": datetime(2026, 1, 5, tzinfo=UTC),
        "loaded": NOW,
    }
    Course.objects.create(course_key=course_key, **(fields | about))
    course, chapter, section = (
        course_key.make_usage_key(kind, name)
        for kind, name in (("course", "course"), ("chapter", "week1"), ("sequential", "day1"))
    )
    first, second = (course_key.make_usage_key("vertical", name) for name in ("meadow", "hive"))
    html, referral, problem, text = (
        course_key.make_usage_key(kind, name)
        for kind, name in (("html", "read"), ("referral", "invite"), ("problem", "count"), ("html", "more"))
    )
    tree = [
        (course, None, None, "Bees and other visitors"),
        (chapter, course, None, "Week 1"),
        (section, chapter, None, "Day 1"),
        (first, section, None, "Who visits a flower"),
        (html, first, first, "Read"),
        (referral, first, first, "Bring a friend"),
        (second, section, None, "Inside the hive"),
        (problem, second, second, "Count"),
        (text, second, second, "More"),
    ]
    completable = (html, problem, text)
    Block.objects.bulk_create(
        Block(
            course_key=course_key,
            usage_key=usage_key,
            block_type=usage_key.block_type,
            parent=parent,
            unit=unit,
            position=position,
            display_name=title,
            completable=usage_key in completable,
        )
        for position, (usage_key, parent, unit, title) in enumerate(tree)
    )
    return TinyCourse(course_key, (first, second), referral, completable)
