"""Tells the tracking log of rewards that are granted anew, or no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from referral_xblock.emission.emitting import emit
from referral_xblock.emission.events import REWARD_EARNED, REWARD_REVOKED
from referral_xblock.rewards.models import Hand, Reward, State


def emit_difference(rewards: Mapping[int, Reward], granted_before: Collection[int]) -> None:
    """After the commit, an event for each of these rewards, by number, that was granted before and is not now, or the reverse.

    A row that was deleted is granted no more. No query.
    """
    for number, row in rewards.items():
        is_granted = row.pk is not None and row.state == State.GRANTED
        if is_granted == (number in granted_before):
            continue
        data = {
            "reward": number,
            "side": str(row.side),
            "counts": row.counts,
            "number": row.number,
            "badge": bool(row.badge),
            "by_hand": row.hand != Hand.NONE,
        }
        event = REWARD_EARNED if is_granted else REWARD_REVOKED
        emit(event, data, user_id=row.user_id, course_key=row.course_key)
