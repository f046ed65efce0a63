"""`manage.py recompute_journeys`: the repair command. Every journey is computed anew from the ledger."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from referral_xblock.journey.repair import BusyError, continue_repair
from referral_xblock.journey.settling import settle_forgotten
from referral_xblock.journey.suspicion import judge_marked


class Command(BaseCommand):
    help = (
        "Does what was left for a worker and forgotten, adds to the ledger what the platform knows, and computes every "
        "journey anew. Changes nothing that was right. Stopped, it goes on where it was when it is started again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--course", help="only this course key")

    def handle(self, *args, course=None, **options):
        try:
            course_key = CourseKey.from_string(course) if course else None
        except InvalidKeyError as error:
            raise CommandError(f"“{course}” is not a course key.") from error
        settle_forgotten(now=timezone.now())
        try:
            for number, progress in enumerate(continue_repair(course_key=course_key, clock=timezone.now)):
                if progress.resumed and number == 0:
                    self.stdout.write("Going on with what was begun before.")
                self.stdout.write(f"{progress.people} people looked at, {progress.changed} journeys changed …")
        except BusyError as error:
            raise CommandError(
                "Somebody else is computing the journeys: a worker, or this command elsewhere. It was last seen at "
                f"{error.args[0]:%Y-%m-%d %H:%M:%S} UTC. Five minutes after its last sign of life this command takes over."
            ) from error
        judge_marked(now=timezone.now(), most=None)
        self.stdout.write("Done.")
