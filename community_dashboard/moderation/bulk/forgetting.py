"""What is forgotten of jobs: people who are retired, and what is older than the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.scopes import Kind

BATCH = 1000


def forget_person(*, user_id: int) -> None:
    """Jobs that a retired person began stay without the name and the words, and those about their posts are gone. Repeatable.

    Few jobs are about one author, so their scopes are read: two statements, and one for each of them.
    """
    with transaction.atomic():
        BulkJob.objects.filter(by=user_id).update(by=None, reason="")
        about = BulkJob.objects.filter(scope__kind=Kind.AUTHOR.value, scope__author_id=user_id)
        for job_id in about.values_list("id", flat=True):
            BulkStep.objects.filter(job=job_id).delete()
            BulkJob.objects.filter(pk=job_id).delete()


def forget_old(*, now: datetime) -> int:
    """Deletes jobs that ended as long ago as decisions are kept; returns how many. For the periodic task."""
    if not settings.COMMUNITY_KEEP_DECISIONS_DAYS:
        return 0
    before = now - timedelta(days=settings.COMMUNITY_KEEP_DECISIONS_DAYS)
    old = list(BulkJob.objects.filter(state="done", began_at__lt=before).values_list("id", flat=True)[:BATCH])
    BulkStep.objects.filter(job__in=old).delete()
    return BulkJob.objects.filter(pk__in=old).delete()[0] if old else 0
