"""The log's work in the background."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from community_dashboard.moderation.decisions.repair import repair
from community_dashboard.moderation.decisions.retention import delete_old_decisions, delete_old_texts


@shared_task(name="community_dashboard.tend_decisions", acks_late=True, ignore_result=True)
def tend_decisions() -> None:
    """Ends what stayed begun, and deletes texts and rows that are kept no longer."""
    now = timezone.now()
    repair(now=now)
    delete_old_texts(now=now)
    delete_old_decisions(now=now, days=settings.COMMUNITY_KEEP_DECISIONS_DAYS)
