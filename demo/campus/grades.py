"""The course grade: calculated anew after each scored problem, and told as the LMS tells it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from demo.campus.events import send_passing_status
from demo.courseware.queries import course, grade


def on_score(user_id: int, course_id: str, **kwargs: Any) -> None:
    """A problem was scored. The grade follows once the score is stored; the LMS does it in a worker, here it is at once."""
    transaction.on_commit(lambda: calculate(user_id, CourseKey.from_string(course_id)))


def calculate(user_id: int, course_key: CourseKey) -> float | None:
    """The learner's share of all points, 0 to 1, sent round with whether it passes; None where nothing is graded."""
    share, about = grade(user_id, course_key), course(course_key)
    if share is None or about is None:
        return None
    user = get_user_model().objects.select_related("profile").get(id=user_id)
    send_passing_status(user, about, passing=share >= about.passing_share, now=timezone.now())
    return share
