"""`manage.py send_reminders`: tells inviters of friends who have not yet begun, where their course asks for it."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from referral_xblock.prompts.reminding import look_for_reminders, remind


class Command(BaseCommand):
    help = (
        "Sends the reminders that are due, at most one in REFERRAL_REMINDER_DAYS days to one inviter in one course. For sites "
        "without Celery's beat, which does it once a day; both may run."
    )

    def handle(self, *args, **options):
        sent = []

        def send(user_id, course):
            sent.append(remind(user_id=user_id, course_key=CourseKey.from_string(course), now=timezone.now()))

        asked = look_for_reminders(now=timezone.now(), ask=send)
        self.stdout.write(f"{asked} due, {sum(sent)} sent")
