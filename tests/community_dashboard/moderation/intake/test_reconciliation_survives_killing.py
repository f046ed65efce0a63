"""Reconciliations that are killed at random moments: in the end every row is as if read from nothing."""

import pytest

from tests.killing import run_workers

# SQLite and MariaDB end what a killed process had begun each in its own way.
pytestmark = [pytest.mark.slow, pytest.mark.databases, pytest.mark.timeout(900)]
WORKERS = "tests.community_dashboard.moderation.intake.workers"


@pytest.mark.parametrize("seed", [11, 12])
def test_killed_ten_times(tmp_path, seed):
    ends = run_workers(WORKERS, 10, seed, folder=tmp_path)
    assert ends["errors"] == 0
    assert ends["killed"] >= 3
