"""Reads of rewards: what one person has and may yet earn, what a course's team sees, what a badge's page shows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import shown_name
from referral_xblock.journey.carriers import carriers_of, showing_carriers
from referral_xblock.policy.queries import policy_of
from referral_xblock.rewards import purse
from referral_xblock.rewards.earning import Counted, Friend, counting, worth
from referral_xblock.rewards.models import Badge, Reward, Side, State
from referral_xblock.rewards.promises import INVITER, promises, rules_of

COLUMNS = (
    "id", "user_id", "slug", "side", "counts", "number", "badge", "title", "text", "link", "team_note", "state",
    "reason", "earned_at", "carried_by", "hand", "note", "decided_by_id", "decided_at", "changed_at",
)  # fmt: skip


@dataclass(frozen=True)
class RewardRow:
    """One reward. `badge_id` is None while there is no credential for it."""

    id: int
    user_id: int
    slug: str
    side: str
    counts: str
    number: int
    badge: str
    title: str
    text: str
    link: str
    team_note: str
    state: str
    reason: str
    earned_at: datetime
    carried_by: int
    hand: str
    note: str
    decided_by_id: int | None
    decided_at: datetime | None
    changed_at: datetime
    badge_id: uuid.UUID | None = None


@dataclass(frozen=True)
class NextMilestone:
    """What an inviter may earn next, and how far it is as far as the inviter may know it.

    `known` is exact where `exact`; otherwise friends count beside it who do not show how they get on.
    """

    counts: str
    number: int
    known: int
    exact: bool
    held: int  # friends who have enrolled and count only when the hold period is over
    hold_days: int
    gifts: dict[str, Any]


@dataclass(frozen=True)
class BadgePage:
    """What the public page of a badge shows. `owner_id` is for the view, `owner_name` for everybody who may see it."""

    public_id: uuid.UUID
    course_key: CourseKey
    owner_id: int
    owner_name: str
    names_owner: bool
    name: str
    reward: RewardRow
    issued_at: datetime
    revoked_at: datetime | None
    token: str


def rewards_of(user_id: int, course_key: CourseKey) -> list[RewardRow]:
    """One person's rewards in a course, the latest first. One query."""
    rows = Reward.objects.filter(user_id=user_id, course_key=course_key).order_by("-changed_at", "-id")
    return _read(rows)


def list_rewards(
    course_key: CourseKey,
    *,
    state: str = "",
    side: str = "",
    noted: bool = False,
    after: int = 0,
    limit: int = 50,
) -> list[RewardRow]:
    """The `limit` rewards of a course before the one whose id is `after`, newest first. One query, along an index.

    `noted`: only those that hold a note for the team.
    """
    rows = Reward.objects.filter(course_key=course_key)
    if state:
        rows = rows.filter(state=state)
    if side:
        rows = rows.filter(side=side)
    if noted:
        rows = rows.exclude(team_note="")
    if after:
        rows = rows.filter(id__lt=after)
    return _read(rows.order_by("-id")[:limit])


def count_waiting(course_key: CourseKey) -> int:
    """How many rewards wait for a person of the team. One query."""
    rows = Reward.objects.filter(course_key=course_key, state=State.WAITING, reason="approval")
    return rows.count()


def budget_used(course_key: CourseKey) -> int:
    """How many rewards are granted at present, of those that the policy allows. One query."""
    return purse.used(course_key)


def next_milestone(user_id: int, course_key: CourseKey, *, now: datetime) -> NextMilestone | None:
    """The nearest of the inviter's milestones that is not there yet; None where there is none. Three queries at most.

    Enrolments are counted over all friends; what a friend learned only where the friend shows it, since with few friends a
    number would tell whose it is.
    """
    policy = policy_of(course_key)
    wanted = {key: what for key, what in promises(policy).items() if key[1] == INVITER}
    if not wanted:
        return None
    have = Reward.objects.filter(user_id=user_id, course_key=course_key, side=Side.INVITER)
    there = {slug for slug, state, hand in have.values_list("slug", "state", "hand") if state != State.REVOKED or hand}
    rules, friends = rules_of(policy), [Friend(*one) for one in carriers_of(user_id, course_key)]
    counted = counting(friends, rules, now=now)
    shown = showing_carriers(user_id, course_key)
    held = sum(1 for one in friends if one.left_at is None) - len(counting(friends, replace(rules, cap=0), now=now))
    left = []
    for (slug, _side), what in wanted.items():
        if slug not in there:
            counts = Counted(what["counts"])
            exact = counts is Counted.ENROLLED
            seen = counted if exact else [one for one in counted if one.id in shown]
            known = (
                sum(worth(one, rules, now=now) for one in seen)
                if counts is Counted.POINTS
                else sum(1 for one in seen if one.reached(counts))
            )
            gifts = {name: what[name] for name in ("badge", "title", "text", "link")}
            if any(gifts.values()):
                left.append(NextMilestone(counts.value, what["number"], known, exact, held, rules.hold_days, gifts))
    return min(left, key=lambda one: (max(one.number - one.known, 0), one.number), default=None)


def find_badge(public_id: uuid.UUID) -> BadgePage | None:
    """A badge for its public page; None if there is none. Two queries at most."""
    badge = Badge.objects.filter(public_id=public_id).select_related("reward").first()
    if badge is None:
        return None
    reward = badge.reward
    row = RewardRow(**{name: getattr(reward, name) for name in COLUMNS}, badge_id=badge.public_id)
    return BadgePage(
        public_id=badge.public_id,
        course_key=reward.course_key,
        owner_id=reward.user_id,
        owner_name=shown_name(reward.user_id) if badge.names_owner else "",
        names_owner=badge.names_owner,
        name=reward.badge,
        reward=row,
        issued_at=badge.issued_at,
        revoked_at=badge.revoked_at,
        token=badge.token,
    )


def revoked_on_shelf(shelf: int) -> list[uuid.UUID]:
    """The badges of a revocation list that do not hold at present. One query."""
    rows = Badge.objects.filter(shelf=shelf, revoked_at__isnull=False)
    return list(rows.order_by("id").values_list("public_id", flat=True))


def _read(rows: Any) -> list[RewardRow]:
    found = rows.values(*COLUMNS, badge_id=F("credential__public_id"))
    return [RewardRow(**row) for row in found]
