"""Intake's work in the background."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.intake import arrival, breaching, teaching
from community_dashboard.moderation.shield.actions import forget_traces

# Two workers at one thread may be in each other's way in the database.
AGAIN = {"autoretry_for": (OperationalError,), "max_retries": 3, "retry_backoff": 1}


@shared_task(name="community_dashboard.read_posts", acks_late=True, ignore_result=True, **AGAIN)
def read_posts(course_key: str, posts: list[list[str]]) -> None:
    """Reads posts, given as [kind, id], that were written, changed or deleted; in whichever course if the key is ""."""
    arrival.read_and_examine(course_key, posts, now=timezone.now())


@shared_task(name="community_dashboard.reconcile_forum", acks_late=True, ignore_result=True, **AGAIN)
def reconcile_forum() -> None:
    """Reads what no signal told, once a day by looking through everything."""
    arrival.reconcile_forum(clock=timezone.now)


@shared_task(name="community_dashboard.look_at_filled_course", acks_late=True, ignore_result=True, **AGAIN)
def look_at_filled_course(course_key: str) -> None:
    """Examines what was in a course before us and still matters."""
    arrival.look_at_course(course_key=CourseKey.from_string(course_key), clock=timezone.now)


@shared_task(name="community_dashboard.find_breaches", acks_late=True, ignore_result=True, **AGAIN)
def find_breaches() -> None:
    """Tells the queue which questions have passed their target since; and deletes what the shield keeps no longer."""
    now = timezone.now()
    breaching.find_breaches(now=now)
    forget_traces(now=now)


@shared_task(name="community_dashboard.learn_urgency", acks_late=True, ignore_result=True)
def learn_urgency() -> None:
    """The urgency of every course in which something was decided since the round before last learns from it."""
    now = timezone.now()
    teaching.learn_in_courses(since=now - 2 * timedelta(minutes=settings.COMMUNITY_LEARN_MINUTES), now=now)
