"""The projection's work in the background."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.projection.filling import fill


@shared_task(
    name="community_dashboard.fill_course",
    acks_late=True,
    ignore_result=True,
    autoretry_for=(OperationalError,),
    max_retries=3,
    retry_backoff=1,
)
def fill_course(course_key: str) -> None:
    """Reads the posts of a course that were there before us, from where it stopped."""
    fill(course_key=CourseKey.from_string(course_key), clock=timezone.now)
