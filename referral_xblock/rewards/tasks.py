"""What runs on the LMS's workers. Each task may come twice, late, or be killed half-way: what it does is repeatable."""

from collections.abc import Iterable

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from referral_xblock.rewards import passes
from referral_xblock.rewards.actions import settle_rewards

SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(
    name="referral_xblock.settle_rewards",
    autoretry_for=(DatabaseError,),
    retry_backoff=5,
    retry_backoff_max=300,
    max_retries=5,
    **SAFE,
)
def settle(course: str, user_ids: Iterable[int]) -> None:
    """Brings these people's rewards in line with the journeys that have changed."""
    for user_id in user_ids:
        settle_rewards(user_id=user_id, course_key=CourseKey.from_string(course), now=timezone.now())


@shared_task(name="referral_xblock.continue_rewards", **SAFE)
def continue_rewards() -> None:
    """Goes on with the pass over everybody, for a minute or so. Sent every ten minutes."""
    passes.continue_pass(clock=timezone.now)
