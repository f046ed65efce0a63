"""A course with teams."""

import pytest

from tests.referral_xblock.teams.people import learner
from tests.referral_xblock.visits import set_policy


@pytest.fixture
def open_teams(course_key):
    """The tiny course has teams of at most three, study buddies and a leaderboard."""
    set_policy(course_key, teams=True, team_size=3, buddies="on", leaderboard=True)


@pytest.fixture
def fay(cast, course_key, open_teams):
    """One more learner."""
    return learner("fay", course_key)
