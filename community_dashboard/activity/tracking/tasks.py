"""The work of the workers: what was told goes into the record."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from community_dashboard.activity.tracking.draining import drain
from community_dashboard.activity.tracking.reading import fact_of
from community_dashboard.activity.tracking.recording import record_tracked
from community_dashboard.activity.tracking.waiting import waiting_list

PATIENCE = 5.0  # seconds for which a worker waits for Redis


@shared_task(name="community_dashboard.drain_tracking", acks_late=True, ignore_result=True)
def drain_tracking() -> None:
    """Records what waits in the list in Redis; nothing where the site has none. What fails is taken again next time."""
    url = settings.COMMUNITY_TRACKING_REDIS_URL
    if url:
        drain(waiting_list(url, timeout=PATIENCE), now=timezone.now())


@shared_task(
    name="community_dashboard.record_tracked",
    acks_late=True,
    ignore_result=True,
    autoretry_for=(Exception,),
    max_retries=5,
    retry_backoff=30,
)
def record_told(messages: list[str]) -> None:
    """Records these messages, where a site has no list in Redis."""
    told = [fact for message in messages if (fact := fact_of(message)) is not None]
    record_tracked(told, now=timezone.now())
