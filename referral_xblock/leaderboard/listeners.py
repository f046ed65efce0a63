"""What changes points and teams, handed on. Points are computed by a worker; where none can be asked, the hourly pass does it."""

import logging

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from openedx_events.learning.signals import COURSE_UNENROLLMENT_COMPLETED

from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.leaderboard.tasks import recompute_standing, recompute_team_standings
from referral_xblock.policy.queries import policy_of
from referral_xblock.signals import JOURNEY_CHANGED, TEAM_CHANGED
from referral_xblock.teams.absence import put_out

log = logging.getLogger(__name__)

# A broker that does not answer keeps nobody waiting.
SENDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def _ask(task, *arguments):
    try:
        task.apply_async(arguments, retry=True, retry_policy=SENDING)
    except Exception:
        log.warning("No worker can be asked at present; the hourly pass computes the points.", exc_info=True)


@receiver(JOURNEY_CHANGED, dispatch_uid="referral.standing")
@never_in_the_way("Asking for a standing")
def on_journey(course_key, inviter_id, **kwargs):
    """A friend came further, or no longer counts: what the inviter has now."""
    if inviter_id is not None and policy_of(course_key).leaderboard:
        _ask(recompute_standing, str(course_key), inviter_id)


@receiver(TEAM_CHANGED, dispatch_uid="referral.team_standing")
@never_in_the_way("Asking for the standing of a team")
def on_team(course_key, team_ids, **kwargs):
    """Members left, a team was closed or merged."""
    if policy_of(course_key).leaderboard:
        _ask(recompute_team_standings, str(course_key), sorted(team_ids))


@receiver(COURSE_UNENROLLMENT_COMPLETED, dispatch_uid="referral.put_out")
@never_in_the_way("Taking somebody who left out of teams and pairs")
def on_unenrolment(enrollment, **kwargs):
    """Somebody left the course: they are in no team and no pair of it, and not on the leaderboard."""
    course_key, user_id = enrollment.course.course_key, enrollment.user.id
    policy = policy_of(course_key)
    if policy.teams or policy.buddies != "off":
        put_out(user_id=user_id, course_key=course_key, now=timezone.now())
    if policy.leaderboard:
        transaction.on_commit(lambda: _ask(recompute_standing, str(course_key), user_id), robust=True)
