"""Draws a whole world from a seed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.fraud_world.attacks import ATTACKS
from benchmarks.fraud_world.drawing import Dice
from benchmarks.fraud_world.honest import (
    CAMPUS_DOMAIN,
    CAMPUS_NETWORK,
    campus,
    elsewhere,
    friends_of_friends,
    households,
)
from benchmarks.fraud_world.records import World

DAYS = 70
TIMES = 3  # how often each attack takes place in one world


def draw_world(seed: int) -> World:
    """About 2,500 arrivals, in order of their clicks. The same seed gives the same world.

    The course team has named the campus's domain and network as trusted and the give-away site as banned, and nothing else.
    """
    start = datetime(2026, 9, 7, 8, tzinfo=UTC)
    world = World(
        start=start,
        end=start + timedelta(days=DAYS),
        trusted_domains=(CAMPUS_DOMAIN,),
        trusted_networks=(CAMPUS_NETWORK,),
        banned_channels=("reddit",),
    )
    dice = Dice(Random(seed), start)
    sources = (
        campus,
        elsewhere,
        households,
        friends_of_friends,
        *(attack for attack in ATTACKS for _time in range(TIMES)),
    )
    for source in sources:
        world.arrivals.extend(source(dice, world))
    world.arrivals.sort(key=lambda one: (one.clicked_at, one.account.id))
    return world
