"""A journey changed: the rewards of both who are in it are to be settled, by a worker."""

import logging

from django.dispatch import receiver

from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.policy.queries import policy_of
from referral_xblock.signals import JOURNEY_CHANGED

log = logging.getLogger(__name__)

# A broker that does not answer keeps nobody waiting; the next pass does what was to be done.
SENDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@receiver(JOURNEY_CHANGED, dispatch_uid="referral.rewards")
@never_in_the_way("Asking for rewards to be settled")
def on_journey_changed(course_key, user_id, inviter_id, **kwargs):
    """Nothing happens in a course without milestones. One cached read of the policy."""
    if not policy_of(course_key).milestones:
        return
    from referral_xblock.rewards.tasks import settle

    people = [person for person in (user_id, inviter_id) if person is not None]
    try:
        settle.apply_async((str(course_key), people), retry=True, retry_policy=SENDING)
    except Exception:
        log.warning("No worker can be asked at present; the next pass settles what changed.", exc_info=True)
