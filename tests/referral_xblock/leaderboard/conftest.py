"""A course with a leaderboard."""

from tests.referral_xblock.teams.conftest import fay, open_teams  # noqa: F401
