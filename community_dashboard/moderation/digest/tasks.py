"""Digests on the LMS's workers. Each task may come twice, late, or be killed half-way."""

from celery import shared_task
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.digest import actions
from community_dashboard.moderation.phone.taps import forget_old

SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="community_dashboard.look_for_digests", **SAFE)
def look_for_digests() -> None:
    """Leaves a task for each moderator to whom a digest is due, and clears what the phone pages of old ones left."""
    now = timezone.now()
    actions.look_for_digests(now=now, ask=send_digest.delay)
    forget_old(now=now)


@shared_task(name="community_dashboard.send_digest", **SAFE)
def send_digest(user_id: int, course: str) -> None:
    """Sends one digest, if it is still due."""
    actions.send_digest(user_id=user_id, course_key=CourseKey.from_string(course), now=timezone.now())
