"""Weekly digests on the LMS's workers. Each task may come twice, late, or be killed half-way."""

from celery import shared_task
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.digest import actions

SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="community_dashboard.look_for_learner_digests", **SAFE)
def look_for_learner_digests() -> None:
    """Leaves a task for everybody to whom a weekly digest is due."""
    actions.look_for_digests(now=timezone.now(), ask=send_learner_digest.delay)


@shared_task(name="community_dashboard.send_learner_digest", **SAFE)
def send_learner_digest(user_id: int, course: str) -> None:
    """Sends one digest, if it is still due."""
    actions.send_digest(user_id=user_id, course_key=CourseKey.from_string(course), now=timezone.now())
