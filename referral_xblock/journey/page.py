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
from referral_xblock.panels import Place, Viewing, draw_panels
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing.panel import Panel, build_panel, default_message


@dataclass(frozen=True)
class MyCourse:
    """One course in which the person invites."""

    course: Course
    panel: Panel
    invitations: MyInvitations
    paused: bool
    panels: tuple[str, ...]  # what others put here, rendered


@dataclass(frozen=True)
class MyInviter:
    """One course to which the person was invited. The panels stand here only if they do not stand above already."""

    course: Course
    journey: MyJourney
    panels: tuple[str, ...]


@dataclass(frozen=True)
class MyPage:
    """Everything on the page."""

    shown_name: str
    courses: tuple[MyCourse, ...]
    courses_gone: int  # of those in which the person has links; nothing can be said of them
    invited: tuple[MyInviter, ...]
    panels: tuple[str, ...]  # what others put here about all courses of the person, rendered


def my_page(user: Any, *, now: datetime) -> MyPage:
    """The person's own page. Two queries and at most seven for each course in which they have links or were invited; the
    panels of others come on top."""

    def panels(course_key: CourseKey) -> tuple[str, ...]:
        return tuple(draw_panels(Viewing(user.id, course_key, Place.ME, now)))

    courses, courses_gone = [], 0
    for course_key in courses_shared_by(user.id):
        course = seen_course(course_key)
        if course is None:
            courses_gone += 1
        else:
            panel = build_panel(
                owner_id=user.id,
                course_key=course_key,
                placement="",
                message=default_message(course.title, course.language),
                now=now,
            )
            paused = panel.paused or policy_of(course_key).paused
            invitations = my_invitations(user.id, course_key)
            courses.append(MyCourse(course, panel, invitations, paused, panels(course_key)))
    invited = []
    for journey in my_journeys(user.id):
        course_key = CourseKey.from_string(journey.course_key)
        course = seen_course(course_key)
        if course:
            drawn = () if any(mine.course == course for mine in courses) else panels(course_key)
            invited.append(MyInviter(course, journey, drawn))
    beside = tuple(draw_panels(Viewing(user.id, None, Place.PERSON, now)))
    return MyPage(shown_name(user.id), tuple(courses), courses_gone, tuple(invited), beside)
