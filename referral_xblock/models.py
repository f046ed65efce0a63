"""Gathers the tables of all domains for Django; written out, so that a reader finds them."""

from referral_xblock.consent.models import FriendChoice, NameChoice
from referral_xblock.journey.models import Event, Journey, Touch
from referral_xblock.links.models import Click, Link
from referral_xblock.policy.models import CoursePolicy
from referral_xblock.sharing.models import Share, Showing

__all__ = [
    "Click",
    "CoursePolicy",
    "Event",
    "FriendChoice",
    "Journey",
    "Link",
    "NameChoice",
    "Share",
    "Showing",
    "Touch",
]
