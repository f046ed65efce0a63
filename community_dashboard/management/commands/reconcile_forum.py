"""`manage.py lms reconcile_forum`: reads for moderation what stands in the forum's tables and no signal told."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community_dashboard.activity.forum import course_of, forum_is_here
from community_dashboard.moderation.intake.arrival import look_at_course, reconcile_forum
from community_dashboard.moderation.projection.filling import begin_filling, fill
from community_dashboard.moderation.projection.queries import progress_of

PAGES = 20  # between two lines of progress


class Command(BaseCommand):
    help = (
        "Compares moderation's rows with the forum's own tables and repairs them; --course reads a whole course first."
    )

    def add_arguments(self, parser):
        parser.add_argument("--course", action="append", default=[], help="read all posts of this course; repeatable")

    def handle(self, *args, course=(), **options):
        if not forum_is_here():
            self.stdout.write("The forum app is not installed here, so there are no posts to look for.")
            return
        for text in course:
            self._fill(text)
        found = reconcile_forum(clock=timezone.now, thorough=True)
        self.stdout.write(
            f"Read anew: {found.new} new posts, {found.changed} that had changed, {found.there_or_not} that were only here or "
            f"only there, {found.reports} with other reports, {found.pinned} pinned or no longer pinned."
        )

    def _fill(self, text):
        course_key = course_of(text)
        if course_key is None:
            raise CommandError(f"{text} is not the key of a course.")
        begin_filling(course_key=course_key, now=timezone.now())
        finished = False
        while not finished:
            finished = fill(course_key=course_key, clock=timezone.now, pages=PAGES)
            progress = progress_of(course_key)
            self.stdout.write(f"{course_key}: {progress.done} of {progress.total} posts read.")
        look_at_course(course_key=course_key, clock=timezone.now)
