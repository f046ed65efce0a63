"""One world from a set and a seed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from random import Random

from benchmarks.shield_world.attacks import draw_attack
from benchmarks.shield_world.genuine import draw_genuine
from benchmarks.shield_world.records import World

START = datetime(2026, 4, 13, tzinfo=UTC)  # a Monday


def draw_world(which: str, seed: int) -> World:
    """The posts of three days with an attack on the second. The same for the same set and seed."""
    draw = Random(f"{which}{seed}")
    ids = count(1)
    team, genuine = draw_genuine(which, start=START, ids=ids, draw=draw)
    posts = [*genuine, *draw_attack(which, genuine, start=START, ids=ids, draw=draw)]
    return World(
        course=f"course-v1:Campus+SHIELD{which.upper()}+2026",
        posts=sorted(posts, key=lambda post: (post.posted_at, post.id)),
        team=team,
    )
