"""The platform's events with the fields that the LMS fills, on both versions of their data classes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import attrs
from openedx_events.learning import data, signals

FORUM_SIGNALS = "openedx.core.djangoapps.django_comment_common.signals"
IN_MONGO = "64f0c2a1b3d4e5f607182930"


def user_data(user: Any) -> data.UserData:
    """As every event carries a person."""
    return data.UserData(
        id=user.id,
        is_active=True,
        pii=data.UserPersonalData(username=user.username, email=user.email, name="Somebody"),
    )


def enrolment_data(user: Any, course_key: Any, *, created: Any, active: bool = True) -> data.CourseEnrollmentData:
    """As the events of enrolment carry it; `created` is the date of the first."""
    return data.CourseEnrollmentData(
        user=user_data(user),
        course=data.CourseData(course_key=course_key),
        mode="audit",
        is_active=active,
        creation_date=created,
    )


def certificate_data(user: Any, course_key: Any, status: str = "downloadable") -> data.CertificateData:
    """A certificate in that state."""
    return data.CertificateData(
        user=user_data(user),
        course=data.CourseData(course_key=course_key),
        mode="honor",
        grade="0.9",
        current_status=status,
        download_url="",
        name="Somebody",
    )


def grade_data(user: Any, course_key: Any, *, at: Any, passed_at: Any = None) -> data.PersistentCourseGradeData:
    """A course grade."""
    return data.PersistentCourseGradeData(
        user_id=user.id,
        course=data.CourseData(course_key=course_key),
        course_edited_timestamp=at,
        course_version="1",
        grading_policy_hash="x",
        percent_grade=0.5,
        letter_grade="",
        passed_timestamp=passed_at,
    )


def passing_data(user: Any, course_key: Any, *, passing: bool = True) -> data.CoursePassingStatusData:
    """Whether somebody passes."""
    return data.CoursePassingStatusData(
        is_passing=passing, course=data.CourseData(course_key=course_key), user=user_data(user)
    )


def post_data(user: Any, course_key: Any, post_id: str) -> data.DiscussionThreadData:
    """A thread, answer or comment. The LMS gives the course as text; the number was one once and is text since."""
    given = {"id": post_id, "user": user_data(user), "course_id": str(course_key), "truncated": False}
    fields = {field.name for field in attrs.fields(data.DiscussionThreadData)}
    rest = dict.fromkeys(fields - set(given), None) | {"discussion": {"id": "1"}, "body": "Hello", "url": ""}
    return data.DiscussionThreadData(**given, **rest)


def forum_signal(name: str) -> Any:
    """One of the platform's own signals of the forum."""
    return getattr(import_module(FORUM_SIGNALS), name)


class ForumPost:
    """A post as the platform's own forum signals carry it."""

    def __init__(self, kind: str, post_id: str, course_key: Any) -> None:
        self.type, self.id, self.course_id = kind, post_id, str(course_key)


class ForumUser:
    """A person as the discussion API hands one to its signals: the number is a text."""

    def __init__(self, user: Any) -> None:
        self.id = str(user.id)


def occasions(cast: Any, course_key: Any, now: Any) -> dict[str, tuple[Any, dict[str, Any]]]:
    """One event of each kind that openedx-events has and we listen to, with its data."""
    chen = cast.chen
    return {
        "registered": (signals.STUDENT_REGISTRATION_COMPLETED, {"user": user_data(chen)}),
        "signed_in": (signals.SESSION_LOGIN_COMPLETED, {"user": user_data(chen)}),
        "enrolled": (
            signals.COURSE_ENROLLMENT_CREATED,
            {"enrollment": enrolment_data(chen, course_key, created=now)},
        ),
        "left": (
            signals.COURSE_UNENROLLMENT_COMPLETED,
            {"enrollment": enrolment_data(chen, course_key, created=now, active=False)},
        ),
        "graded": (signals.PERSISTENT_GRADE_SUMMARY_CHANGED, {"grade": grade_data(chen, course_key, at=now)}),
        "passed": (
            signals.COURSE_PASSING_STATUS_UPDATED,
            {"course_passing_status": passing_data(chen, course_key)},
        ),
        "certified": (signals.CERTIFICATE_CREATED, {"certificate": certificate_data(chen, course_key)}),
        "revoked": (
            signals.CERTIFICATE_REVOKED,
            {"certificate": certificate_data(chen, course_key, "unavailable")},
        ),
        "posted": (signals.FORUM_THREAD_CREATED, {"thread": post_data(chen, course_key, "901")}),
        "answered": (signals.FORUM_THREAD_RESPONSE_CREATED, {"thread": post_data(chen, course_key, "902")}),
        "commented": (signals.FORUM_RESPONSE_COMMENT_CREATED, {"thread": post_data(chen, course_key, "903")}),
    }
