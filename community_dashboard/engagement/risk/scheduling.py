"""Which courses a round or a lesson is due in. Courses in which nobody learns any more are left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.courses import filled_courses
from community_dashboard.activity.rollup.queries import daily
from community_dashboard.engagement.risk.learning import can_learn
from community_dashboard.engagement.risk.meaning import RECENT
from community_dashboard.engagement.risk.models import RiskReading, RiskRound
from community_dashboard.engagement.risk.rounds import span_of

FILLED = timedelta(days=2)  # a course whose figures are older is not kept up to date: nothing new is known


def due_rounds(*, now: datetime) -> list[CourseKey]:
    """Courses of which more is known than at the last round. Two queries, and six at most for each that had none today."""
    yesterday = now.date() - timedelta(days=1)
    rounds = dict(RiskRound.objects.exclude(day=None).values_list("course_key", "day"))
    return [
        key
        for key in filled_courses(since=now - FILLED)
        if key not in rounds or (rounds[key] < yesterday and _knows_more(key, rounds[key], now))
    ]


def due_lessons(*, now: datetime) -> list[CourseKey]:
    """Courses that did not try to learn for COMMUNITY_RISK_LEARN_DAYS; none without scikit-learn, or with 0 days.

    Two queries, and one for each course that did not try.
    """
    days = settings.COMMUNITY_RISK_LEARN_DAYS
    if not days or not can_learn():
        return []
    since = now - timedelta(days=days)
    done = set(RiskRound.objects.filter(tried_at__gt=since).values_list("course_key", flat=True))
    return [key for key in filled_courses(since=now - FILLED) if key not in done and _lives(key, now)]


def _knows_more(course_key: CourseKey, day: object, now: datetime) -> bool:
    """Whether another whole day is known, and somebody has a chance or would get one."""
    span = span_of(course_key, now=now)
    if span is None or span.last == day:
        return False
    return _lives(course_key, now) or RiskReading.objects.filter(course_key=course_key).exists()


def _lives(course_key: CourseKey, now: datetime) -> bool:
    """Whether anybody learned in the last seven days and today."""
    start = now.date() - timedelta(days=RECENT)
    return bool(daily(course_key, ["active"], start=start, end=now.date(), now=now)["active"])
