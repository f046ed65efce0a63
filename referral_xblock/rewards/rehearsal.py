"""What other milestones, points or limits would have given for the last days. Reads, computes, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.stubs import stubs_among
from referral_xblock.data import Policy
from referral_xblock.journey.carriers import Carrier, Credited, newest_credits
from referral_xblock.journey.credits import credited_friends
from referral_xblock.policy.queries import policy_of
from referral_xblock.rewards.actions import AGAINST
from referral_xblock.rewards.models import Hand, Reward, State
from referral_xblock.rewards.promises import promises, reached, rules_of

MOST = 2_000  # invited people whose times are read first, the newest
AT_ONCE = 500

Key = tuple[int, str, str]  # whose, slug, side


class Fate(StrEnum):
    """What becomes of a reward."""

    GRANTED = "granted"
    APPROVAL = "approval"  # waits for a person of the team
    BUDGET = "budget"  # waits: the budget is used up
    AGAINST = "against"  # a person of the team has refused it or taken it back
    NOT_EARNED = "not_earned"


@dataclass(frozen=True)
class RehearsedReward:
    """One reward that was earned in these days by the rules of today or would have been by the others.

    `title` is its title or badge; `counts` and `number` are what it asks for; all three as the other rules have them, or
    where they no longer have it, those of today.
    """

    user_id: int
    slug: str
    side: str
    counts: str
    number: int
    title: str
    before: Fate
    after: Fate


@dataclass(frozen=True)
class RewardRehearsal:
    """The rewards of these days, the latest first; `cut`: there were more people than were looked at.

    `earlier`: further rewards that the other rules give for what was reached before these days. None where the course is
    too large to tell.
    """

    rewards: list[RehearsedReward]
    cut: bool
    earlier: int | None


@dataclass(frozen=True)
class _Ground:
    """What both sets of rules are tried on."""

    people: dict[int, tuple[list[Carrier], Carrier | None]]  # friends; the own journey
    decided: dict[Key, tuple[str, str]]  # hand, state
    used: int  # of the budget, before these days
    since: datetime


def rehearse_rewards(
    course_key: CourseKey, policy: Policy, *, now: datetime, days: int = 14, most: int = MOST
) -> RewardRehearsal:
    """What the last `days` days would have given by `policy`, beside what they give by the rules of today.

    Both are computed from the friends as they are now, as if each had held all the time; decisions of the team stand in
    both. Four queries, one more in a course with more than `most` credited friends, and three for every 500 people.
    """
    since, today = now - timedelta(days=days), policy_of(course_key)
    credited = newest_credits(course_key, most=most + 1)
    whole, cut = len(credited) <= most, False
    if not whole:
        held = timedelta(days=max(today.hold_days, policy.hold_days))
        moved = newest_credits(course_key, most=most + 1, moved_since=since - held)
        credited, cut = moved[:most], len(moved) > most
    ground = _Ground(
        people=_people(course_key, credited),
        decided=_decided(course_key, credited),
        used=Reward.objects.filter(course_key=course_key, state=State.GRANTED, earned_at__lte=since).count(),
        since=since,
    )
    before, after = _fates(today, ground, now), _fates(policy, ground, now)
    rewards = _side_by_side(before, after, promises(today), promises(policy), since)
    return RewardRehearsal(rewards, cut, _earlier(before, after, ground) if whole else None)


def _people(course_key: CourseKey, credited: Iterable[Credited]) -> dict[int, tuple[list[Carrier], Carrier | None]]:
    """Everybody on either side of these journeys who is somebody, with all their friends."""
    own = {one.user_id: one.own for one in credited}
    inviters = {one.inviter_id for one in credited if one.inviter_id is not None}
    found: dict[int, tuple[list[Carrier], Carrier | None]] = {}
    for page in _pages(sorted(own.keys() | inviters)):
        friends = credited_friends(course_key, page)
        for user_id in set(page) - stubs_among(page):
            carriers = [
                Carrier(one.journey_id, one.enrolled_at, one.active_at, one.completed_at, one.left_at)
                for one in friends.get(user_id, ())
            ]
            found[user_id] = (carriers, own.get(user_id))
    return found


def _decided(course_key: CourseKey, credited: Iterable[Credited]) -> dict[Key, tuple[str, str]]:
    people = {person for one in credited for person in (one.user_id, one.inviter_id) if person is not None}
    found: dict[Key, tuple[str, str]] = {}
    for page in _pages(sorted(people)):
        rows = Reward.objects.filter(course_key=course_key, user_id__in=page)
        for user_id, slug, side, hand, state in rows.values_list("user_id", "slug", "side", "hand", "state"):
            found[user_id, slug, side] = (hand, state)
    return found


def _fates(policy: Policy, ground: _Ground, now: datetime) -> dict[Key, tuple[Fate, datetime]]:
    """What each earned reward would be, and when it was earned. The budget goes to who earned first."""
    wanted = {key: (what["counts"], what["number"]) for key, what in promises(policy).items()}
    rules, found = rules_of(policy), []
    for user_id, (carriers, own) in ground.people.items():
        there = reached(wanted, carriers, own, rules, now=now) if wanted else {}
        found += [(earned.at, (user_id, slug, side)) for (slug, side), earned in there.items()]
    fates: dict[Key, tuple[Fate, datetime]] = {}
    used = ground.used
    for at, key in sorted(found):
        hand, _state = ground.decided.get(key, ("", ""))
        fate = Fate.GRANTED
        if hand in AGAINST:
            fate = Fate.AGAINST
        elif policy.reward_by_hand and hand != Hand.APPROVED:
            fate = Fate.APPROVAL
        elif at > ground.since:  # what is older stands in `used` already
            fate = Fate.BUDGET if policy.reward_budget and used >= policy.reward_budget else Fate.GRANTED
            used += fate is Fate.GRANTED
        fates[key] = (fate, at)
    return fates


def _side_by_side(
    before: Mapping[Key, tuple[Fate, datetime]],
    after: Mapping[Key, tuple[Fate, datetime]],
    promised: Mapping[tuple[str, str], Mapping],
    proposed: Mapping[tuple[str, str], Mapping],
    since: datetime,
) -> list[RehearsedReward]:
    times = {
        key: max(fates[key][1] for fates in (before, after) if key in fates) for key in before.keys() | after.keys()
    }
    lately = [key for key, at in times.items() if at > since]
    rewards = []
    for key in sorted(lately, key=lambda key: (times[key], key), reverse=True):
        user_id, slug, side = key
        what = proposed.get((slug, side)) or promised[slug, side]
        rewards.append(
            RehearsedReward(
                user_id=user_id,
                slug=slug,
                side=side,
                counts=what["counts"],
                number=what["number"],
                title=what["title"] or what["badge"],
                before=before[key][0] if key in before else Fate.NOT_EARNED,
                after=after[key][0] if key in after else Fate.NOT_EARNED,
            )
        )
    return rewards


def _earlier(
    before: Mapping[Key, tuple[Fate, datetime]], after: Mapping[Key, tuple[Fate, datetime]], ground: _Ground
) -> int:
    """Rewards that are new although they were reached before these days."""
    return sum(
        1
        for key, (fate, at) in after.items()
        if at <= ground.since
        and key not in before
        and fate is not Fate.AGAINST
        and ground.decided.get(key, ("", ""))[1] != State.GRANTED
    )


def _pages(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
