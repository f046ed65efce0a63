"""The figures' work in the background."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from community_dashboard.activity.rollup.clearing import clear
from community_dashboard.activity.rollup.filling import fill

OF_THE_TIME = 54  # seconds of each minute between two runs


@shared_task(name="community_dashboard.fill_figures", acks_late=True, ignore_result=True)
def fill_figures() -> None:
    """Brings the figures up to date for nearly as long as it takes to the next run, which goes on from there."""
    fill(now=timezone.now(), seconds=(settings.COMMUNITY_FILL_MINUTES or 3) * OF_THE_TIME)


@shared_task(name="community_dashboard.clear_activity", acks_late=True, ignore_result=True)
def clear_activity() -> None:
    """Clears the record of days that are kept no longer."""
    clear(now=timezone.now(), days=settings.COMMUNITY_KEEP_ACTIVITY_DAYS)
