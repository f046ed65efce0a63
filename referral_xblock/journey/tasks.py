"""What runs on the LMS's workers. Each task may come twice, late, or be killed half-way: what it does is repeatable."""

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from referral_xblock.journey import repair, settling, suspicion, waiting
from referral_xblock.sharing import invitation_dispatch

# Acknowledged when done, so that a killed worker's message goes to another one.
SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(
    name="referral_xblock.settle",
    autoretry_for=(DatabaseError,),
    retry_backoff=5,
    retry_backoff_max=300,
    max_retries=5,
    **SAFE,
)
def settle() -> None:
    """Does what requests have left to do; where more waits than one task does, it sends the next."""
    waiting.a_task_has_come()
    if settling.settle_waiting(now=timezone.now()):
        settle.delay()


@shared_task(name="referral_xblock.catch_up", **SAFE)
def catch_up() -> None:
    """Does what was left and forgotten, then goes on with the repair, for a minute or so. Sent every ten minutes."""
    settling.settle_forgotten(now=timezone.now())
    invitation_dispatch.catch_up(now=timezone.now())
    repair.continue_in_the_background(clock=timezone.now)
    suspicion.judge_marked(now=timezone.now())


@shared_task(name="referral_xblock.judge", **SAFE)
def judge() -> None:
    """Looks at the arrivals around which something changed."""
    suspicion.judge_marked(now=timezone.now())
