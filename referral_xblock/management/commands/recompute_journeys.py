"""`manage.py recompute_journeys`: the repair command. Every journey is computed anew from the ledger."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from referral_xblock.api import recompute_all


class Command(BaseCommand):
    help = "Computes every journey anew from touches and events. Changes nothing that was right."

    def add_arguments(self, parser):
        parser.add_argument("--course", help="only this course key")

    def handle(self, *args, course=None, **options):
        try:
            course_key = CourseKey.from_string(course) if course else None
        except InvalidKeyError as error:
            raise CommandError(f"“{course}” is not a course key.") from error
        looked_at, changed = recompute_all(course_key=course_key, now=timezone.now())
        self.stdout.write(f"{looked_at} people looked at, {changed} journeys changed.")
