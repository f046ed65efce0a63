"""What makes an invited account look like nobody's, or the inviter's own. Plain Python; the order of arrivals changes nothing.

Every sign has a weight, which the course's staff see and may change; a journey whose weights reach `Rules.hold_at` is held
for a person to look at. Nothing is rejected by this file. One weak sign alone holds nobody: a family shares a computer, a
campus an address, and two friends may well invite each other to a course each. What happens on a trusted network says
nothing about devices or speed there, and a trusted domain is never a throw-away one.

The signs and their weights were tuned on the worlds of `benchmarks/fraud_world`, and measured on others: docs/fraud.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Sign(StrEnum):
    """Something about one arrival that an honest one seldom has."""

    SAME_MAILBOX = "same_mailbox"  # the inviter's, or another friend's, with a plus or dots in it
    THROW_AWAY = "throw_away"  # an address that lives ten minutes
    SPEED = "speed"  # very many new accounts by one inviter in an hour
    SAME_DEVICE = (
        "same_device"  # the same network and browser that day as another friend, or as the inviter when they came
    )
    OWN_BROWSER = "own_browser"  # joined where the inviter uses their invitations
    RING = "ring"  # the friend invited the inviter elsewhere, directly or by one more person
    BANNED_SOURCE = "banned_source"  # a channel or domain of which the course's staff said that it does not count
    DORMANT = "dormant"  # an old account without a sign of life before the click
    IDLE = "idle"  # enrolled for a while and nothing done, or a single block within minutes
    IDLE_COMPANY = "idle_company"  # and so are nearly all friends of this inviter


WEIGHTS: Mapping[Sign, int] = {
    Sign.SAME_MAILBOX: 100,
    Sign.THROW_AWAY: 60,
    Sign.SPEED: 60,
    Sign.SAME_DEVICE: 60,
    Sign.OWN_BROWSER: 100,
    Sign.RING: 50,
    Sign.BANNED_SOURCE: 100,
    Sign.DORMANT: 40,
    Sign.IDLE: 40,
    Sign.IDLE_COMPANY: 60,
}


@dataclass(frozen=True)
class Rules:
    """What the course's staff may set. A sign without a weight is none."""

    weights: Mapping[Sign, int] = field(default_factory=lambda: WEIGHTS)
    hold_at: int = 100  # held for a person from this sum of weights on
    speed: int = 12  # new accounts in an hour
    idle_days: int = 14
    trusted_domains: tuple[str, ...] = ()
    banned_channels: tuple[str, ...] = ()
    banned_domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """One account that came by somebody's link, as far as it can be known. Addresses are for this moment only, never kept."""

    friend_id: int
    inviter_id: int
    friend_mail: str
    inviter_mail: str
    clicked_at: datetime
    enrolled_at: datetime | None  # None: only registered yet
    visitor: str = ""  # the daily keyed hash of network address and browser; "" if not known
    trusted_network: bool = False
    own_browser: bool = False
    channel: str = ""
    is_new: bool = True  # the account was made after the click
    dormant: bool = False
    blocks: int = 0  # completed in the course
    last_block_at: datetime | None = None


@dataclass(frozen=True)
class Suspicion:
    """What speaks against one arrival, the heaviest first."""

    signs: tuple[Sign, ...]
    score: int
    held: bool


HASTE = timedelta(minutes=10)
COMPANY = 3  # friends from which on "nearly all of them" means something
NEARLY_ALL = 0.8


def judge(
    arrivals: Iterable[Arrival],
    *,
    credited_elsewhere: Collection[tuple[int, int]] = (),
    is_throw_away: Callable[[str], bool] = lambda domain: False,
    rules: Rules | None = None,
    now: datetime,
) -> dict[int, Suspicion]:
    """What speaks against each friend of one course; friends against whom nothing speaks are left out.

    `credited_elsewhere` are (inviter, friend) of other courses. `is_throw_away` knows the maintained list of domains.
    """
    rules = rules or Rules()
    course = _Course(
        sorted(set(arrivals), key=lambda one: (one.clicked_at, one.friend_id)), credited_elsewhere, rules, now
    )
    found = {}
    for one in course.arrivals:
        suspicion = weigh(_signs_of(one, course, is_throw_away), rules)
        if suspicion:
            found[one.friend_id] = suspicion
    return found


def weigh(signs: Iterable[Sign], rules: Rules) -> Suspicion | None:
    """What these signs amount to; None if none of them has a weight."""
    heavy = {sign for sign in signs if rules.weights.get(sign)}
    ordered = tuple(sorted(heavy, key=lambda sign: (-rules.weights[sign], sign)))
    score = sum(rules.weights[sign] for sign in ordered)
    return Suspicion(ordered, score, score >= rules.hold_at) if ordered else None


def mailbox(address: str) -> str:
    """The mailbox behind an address: no part after a plus anywhere, and no dots where the provider ignores them."""
    local, _at, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2].strip().lower()


