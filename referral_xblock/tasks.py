"""Gathers the tasks of all domains, where the LMS's workers look for them; written out, so that a reader finds them."""

from referral_xblock.journey.tasks import catch_up, judge, settle
from referral_xblock.leaderboard.tasks import (
    recompute_course_standings,
    recompute_standing,
    recompute_standings,
    recompute_team_standings,
)
from referral_xblock.prompts.tasks import look_at_a_unit, look_for_due_reminders, send_reminder
from referral_xblock.retention.tasks import keep_as_long_as_needed
from referral_xblock.rewards.tasks import continue_rewards
from referral_xblock.rewards.tasks import settle as settle_rewards
from referral_xblock.sharing.tasks import send_invitation

__all__ = [
    "catch_up",
    "continue_rewards",
    "judge",
    "keep_as_long_as_needed",
    "look_at_a_unit",
    "look_for_due_reminders",
    "recompute_course_standings",
    "recompute_standing",
    "recompute_standings",
    "recompute_team_standings",
    "send_invitation",
    "send_reminder",
    "settle",
    "settle_rewards",
]
