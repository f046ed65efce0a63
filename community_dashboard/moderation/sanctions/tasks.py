"""What is written to authors, on the LMS's workers. The task may come twice, late, or be killed half-way."""

from celery import shared_task
from django.utils import timezone

from community_dashboard.moderation.sanctions.notices import tell


@shared_task(name="community_dashboard.tell_sanctioned", acks_late=True, ignore_result=True)
def tell_sanctioned(sanction_id: int) -> None:
    """Writes to one author, if that was not done yet."""
    tell(sanction_id=sanction_id, now=timezone.now())
