"""Eighteen ways to be rewarded for people who are not there, or did not come by an invitation. Each is a list of arrivals.

`minutes` is what an account costs whoever makes it: an address, a registration, an activation, and what is done afterwards.

The last three were added when the rules had been written and found every other: people who know what is looked at, and
make their accounts study, or hide a few among true friends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from benchmarks.fraud_world.drawing import Dice
from benchmarks.fraud_world.honest import CAMPUS_DOMAIN, CAMPUS_NETWORK, arrival
from benchmarks.fraud_world.records import Account, Arrival, World

THROW_AWAY = ("mailinator.com", "yopmail.com", "guerrillamail.com", "10minutemail.com", "trashmail.com")


def _fake(dice: Dice, label: str, inviter: Account, account: Account, clicked: datetime, **rest: Any) -> Arrival:
    """An account that enrols at once and does nothing more unless said otherwise."""
    values = {"address": dice.home(), "browser": dice.browser(), "channel": "copy", "minutes": 4.0} | rest
    enrolled = clicked + timedelta(seconds=dice.random.uniform(40, 240))
    return Arrival(account=account, inviter=inviter, label=label, clicked_at=clicked, enrolled_at=enrolled, **values)


def _fresh(dice: Dice, clicked: datetime, *, domain: str = "", email: str = "") -> Account:
    created = clicked + timedelta(seconds=dice.random.uniform(20, 40))
    return dice.account(domain or dice.mail(), created_at=created, email=email)


def _attacker(dice: Dice, domain: str = "") -> Account:
    return dice.account(domain or dice.mail(), created_at=dice.day(-60, -1))


def _sitting(dice: Dice, how_many: int, *, minutes: float) -> list[datetime]:
    """Moments of somebody who makes accounts one after another."""
    moment, moments = dice.day(1, 40), []
    for _each in range(how_many):
        moment += timedelta(minutes=dice.random.uniform(0.6, 1.4) * minutes)
        moments.append(moment)
    return moments


def plus_addresses(dice: Dice, world: World) -> Iterator[Arrival]:
    """name+1, name+2 … of the own mailbox, cookies cleared in between."""
    attacker, home, browser = _attacker(dice, "gmail.com"), dice.home(), dice.browser()
    local = attacker.email.partition("@")[0]
    for number, clicked in enumerate(_sitting(dice, 8, minutes=5)):
        account = _fresh(dice, clicked, email=f"{local}+{number + 1}@gmail.com")
        yield _fake(dice, "plus addresses", attacker, account, clicked, address=home, browser=browser, minutes=2.5)


def dotted_addresses(dice: Dice, world: World) -> Iterator[Arrival]:
    """The own mailbox with dots in other places, from several browsers."""
    attacker, home = _attacker(dice, "gmail.com"), dice.home()
    local = attacker.email.partition("@")[0].replace(".", "")
    for number, clicked in enumerate(_sitting(dice, 7, minutes=7)):
        cut = 1 + number % (len(local) - 1)
        account = _fresh(dice, clicked, email=f"{local[:cut]}.{local[cut:]}@gmail.com")
        yield _fake(dice, "dotted addresses", attacker, account, clicked, address=home, minutes=2.5)


def throw_away_mail(dice: Dice, world: World) -> Iterator[Arrival]:
    """Addresses that live ten minutes, from changing networks."""
    attacker = _attacker(dice)
    for clicked in _sitting(dice, 10, minutes=4):
        account = _fresh(dice, clicked, domain=dice.random.choice(THROW_AWAY))
        yield _fake(dice, "throw-away mail", attacker, account, clicked, minutes=2.0)


def own_browser(dice: Dice, world: World) -> Iterator[Arrival]:
    """Three more accounts made where the inviter is signed in otherwise."""
    attacker, home, browser = _attacker(dice), dice.home(), dice.browser()
    for clicked in _sitting(dice, 3, minutes=15):
        place = {"address": home, "browser": browser, "own_browser": True}
        yield _fake(dice, "own browser", attacker, _fresh(dice, clicked), clicked, **place)


def private_windows(dice: Dice, world: World) -> Iterator[Arrival]:
    """The same computer, a private window and a new free address each time."""
    attacker, home, browser = _attacker(dice), dice.home(), dice.browser()
    for clicked in _sitting(dice, 8, minutes=9):
        yield _fake(
            dice, "private windows", attacker, _fresh(dice, clicked), clicked, address=home, browser=browser, minutes=6
        )


def scripted_burst(dice: Dice, world: World) -> Iterator[Arrival]:
    """A program: an account every twenty seconds, each from another network."""
    attacker = _attacker(dice)
    for clicked in _sitting(dice, 40, minutes=0.35):
        yield _fake(dice, "scripted burst", attacker, _fresh(dice, clicked), clicked, minutes=0.7)


def slow_drip(dice: Dice, world: World) -> Iterator[Arrival]:
    """One account a day from the own network with another browser each time; none ever begins."""
    attacker, home, first = _attacker(dice), dice.home(), dice.day(0, 15)
    for number in range(14):
        clicked = first + timedelta(days=number, hours=dice.random.uniform(-4, 4))
        yield _fake(dice, "slow drip", attacker, _fresh(dice, clicked), clicked, address=home, minutes=6)


def pair(dice: Dice, world: World) -> Iterator[Arrival]:
    """Two people who pass each other second accounts: mine by your link, yours by mine."""
    one, other = _attacker(dice), _attacker(dice)
    homes = {one.id: (dice.home(), dice.browser()), other.id: (dice.home(), dice.browser())}
    world.other_courses += [(one.id, other.id), (other.id, one.id)]
    for inviter, maker in ((one, other), (other, one)) * 3:
        clicked = dice.day(1, 30)
        address, browser = homes[maker.id]
        yield _fake(dice, "pair", inviter, _fresh(dice, clicked), clicked, address=address, browser=browser, minutes=6)


def ring(dice: Dice, world: World) -> Iterator[Arrival]:
    """Six accounts of one person, each inviting the next within an evening, and the last the first in another course."""
    home, browser = dice.home(), dice.browser()
    members, moments = [_attacker(dice)], _sitting(dice, 6, minutes=8)
    for clicked in moments:
        members.append(_fresh(dice, clicked))
        yield _fake(dice, "ring", members[-2], members[-1], clicked, address=home, browser=browser, minutes=6)
    world.other_courses.append((members[-1].id, members[0].id))


def enrol_and_leave(dice: Dice, world: World) -> Iterator[Arrival]:
    """Acquaintances who enrol as a favour and leave as soon as the reward is there."""
    attacker = _attacker(dice)
    for clicked in sorted(dice.day(1, 35) for _each in range(9)):
        left = clicked + timedelta(hours=dice.random.uniform(1, 40))
        yield _fake(dice, "enrol and leave", attacker, _fresh(dice, clicked), clicked, left_at=left, minutes=5)


def bought_accounts(dice: Dice, world: World) -> Iterator[Arrival]:
    """Old accounts that nobody used, enrolled in one go from one machine."""
    attacker, home, browser = _attacker(dice), dice.home(), dice.browser()
    for clicked in _sitting(dice, 12, minutes=3):
        account = dice.account(dice.mail(), created_at=dice.day(-700, -200), unused=True)
        yield _fake(dice, "bought accounts", attacker, account, clicked, address=home, browser=browser, minutes=3)


def paid_clickers(dice: Dice, world: World) -> Iterator[Arrival]:
    """Workers of a click farm: own networks, one block completed within two minutes, never seen again."""
    attacker, moment = _attacker(dice), dice.day(2, 30)
    for _each in range(25):
        clicked = moment + timedelta(hours=dice.random.uniform(0, 5))
        studied = (clicked + timedelta(minutes=dice.random.uniform(5, 7)),)
        account = _fresh(dice, clicked)
        yield _fake(dice, "paid clickers", attacker, account, clicked, studied_at=studied, minutes=8)


def own_domain(dice: Dice, world: World) -> Iterator[Arrival]:
    """A domain of one's own that takes every address, on no list of throw-away mail; one machine."""
    attacker, home, browser = _attacker(dice), dice.home(), dice.browser()
    domain = f"{dice.name()}{dice.random.randint(10, 99)}.example"
    for clicked in _sitting(dice, 10, minutes=6):
        account = _fresh(dice, clicked, domain=domain)
        yield _fake(dice, "own domain", attacker, account, clicked, address=home, browser=browser, minutes=3)


