"""Fixtures of the rewards, for what is told of them."""

from tests.referral_xblock.rewards.conftest import friends, milestones

__all__ = ["friends", "milestones"]
