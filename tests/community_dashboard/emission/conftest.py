"""Fixtures of other folders that the whole story needs."""

from tests.community_dashboard.moderation.decisions.conftest import answer, desk, forum, somebody, thread
from tests.referral_xblock.conftest import link
from tests.referral_xblock.retirement.conftest import life
from tests.referral_xblock.rewards.conftest import badge_key, milestones

__all__ = ["answer", "badge_key", "desk", "forum", "life", "link", "milestones", "somebody", "thread"]
