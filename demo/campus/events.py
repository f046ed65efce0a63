"""The platform's events, filled from our tables with exactly the fields that the LMS fills."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventtracking import tracker
from openedx_events.learning.data import (
    CourseData,
    CourseEnrollmentData,
    CoursePassingStatusData,
    UserData,
    UserPersonalData,
)
from openedx_events.learning.signals import (
    COURSE_ENROLLMENT_CHANGED,
    COURSE_ENROLLMENT_CREATED,
    COURSE_PASSING_STATUS_UPDATED,
    COURSE_UNENROLLMENT_COMPLETED,
    SESSION_LOGIN_COMPLETED,
    STUDENT_REGISTRATION_COMPLETED,
)

from demo.campus.models import Enrolment
from demo.courseware.models import Course
from demo.courseware.queries import course


def send_registered(user: Any, *, now: datetime) -> None:
    """STUDENT_REGISTRATION_COMPLETED."""
    STUDENT_REGISTRATION_COMPLETED.send_event(time=now, user=_user_data(user))


def send_signed_in(user: Any, *, now: datetime) -> None:
    """SESSION_LOGIN_COMPLETED."""
    SESSION_LOGIN_COMPLETED.send_event(time=now, user=_user_data(user))


def send_enrolment_changed(enrolment: Enrolment, *, now: datetime) -> None:
    """COURSE_ENROLLMENT_CHANGED: the row became active or inactive, or its mode changed."""
    COURSE_ENROLLMENT_CHANGED.send_event(time=now, enrollment=_enrolment_data(enrolment))


def send_enrolled(enrolment: Enrolment, *, now: datetime) -> None:
    """COURSE_ENROLLMENT_CREATED: at the end of every enrolment, also of one that brings somebody back."""
    COURSE_ENROLLMENT_CREATED.send_event(time=now, enrollment=_enrolment_data(enrolment))


def send_unenrolled(enrolment: Enrolment, *, now: datetime) -> None:
    """COURSE_UNENROLLMENT_COMPLETED."""
    COURSE_UNENROLLMENT_COMPLETED.send_event(time=now, enrollment=_enrolment_data(enrolment))


def send_passing_status(user: Any, about: Course, *, passing: bool, now: datetime) -> None:
    """COURSE_PASSING_STATUS_UPDATED: after every calculation of a grade, changed or not."""
    status = CoursePassingStatusData(
        is_passing=passing,
        course=CourseData(course_key=about.course_key, display_name=about.title),
        user=_user_data(user),
    )
    COURSE_PASSING_STATUS_UPDATED.send_event(time=now, course_passing_status=status)


def track_enrolment(what: str, enrolment: Enrolment) -> None:
    """The tracking event `edx.course.enrollment.<what>`: activated, deactivated or mode_changed."""
    tracker.emit(
        f"edx.course.enrollment.{what}",
        {"user_id": enrolment.user_id, "course_id": str(enrolment.course_key), "mode": enrolment.mode},
    )


def _user_data(user: Any) -> UserData:
    return UserData(
        id=user.id,
        is_active=user.is_active,
        pii=UserPersonalData(username=user.username, email=user.email, name=user.profile.name),
    )


def _enrolment_data(enrolment: Enrolment) -> CourseEnrollmentData:
    known = course(enrolment.course_key)
    named = {"display_name": known.title} if known else {}
    return CourseEnrollmentData(
        user=_user_data(enrolment.user),
        course=CourseData(course_key=enrolment.course_key, **named),
        mode=enrolment.mode,
        is_active=enrolment.active,
        creation_date=enrolment.created,
    )
