"""`manage.py apply_retention`: deletes what is older than the settings say, to its end."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from referral_xblock.retention.sweeping import apply_retention
from referral_xblock.retention.tables import TABLES


class Command(BaseCommand):
    help = (
        "Deletes rows that are older than the REFERRAL_KEEP_…_DAYS settings say and on which nothing rests. Stopped, it goes "
        "on where it was when it is started again. The site's beat does the same once a day, in smaller bites."
    )

    def handle(self, *args, **options):
        for table in TABLES:
            deleted = apply_retention(now=timezone.now(), pages=sys.maxsize, tables=[table])
            self.stdout.write(f"{table.name}: {deleted[table.name]} deleted")
