"""Work on the LMS's workers. Each task may come twice, late, or be killed half-way."""

from celery import shared_task
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.prompts.actions import look_at_unit
from referral_xblock.prompts.reminding import look_for_reminders, remind

SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="referral_xblock.look_at_a_unit", **SAFE)
def look_at_a_unit(user_id: int, usage_key: str) -> None:
    """Sees whether the person has passed the unit of this block."""
    look_at_unit(user_id=user_id, usage_key=UsageKey.from_string(usage_key), now=timezone.now())


@shared_task(name="referral_xblock.look_for_reminders", **SAFE)
def look_for_due_reminders() -> None:
    """Leaves a task for each inviter to whom a reminder may be due. Sent once a day."""
    look_for_reminders(now=timezone.now(), ask=send_reminder.delay)


@shared_task(name="referral_xblock.send_reminder", **SAFE)
def send_reminder(user_id: int, course: str) -> None:
    """Sends one reminder, if it is still due."""
    remind(user_id=user_id, course_key=CourseKey.from_string(course), now=timezone.now())
