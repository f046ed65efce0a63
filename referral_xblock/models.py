"""Gathers the tables of all domains for Django; written out, so that a reader finds them."""

from referral_xblock.consent.models import FriendChoice, NameChoice, Suppression
from referral_xblock.journey.models import Event, Journey, RepairPass, Review, Reviewed, Touch, Unjudged, Waiting
from referral_xblock.leaderboard.models import Appearance, Standing, TeamStanding
from referral_xblock.links.models import Click, Link
from referral_xblock.policy.models import CoursePolicy, Rerun
from referral_xblock.prompts.models import Asking, Moment, Reminder
from referral_xblock.retention.models import Sweep
from referral_xblock.rewards.models import Badge, Purse, Reward, RewardPass
from referral_xblock.sharing.models import MailInvitation, Share, Showing
from referral_xblock.teams.models import BuddyPair, Membership, Team, TeamAct

__all__ = [
    "Appearance",
    "Asking",
    "Badge",
    "BuddyPair",
    "Click",
    "CoursePolicy",
    "Event",
    "FriendChoice",
    "Journey",
    "Link",
    "MailInvitation",
    "Membership",
    "Moment",
    "NameChoice",
    "Purse",
    "Reminder",
    "RepairPass",
    "Rerun",
    "Review",
    "Reviewed",
    "Reward",
    "RewardPass",
    "Share",
    "Showing",
    "Standing",
    "Suppression",
    "Sweep",
    "Team",
    "TeamAct",
    "TeamStanding",
    "Touch",
    "Unjudged",
    "Waiting",
]
