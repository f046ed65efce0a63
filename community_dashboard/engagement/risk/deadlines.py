"""When something is due in a course, as far as the platform says it and it is the same for all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import TEAM
from referral_xblock.api import get_host

ASKED = 3  # learners, who must agree
LOOKED_THROUGH = 30  # enrolled people, of whom some are the team
MOST = 60  # deadlines


def deadlines_of(course_key: CourseKey, *, start: date, end: date) -> tuple[date, ...]:
    """The days (UTC) from `start` to `end` on which something is due for everybody; none where learners have their own.

    Three learners are asked of the platform. About ten queries, and as many as its calendar takes for three people.
    """
    host = get_host()
    some = host.enrolled_ids(course_key, limit=LOOKED_THROUGH)
    roles = host.roles_of(some, course_key)
    learners = get_user_model().objects.filter(id__in=[one for one in some if not roles[one] & TEAM], is_active=True)
    found = [_deadlines(learner, course_key, start, end) for learner in learners.order_by("id")[:ASKED]]
    return found[0] if found and all(one == found[0] for one in found) else ()


def _deadlines(learner: object, course_key: CourseKey, start: date, end: date) -> tuple[date, ...]:
    days: list[date] = []
    moment = datetime.combine(start, time(), tzinfo=UTC)
    for _ in range(MOST):
        due = get_host().next_deadline(learner, course_key, moment)
        if due is None or due.astimezone(UTC).date() > end:
            break
        days.append(due.astimezone(UTC).date())
        moment = due + timedelta(seconds=1)
    return tuple(dict.fromkeys(days))
