"""The job on the LMS's workers."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from referral_xblock.retention.sweeping import apply_retention


@shared_task(name="referral_xblock.apply_retention", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def keep_as_long_as_needed() -> None:
    """Deletes what is older than the settings say, so many pages at once; the next run goes on. Sent once a day."""
    apply_retention(now=timezone.now(), pages=settings.REFERRAL_RETENTION_PAGES)
