"""What /community/me/ shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import shown_name
from referral_xblock.data import Course
from referral_xblock.host.courses import seen_course
from referral_xblock.journey.queries import MyInvitations, MyJourney, my_invitations, my_journeys
from referral_xblock.links.queries import courses_shared_by
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing.panel import Panel, build_panel, default_message


@dataclass(frozen=True)
class MyCourse:
    """One course in which the person invites."""

    course: Course
    panel: Panel
    invitations: MyInvitations
    paused: bool


@dataclass(frozen=True)
class MyInviter:
    """One course to which the person was invited."""

    course: Course
    journey: MyJourney


@dataclass(frozen=True)
class MyPage:
    """Everything on the page."""

    shown_name: str
    courses: tuple[MyCourse, ...]
    invited: tuple[MyInviter, ...]


def my_page(user: Any, *, now: datetime) -> MyPage:
    """The person's own page. Two queries and at most seven for each course in which they have links or were invited."""
    courses = []
    for course_key in courses_shared_by(user.id):
        course = seen_course(course_key)
        if course:
            panel = build_panel(
                owner_id=user.id,
                course_key=course_key,
                placement="",
                message=default_message(course.title),
                now=now,
            )
            paused = panel.paused or policy_of(course_key).paused
            courses.append(MyCourse(course, panel, my_invitations(user.id, course_key), paused))
    invited = []
    for journey in my_journeys(user.id):
        course = seen_course(CourseKey.from_string(journey.course_key))
        if course:
            invited.append(MyInviter(course, journey))
    return MyPage(shown_name(user.id), tuple(courses), tuple(invited))
