"""The record's work in the background."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from community_dashboard.activity.reconciliation import reconcile


@shared_task(name="community_dashboard.reconcile_activity", acks_late=True, ignore_result=True)
def reconcile_activity() -> None:
    """Looks for what the record lacks, so many pages of each source; the next run goes on from there."""
    reconcile(now=timezone.now(), pages=settings.COMMUNITY_RECONCILE_PAGES)
