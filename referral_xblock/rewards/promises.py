"""From the course policy to what can be earned: its milestones and rules of counting, on either side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from referral_xblock.data import Policy
from referral_xblock.journey.carriers import Carrier
from referral_xblock.rewards.earning import Counted, Earned, Friend, Milestone, Rules, earned

GIFTS = ("badge", "title", "text", "link", "team_note")
INVITER, FRIEND = "inviter", "friend"
Key = tuple[str, str]  # slug, side


def rules_of(policy: Policy) -> Rules:
    """How friends are counted in this course."""
    return Rules(
        weights=policy.stage_weights,
        hold_days=policy.hold_days,
        idle_days=policy.idle_days,
        cap=policy.inviter_cap,
    )


def promises(policy: Policy) -> dict[Key, dict[str, Any]]:
    """What each side can earn by the policy: the columns of a reward that say what it is for and what it gives."""
    found: dict[Key, dict[str, Any]] = {}
    for one in policy.milestones:
        gifts = {gift: one.get(gift, "") for gift in GIFTS}
        if any(gifts.values()):
            found[one["slug"], INVITER] = {"counts": one["counts"], "number": one["number"], **gifts}
        if one.get("friend_on"):
            gifts = {gift: one.get(f"friend_{gift}", "") for gift in GIFTS}
            found[one["slug"], FRIEND] = {"counts": one["friend_on"], "number": 1, **gifts}
    return found


def reached(
    wanted: Mapping[Key, tuple[str, int]],
    carriers: Iterable[Carrier],
    own: Carrier | None,
    rules: Rules,
    *,
    now: datetime,
) -> dict[Key, Earned]:
    """What of `wanted` (what it counts, how many) is earned: by the carriers as inviter, by the own journey as friend."""
    friends = [Friend(*one) for one in carriers]
    sides = {INVITER: friends, FRIEND: [Friend(*own)] if own else []}
    found: dict[Key, Earned] = {}
    for side, those in sides.items():
        asked = [
            Milestone(slug, Counted(counts), number) for (slug, of), (counts, number) in wanted.items() if of == side
        ]
        found |= {(slug, side): one for slug, one in earned(those, asked, rules, now=now).items()}
    return found
