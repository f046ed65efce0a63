"""Honest people: a campus behind one network address and one domain, households, followers, friends across courses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from benchmarks.fraud_world.drawing import Dice
from benchmarks.fraud_world.records import HONEST, Account, Arrival, World

CAMPUS_DOMAIN = "univ-exemple.example"
CAMPUS_NETWORK = "192.0.2.7"
ROOMS = tuple(f"Mozilla/5.0 (Windows NT 10.0; computer room {letter}) Chrome/140" for letter in "ABCD")
MINUTES = (
    3.0  # of the inviter's for each friend who comes: choosing whom to ask and writing, also to those who do not come
)


def campus(dice: Dice, world: World, people: int = 2_000) -> Iterator[Arrival]:
    """Students who invite each other: most by message, some in a lecture where a hundred press within ten minutes."""
    inviters = [dice.account(CAMPUS_DOMAIN, created_at=dice.day(-200, -5)) for _each in range(people // 16)]
    left = people - len(inviters)
    for inviter in inviters[:5]:  # a lecturer or a delegate shows the code on the screen
        moment, present = dice.day(0, 12), dice.random.randint(60, 110)
        for _each in range(present):
            clicked = moment + timedelta(minutes=dice.random.uniform(0, 10))
            yield arrival(dice, world, inviter, clicked, _student(dice, clicked), minutes=0.2, **_on_campus(dice, 0.3))
        left -= present
    while left > 0:
        inviter, brought = dice.random.choice(inviters), min(left, 1 + int(dice.random.expovariate(1 / 4)))
        for clicked in sorted(dice.day(0, 45) for _each in range(brought)):
            where = _on_campus(dice, 0.25) if dice.random.random() < 0.7 else {"address": dice.home()}
            yield arrival(dice, world, inviter, clicked, _student(dice, clicked), **where)
        left -= brought


def elsewhere(dice: Dice, world: World, inviters: int = 60) -> Iterator[Arrival]:
    """People with addresses of their own: friends, colleagues of one firm, and one teacher with many followers."""
    for _each in range(inviters):
        inviter = dice.account(dice.mail(), created_at=dice.day(-400, -3))
        for clicked in sorted(dice.day(0, 50) for _friend in range(1 + int(dice.random.expovariate(1 / 2)))):
            yield arrival(dice, world, inviter, clicked, _somebody(dice, clicked))
    teacher = dice.account("lycee.example", created_at=dice.day(-300, -100))
    moment = dice.day(3, 20)
    for _follower in range(80):
        clicked = dice.later(moment, hours=10)
        yield arrival(dice, world, teacher, clicked, _somebody(dice, clicked), minutes=0.5, channel="mastodon")


def households(dice: Dice, world: World, families: int = 25) -> Iterator[Arrival]:
    """Partners and children on the family's own computer: the same network and browser, sometimes the inviter's own profile."""
    for _each in range(families):
        home, browser = dice.home(), dice.browser()
        inviter = dice.account(dice.mail(), created_at=dice.day(-300, -3))
        for number in range(dice.random.choice((1, 1, 1, 2))):
            clicked = dice.day(0, 45)
            own = number == 0 and dice.random.random() < 0.15
            yield arrival(
                dice, world, inviter, clicked, _somebody(dice, clicked), address=home, browser=browser, own_browser=own
            )


def friends_of_friends(dice: Dice, world: World, pairs: int = 20) -> Iterator[Arrival]:
    """Two people who invite each other, each to the course that the other did not know."""
    for _each in range(pairs):
        one = dice.account(dice.mail(), created_at=dice.day(-300, -30))
        clicked = dice.day(0, 40)
        other = dice.account(dice.mail(), created_at=dice.day(-300, -30))
        world.other_courses.append((other.id, one.id))
        yield arrival(dice, world, one, clicked, other)


def arrival(
    dice: Dice,
    world: World,
    inviter: Account,
    clicked: datetime,
    account: Account,
    *,
    minutes: float = MINUTES,
    **where: Any,
) -> Arrival:
    """Somebody who came to learn: one in six never begins, one in twelve leaves, one in five completes."""
    enrolled = dice.later(clicked, minutes=12)
    luck, studied, left, completed = dice.random.random(), (), None, None
    if luck > 0.16:
        studied = dice.spread(
            enrolled, 1 + int(dice.random.expovariate(1 / 14)), days=dice.random.uniform(1, 35), end=world.end
        )
    if dice.random.random() < 0.08:
        left = dice.later(enrolled + timedelta(hours=1), days=9)
        studied, left = tuple(when for when in studied if when < left), left if left < world.end else None
    elif len(studied) > 15:
        completed = studied[-1]
    place = {"address": dice.home(), "browser": dice.browser(), "channel": _channel(dice)} | where
    return Arrival(
        account=account,
        inviter=inviter,
        label=HONEST,
        clicked_at=clicked,
        enrolled_at=enrolled,
        minutes=minutes,
        studied_at=studied,
        completed_at=completed,
        left_at=left,
        **place,
    )


def _channel(dice: Dice) -> str:
    return dice.random.choice(("whatsapp", "whatsapp", "copy", "mail", "qr", "telegram", "linkedin", "facebook"))


def _on_campus(dice: Dice, in_a_room: float) -> dict[str, str]:
    browser = dice.random.choice(ROOMS) if dice.random.random() < in_a_room else dice.browser()
    return {"address": CAMPUS_NETWORK, "browser": browser}


def _student(dice: Dice, clicked: datetime) -> Account:
    """Half of them had an account already, some never used since a teacher made it for them."""
    if dice.random.random() < 0.5:
        return dice.account(CAMPUS_DOMAIN, created_at=dice.day(-300, -1), unused=dice.random.random() < 0.2)
    return dice.account(CAMPUS_DOMAIN, created_at=dice.later(clicked, minutes=6))


def _somebody(dice: Dice, clicked: datetime) -> Account:
    """One in forty gives an address with a plus: many people file their mail so."""
    created = dice.day(-500, -1) if dice.random.random() < 0.3 else dice.later(clicked, minutes=6)
    domain = dice.mail()
    email = (
        f"{dice.name()}.{dice.name()}{dice.random.randint(0, 999)}+mooc@{domain}"
        if dice.random.random() < 0.025
        else ""
    )
    return dice.account(domain, created_at=created, email=email, unused=dice.random.random() < 0.05)
