"""How the word spreads: what people do when they see the panel, open a link, join. Nothing is written here but acts.

The effect of the invitation prompt is in here as behaviour alone: who sees the prompt shares more often, and whatever the
growth page finds it has to find in what follows from that.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SHARES_WITH_PROMPT, SHARES_WITHOUT = 0.27, 0.09  # of those who see a panel
SHARES_ONCE_MORE = 0.25  # by one more channel, or again another day
# How often a channel is chosen. A network that is not here is chosen seldom.
CHANNELS = {
    "whatsapp": 22, "copy": 20, "facebook": 11, "email": 10, "linkedin": 9, "telegram": 6, "qr": 5, "x": 5, "native": 5,
    "bluesky": 4, "mastodon": 3, "teams": 3, "sms": 3, "reddit": 2, "wechat": 2,
}  # fmt: skip
RARE_CHANNEL = 0.5
# How many open a link, against the ordinary; and how many machines fetch its preview or scan it, at most.
REACH = {"facebook": 1.4, "linkedin": 1.3, "qr": 1.5, "email": 0.8, "sms": 0.7, "reddit": 2.0}
FETCHERS = {
    "whatsapp": 1, "facebook": 3, "linkedin": 2, "telegram": 1, "x": 3, "bluesky": 2, "mastodon": 14, "teams": 1,
    "slack": 1, "threads": 2, "reddit": 4, "vk": 2,
}  # fmt: skip
SCANNED = {"email": 0.45, "teams": 0.3}
PARETO, LARGEST = 1.15, 260  # few bring many: the tail of how many people one share reaches
LOOKS_FIRST = 0.1  # opens the page, goes away, opens it again the same day
CONFIRMED = 0.62  # of those who only look: the beacon came
JOINS = 0.32
COMES_AGAIN = 0.15  # somebody who joined and did not register follows another friend's link
REGISTERS = 0.68
DELAY = 26 * 3600.0  # seconds from the share to a visit, on average
WHO_JOINS = {"newcomer": 83, "account": 9, "enrolled": 6, "inviter": 2}
WAYS = {"cookie": 78, "back": 13, "code": 9}
TELLS = {"day": 66, "stages": 26, "nothing": 8}
ENROLS = {"at once": 90, "later": 6, "never": 3, "by team": 1}
OWN_BROWSER = 0.015  # one tablet for the whole family
PREFETCHED = 0.02  # a browser fetched the page ahead of the person who joins


@dataclass(frozen=True)
class Follow:
    """What follows a share: how many people open the link, and which machines."""

    people: int
    machines: tuple[str, ...]


def one_of(random: Random, weights: dict[str, float]) -> str:
    """A key, drawn by its weight."""
    return random.choices(list(weights), weights=list(weights.values()))[0]


def draw_channels(random: Random, offered: tuple[str, ...]) -> list[str]:
    """By which channels somebody shares at this sitting: one, rarely more."""
    weights = {slug: CHANNELS.get(slug, RARE_CHANNEL) for slug in offered}
    chosen = [one_of(random, weights)]
    while random.random() < SHARES_ONCE_MORE:
        chosen.append(one_of(random, weights))
    return list(dict.fromkeys(chosen))


def draw_follow(random: Random, channel: str) -> Follow:
    """How far a share reaches: mostly nobody or one, now and then a whole crowd."""
    people = min(int((random.paretovariate(PARETO) - 0.6) * REACH.get(channel, 1.0)), LARGEST)
    machines = ["preview"] * random.randint(min(1, FETCHERS.get(channel, 0)), FETCHERS.get(channel, 0))
    if random.random() < SCANNED.get(channel, 0.0):
        machines += ["crawler"] * random.randint(1, 3)
    if random.random() < 0.06:
        machines.append(random.choice(("crawler", "prefetch", "no_user_agent", "not_a_page")))
    return Follow(people, tuple(machines))
