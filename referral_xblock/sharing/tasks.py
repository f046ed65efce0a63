"""What runs on the LMS's workers. The task may come twice, late, or be killed half-way: what it does is done at most once."""

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from referral_xblock.sharing import invitation_dispatch


@shared_task(
    name="referral_xblock.send_invitation",
    autoretry_for=(DatabaseError,),  # what fails after the mark finds, the second time, nothing to do
    retry_backoff=5,
    retry_backoff_max=300,
    max_retries=5,
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def send_invitation(invitation_id: int) -> None:
    """Sends one invitation, if it still waits."""
    invitation_dispatch.dispatch(invitation_id=invitation_id, now=timezone.now())
