"""Workers that are killed at random moments, and several at once: the figures are the recount's in the end."""

import pytest

from tests.killing import run_workers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
WORKERS, SEED = "tests.community_dashboard.activity.rollup.workers", 11


def test_killed_a_hundred_times(tmp_path):
    ends = run_workers(WORKERS, "killed", 100, SEED, folder=tmp_path)
    assert ends["errors"] == 0
    assert ends["killed"] >= 50


def test_several_at_once_share_the_work(tmp_path):
    assert run_workers(WORKERS, "together", 3, SEED, folder=tmp_path) == {"errors": 0, "finished": 9}
