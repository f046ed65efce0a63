"""`manage.py lms reconcile_activity`: adds to the record of activity what the platform knows and no listener told."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from community_dashboard.activity.forum import forum_is_here
from community_dashboard.activity.reconciliation import reconcile


class Command(BaseCommand):
    help = "Reads the platform's tables and adds to the record of activity what is missing. Goes on where it stopped."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, help="at most so many pages of 500 rows from each source")
        parser.add_argument("--from-the-beginning", action="store_true", help="read everything once more")

    def handle(self, *args, pages=None, from_the_beginning=False, **options):
        for found in reconcile(now=timezone.now(), pages=pages, from_the_beginning=from_the_beginning):
            rest = "" if found.finished else " There is more to read."
            self.stdout.write(f"{found.source}: {found.looked_at} rows read, {found.missing} were missing.{rest}")
        if not forum_is_here():
            self.stdout.write("The forum app is not installed here, so there are no posts to look for.")
