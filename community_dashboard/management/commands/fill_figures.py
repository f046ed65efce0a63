"""`manage.py lms fill_figures`: brings the figures of the dashboard to what the record of activity says."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.filling import fill, fill_course
from community_dashboard.activity.rollup.looking import begin_again


class Command(BaseCommand):
    help = "Counts what changed since the last run. Goes on where it stopped; several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--course", help="the key of one course; all of it at once")
        parser.add_argument("--from-the-beginning", action="store_true", help="count every day once more")
        parser.add_argument("--seconds", type=float, help="stop after so many seconds; the next run goes on")

    def handle(self, *args, course=None, from_the_beginning=False, seconds=None, **options):
        course_key = _course(course) if course else None
        now = timezone.now()
        if from_the_beginning:
            begin_again(course_key=course_key)
        filled = fill_course(course_key, now=now) if course_key else fill(now=now, seconds=seconds)
        rest = "" if filled.finished else " There is more to fill."
        failed = f" {filled.failed} could not be filled, see the log." if filled.failed else ""
        self.stdout.write(f"{filled.days} days and {filled.people} people filled.{failed}{rest}")


def _course(text):
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError as error:
        raise CommandError(f"“{text}” is not the key of a course.") from error
