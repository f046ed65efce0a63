"""`make demo-workers`: Redis, a worker and the demo, which begin and end together."""

import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.mariadb import free_port
from tests.servers import REDIS, needs

REPOSITORY = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "demo.with_workers"]


@pytest.fixture
def environment(tmp_path):
    """The environment of a terminal: a folder of its own, a free port, nothing of the test settings."""
    ours = ("LMS_ROOT_URL", "DEMO_DUMMY_LANGUAGES", "DEMO_SECRET_KEY", "COURSE", "DEMO_REDIS_URL")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    own = {"DEMO_DIR": str(tmp_path), "PORT": str(free_port()), "DEMO_LEARNERS": "0", "PYTHONUNBUFFERED": "1"}
    return kept | own | {"DJANGO_SETTINGS_MODULE": "demo.settings"}


def test_without_redis_it_says_what_to_install(environment, tmp_path):
    done = subprocess.run(
        COMMAND, cwd=REPOSITORY, env=environment | {"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "apt-get install redis-server" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.redis
@needs(REDIS, "redis-server")
def test_everything_begins_and_ends_together(environment, tmp_path):
    log = tmp_path / "printed.log"
    with log.open("w") as output:
        all_of_it = subprocess.Popen(COMMAND, cwd=REPOSITORY, env=environment, stdout=output, stderr=output)
        try:
            wait_for(lambda: "Ctrl+C" in log.read_text() or all_of_it.poll() is not None, log)
            assert answer(environment, "/demo/facts.json") == 200
            children = children_of(all_of_it.pid)
            assert {program(child) for child in children} == {"redis-server", "celery", "demo"}
            everybody = [*children, *(grandchild for child in children for grandchild in children_of(child))]
        finally:
            all_of_it.send_signal(signal.SIGTERM)
            all_of_it.wait(timeout=60)
    assert all_of_it.returncode == 0, log.read_text()
    assert [program(process) for process in everybody if runs(process)] == []


def wait_for(happens, log):
    give_up = time.monotonic() + 240
    while not happens():
        assert time.monotonic() < give_up, log.read_text()
        time.sleep(0.1)


def answer(environment, path):
    connection = HTTPConnection("127.0.0.1", int(environment["PORT"]), timeout=20)
    connection.request("GET", path)
    return connection.getresponse().status


def children_of(process):
    """The processes that this one started, from the kernel's own list."""
    tasks = Path(f"/proc/{process}/task/{process}/children")
    return [int(number) for number in tasks.read_text().split()]


def runs(process):
    """Not gone, and not merely waiting to be noticed as ended."""
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def program(process):
    """What runs there: "redis-server", or the module after -m."""
    words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    return words[words.index("-m") + 1] if "-m" in words else Path(words[0].split()[0]).name
