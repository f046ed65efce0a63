"""A simulated course in the figures."""

from __future__ import annotations

import pytest

from benchmarks import drift_world
from tests.community_dashboard.engagement.risk.pasts import load

WORLD = drift_world.make_world(seed=5, learners=250)


@pytest.fixture
def loaded(course_key, now):
    """Account by number in `WORLD`, whose last day was yesterday."""
    return load(WORLD, course_key, now=now)
