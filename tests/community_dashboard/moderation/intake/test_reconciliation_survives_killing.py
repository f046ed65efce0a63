"""Reconciliations that are killed at random moments: in the end every row is as if read from nothing."""

import os
import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.mark.parametrize("seed", [11, 12])
def test_killed_ten_times(tmp_path, seed):
    done = subprocess.run(
        [sys.executable, "-m", "tests.community_dashboard.moderation.intake.workers", "10", str(seed)],
        env={**os.environ, "DEMO_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    ends = {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", done.stdout)}
    assert ends["errors"] == 0
    assert ends["killed"] >= 3
