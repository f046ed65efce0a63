"""Workers that are killed at random moments, and several at once: the figures are the recount's in the end."""

import os
import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def run(mode, times, folder, seed=11):
    done = subprocess.run(
        [sys.executable, "-m", "tests.community_dashboard.activity.rollup.workers", mode, str(times), str(seed)],
        env={**os.environ, "DEMO_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", done.stdout)}


def test_killed_a_hundred_times(tmp_path):
    ends = run("killed", 100, tmp_path)
    assert ends["errors"] == 0
    assert ends["killed"] >= 50


def test_several_at_once_share_the_work(tmp_path):
    assert run("together", 3, tmp_path) == {"errors": 0, "finished": 9}
