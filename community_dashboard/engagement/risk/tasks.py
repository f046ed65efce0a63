"""The work of the chances in the background."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.risk import rounds, scheduling, teaching

# Two workers at one course may be in each other's way in the database.
AGAIN = {"autoretry_for": (OperationalError,), "max_retries": 3, "retry_backoff": 5}


@shared_task(name="community_dashboard.reckon_risks", acks_late=True, ignore_result=True, **AGAIN)
def reckon_risks(course_key: str) -> None:
    """Gives the learners of a course their chances of dropping out."""
    rounds.reckon(course_key=CourseKey.from_string(course_key), now=timezone.now())


@shared_task(name="community_dashboard.learn_risks", acks_late=True, ignore_result=True, **AGAIN)
def learn_risks(course_key: str) -> None:
    """A course learns from its past, and gives its learners their chances by what it learned."""
    key, now = CourseKey.from_string(course_key), timezone.now()
    teaching.teach(course_key=key, now=now)
    rounds.reckon(course_key=key, now=now)


@shared_task(name="community_dashboard.tend_risks", acks_late=True, ignore_result=True, **AGAIN)
def tend_risks() -> None:
    """Has every course learn and reckon where it is due: a task for each."""
    now = timezone.now()
    lessons = scheduling.due_lessons(now=now)
    for key in lessons:
        learn_risks.delay(str(key))
    for key in scheduling.due_rounds(now=now):
        if key not in lessons:
            reckon_risks.delay(str(key))
