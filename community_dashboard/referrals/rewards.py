"""The rewards of a course as the page shows them: who, for what, in which state, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey

from referral_xblock.api import (
    Person,
    RewardRow,
    budget_used,
    count_waiting,
    get_host,
    list_rewards,
    policy_of,
    problem_of_keys,
    reason_for_team,
    what_for,
)

STATES = {
    "waiting": gettext_lazy("Waiting"),
    "granted": gettext_lazy("Granted"),
    "revoked": gettext_lazy("Taken back"),
}


@dataclass(frozen=True)
class ShownReward:
    """One line of the list."""

    row: RewardRow
    who: str
    whose: str
    what_for: str
    state: str
    why: str
    decided_by: str
    acts: tuple[str, ...]  # of "approve", "refuse", "revoke", "undo"


@dataclass(frozen=True)
class RewardsPage:
    """What the page shows beside its filter. `following` is the query of the next page, "" on the last."""

    rewards: tuple[ShownReward, ...]
    following: str
    first: bool
    waiting: int
    used: int
    budget: int  # 0: no limit
    milestones: int
    key_problem: str  # why badges that were promised cannot be made; "" if they can


def page_of_rewards(course_key: CourseKey, chosen: dict[str, Any], *, limit: int) -> RewardsPage:
    """One page of the list. Five queries, and the host's one for the names."""
    filters = {name: chosen[name] for name in ("state", "side", "noted") if chosen.get(name)}
    rows = list_rewards(course_key, **filters, after=chosen.get("after") or 0, limit=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    ids = {row.user_id for row in rows} | {row.decided_by_id for row in rows if row.decided_by_id}
    people = get_host().people(sorted(ids)) if ids else {}
    policy = policy_of(course_key)
    promised = any(one.get("badge") or one.get("friend_badge") for one in policy.milestones)
    return RewardsPage(
        rewards=tuple(_shown(row, people) for row in rows),
        following=urlencode(filters | {"after": rows[-1].id}) if more else "",
        first=not chosen.get("after"),
        waiting=count_waiting(course_key),
        used=budget_used(course_key),
        budget=policy.reward_budget,
        milestones=len(policy.milestones),
        key_problem=problem_of_keys() if promised else "",
    )


def _shown(row: RewardRow, people: dict[int, Person]) -> ShownReward:
    who = people.get(row.user_id)
    by = people.get(row.decided_by_id) if row.decided_by_id else None
    acts = {"waiting": ("approve", "refuse"), "granted": ("revoke",), "revoked": ()}[row.state]
    return ShownReward(
        row=row,
        who=(who.name or who.username) if who else _("Somebody whose account is gone"),
        whose=_("as invited friend") if row.side == "friend" else _("as inviter"),
        what_for=what_for(row),
        state=str(STATES[row.state]),
        why=reason_for_team(row.reason, row.side),
        decided_by=(by.name or by.username) if by else "",
        acts=(*(acts if row.reason != "budget" else ("refuse",)), *(("undo",) if row.hand else ())),
    )