def give_away_site(dice: Dice, world: World) -> Iterator[Arrival]:
    """The link on a site of give-aways, which the course team has banned: strangers who enrol for a prize and never come."""
    attacker, moment = _attacker(dice), dice.day(2, 30)
    for _each in range(30):
        clicked = dice.later(moment, hours=30)
        yield _fake(dice, "give-away site", attacker, _fresh(dice, clicked), clicked, channel="reddit", minutes=1)


def campus_insider(dice: Dice, world: World) -> Iterator[Arrival]:
    """Inside the trusted campus: the own address with a plus, in the computer room."""
    attacker = _attacker(dice, CAMPUS_DOMAIN)
    local, browser = attacker.email.partition("@")[0], dice.browser()
    for number, clicked in enumerate(_sitting(dice, 8, minutes=6)):
        account = _fresh(dice, clicked, email=f"{local}+{number + 1}@{CAMPUS_DOMAIN}")
        place = {"address": CAMPUS_NETWORK, "browser": browser}
        yield _fake(dice, "campus insider", attacker, account, clicked, minutes=3, **place)


def patient_farmer(dice: Dice, world: World) -> Iterator[Arrival]:
    """An account every few days, from another browser and network, and each is made to study for some days."""
    attacker, first = _attacker(dice), dice.day(0, 12)
    for number in range(6):
        clicked = first + timedelta(days=3 * number, hours=dice.random.uniform(-9, 9))
        studied = dice.spread(clicked + timedelta(hours=1), dice.random.randint(2, 5), days=4, end=world.end)
        yield _fake(dice, "patient farmer", attacker, _fresh(dice, clicked), clicked, studied_at=studied, minutes=25)