def is_in(domain: str, domains: Iterable[str]) -> bool:
    """Whether a domain, or one above it, is among these."""
    return any(domain == one or domain.endswith("." + one) for one in domains)


class _Course:
    """The arrivals of one course, in the groups that the signs look at."""

    def __init__(
        self, arrivals: Sequence[Arrival], elsewhere: Collection[tuple[int, int]], rules: Rules, now: datetime
    ) -> None:
        self.arrivals = arrivals
        self.rules = rules
        self.now = now
        self.by_friend = {one.friend_id: one for one in arrivals}
        self.friends: dict[int, list[Arrival]] = defaultdict(list)
        self.mailboxes: dict[tuple[int, str], int] = defaultdict(int)
        self.devices: dict[tuple[int, str], int] = defaultdict(int)
        self.invited: dict[int, set[int]] = defaultdict(set)  # by whom, in any course
        for one in arrivals:
            self.friends[one.inviter_id].append(one)
            self.mailboxes[one.inviter_id, mailbox(one.friend_mail)] += 1
            self.devices[one.inviter_id, one.visitor] += 1
            self.invited[one.inviter_id].add(one.friend_id)
        for inviter, friend in elsewhere:
            self.invited[inviter].add(friend)
        self.new_at = {
            inviter: [one.clicked_at for one in friends if one.is_new and not one.trusted_network]
            for inviter, friends in self.friends.items()
        }
        self.idle_inviters = {
            inviter
            for inviter, friends in self.friends.items()
            if (judged := [one for one in friends if self.is_old_enough(one)]) and self.is_idle_company(judged)
        }

    def is_old_enough(self, one: Arrival) -> bool:
        """Whether there was time to begin."""
        return one.enrolled_at is not None and self.now - one.enrolled_at >= timedelta(days=self.rules.idle_days)

    def is_idle(self, one: Arrival) -> bool:
        """Nothing done, or a single block within minutes and never again."""
        if one.enrolled_at is None or not self.is_old_enough(one):
            return False
        hasty = one.blocks == 1 and one.last_block_at is not None and one.last_block_at - one.enrolled_at <= HASTE
        return one.blocks == 0 or hasty

    def is_idle_company(self, friends: list[Arrival]) -> bool:
        """Whether nearly all of these never began."""
        return len(friends) >= COMPANY and sum(map(self.is_idle, friends)) >= NEARLY_ALL * len(friends)

    def shares_device(self, one: Arrival) -> bool:
        """Whether another friend of the inviter, the inviter, or a friend's friend came by this device that day."""
        came = self.by_friend.get(one.inviter_id)
        return bool(one.visitor) and (
            self.devices[one.inviter_id, one.visitor] > 1
            or (came is not None and came.visitor == one.visitor)
            or self.devices.get((one.friend_id, one.visitor), 0) > 0
        )

    def most_in_an_hour(self, one: Arrival) -> int:
        """New accounts of this inviter in the half hours before and after."""
        moments, half = self.new_at[one.inviter_id], timedelta(minutes=30)
        return bisect_right(moments, one.clicked_at + half) - bisect_left(moments, one.clicked_at - half)

    def shares_mailbox(self, one: Arrival) -> bool:
        """Whether it is the inviter's mailbox or another friend's; of an account without an address nothing is known."""
        own = mailbox(one.friend_mail)
        return bool(one.friend_mail) and (own == mailbox(one.inviter_mail) or self.mailboxes[one.inviter_id, own] > 1)

    def is_ring(self, one: Arrival) -> bool:
        """Whether the friend invited the inviter, or somebody who invited the inviter."""
        theirs = self.invited.get(one.friend_id, set())
        return one.inviter_id in theirs or any(one.inviter_id in self.invited.get(next_one, ()) for next_one in theirs)


def _signs_of(one: Arrival, course: _Course, is_throw_away: Callable[[str], bool]) -> Iterator[Sign]:
    rules, domain = course.rules, domain_of(one.friend_mail)
    if course.shares_mailbox(one):
        yield Sign.SAME_MAILBOX
    if not is_in(domain, rules.trusted_domains) and is_throw_away(domain):
        yield Sign.THROW_AWAY
    if one.is_new and not one.trusted_network and course.most_in_an_hour(one) >= rules.speed:
        yield Sign.SPEED
    if not one.trusted_network and course.shares_device(one):
        yield Sign.SAME_DEVICE
    if one.own_browser:
        yield Sign.OWN_BROWSER
    if course.is_ring(one):
        yield Sign.RING
    if one.channel in rules.banned_channels or is_in(domain, rules.banned_domains):
        yield Sign.BANNED_SOURCE
    if one.dormant:
        yield Sign.DORMANT
    if course.is_idle(one):
        yield Sign.IDLE
        if one.inviter_id in course.idle_inviters:
            yield Sign.IDLE_COMPANY
