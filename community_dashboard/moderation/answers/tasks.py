"""The index grows in the background."""

import logging

from celery import shared_task
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.answers.index import extend

log = logging.getLogger(__name__)
SENDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@shared_task(name="community_dashboard.index_threads", acks_late=True, ignore_result=True)
def index_threads(course_key: str) -> None:
    """Adds the threads of a course that came since, and goes on while there are more."""
    if extend(course_key=CourseKey.from_string(course_key), now=timezone.now()):
        send_index(course_key)


def send_index(course_key: object) -> None:
    """Asks a worker to bring the index of a course up to date; where none can be asked, the next visit does."""
    try:
        index_threads.apply_async((str(course_key),), retry=True, retry_policy=SENDING)
    except Exception:
        log.warning("No worker can be asked at present; the next visit of the page does it.", exc_info=True)