def hidden_among_friends(dice: Dice, world: World) -> Iterator[Arrival]:
    """Eight true friends, and four accounts of one's own between them, made in private windows on different days."""
    inviter, home, browser = _attacker(dice), dice.home(), dice.browser()
    for clicked in sorted(dice.day(0, 35) for _friend in range(8)):
        yield arrival(dice, world, inviter, clicked, _fresh(dice, clicked))
    for clicked in sorted(dice.day(0, 35) for _each in range(4)):
        account = _fresh(dice, clicked)
        yield _fake(dice, "hidden among friends", inviter, account, clicked, address=home, browser=browser, minutes=6)


def borrowed_telephones(dice: Dice, world: World) -> Iterator[Arrival]:
    """Five true friends, and three who let their telephone be used and never look at the course."""
    inviter = _attacker(dice)
    for clicked in sorted(dice.day(0, 35) for _friend in range(5)):
        yield arrival(dice, world, inviter, clicked, _fresh(dice, clicked))
    for clicked in sorted(dice.day(0, 35) for _each in range(3)):
        yield _fake(dice, "borrowed telephones", inviter, _fresh(dice, clicked), clicked, minutes=8)


ATTACKS: tuple[Callable[[Dice, World], Iterator[Arrival]], ...] = (
    plus_addresses,
    dotted_addresses,
    throw_away_mail,
    own_browser,
    private_windows,
    scripted_burst,
    slow_drip,
    pair,
    ring,
    enrol_and_leave,
    bought_accounts,
    paid_clickers,
    own_domain,
    give_away_site,
    campus_insider,
    patient_farmer,
    hidden_among_friends,
    borrowed_telephones,
)
