"""Real worker processes on a real Redis, killed in the middle (kill -9): every friend is bound, and each one once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from tests.servers import REDIS, needs, running_redis

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.redis,
    pytest.mark.timeout(900),  # a minute, but on a busy machine
    needs(REDIS, "redis-server"),
]

FRIENDS = 100
LONGEST_WAIT = 300

# A web process of the demo: so many visitors press the button, register, and are gone.
VISITORS = """
import sys
import django
django.setup()
from django.conf import settings
from django.test import Client
from tests.referral_xblock.visits import open_invitation, press_join

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
for number in range(int(sys.argv[2])):
    visitor = Client(SERVER_NAME="127.0.0.1")
    press_join(visitor, sys.argv[1], open_invitation(visitor, sys.argv[1])[1])
    name = f"friend{number}"
    fields = {"username": name, "name": name, "email": f"{name}@example.org", "password": "a-long-password"}
    assert visitor.post("/register", fields).status_code == 302
"""

# What beat asks for every few minutes; later than now, so that nothing is too fresh for it.
LATER = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from referral_xblock.journey.settling import settle_forgotten

settle_forgotten(now=timezone.now() + timedelta(minutes=10))
"""


@pytest.fixture
def redis_port(tmp_path):
    yield from running_redis(str(tmp_path))


@pytest.fixture
def environment(tmp_path, redis_port, link):
    """The demo on a copy of the database with chen's link in it, its tasks on Redis."""
    connection.ensure_connection()
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())
    return os.environ | {
        "DEMO_DIR": str(tmp_path),
        "DEMO_SECRET_KEY": settings.SECRET_KEY,
        "DEMO_REDIS_URL": f"redis://127.0.0.1:{redis_port}",
        "DJANGO_SETTINGS_MODULE": "demo.settings",
        "PYTHONWARNINGS": "ignore",
    }


def start_worker(environment, log):
    """Two processes of one worker, in a group of their own."""
    command = ["celery", "--app=demo.workers", "worker", "--concurrency=2", "--loglevel=WARNING"]
    return subprocess.Popen(
        [sys.executable, "-m", *command], env=environment, stdout=log, stderr=log, start_new_session=True
    )


def test_a_killed_worker_loses_nothing(environment, link, tmp_path):
    subprocess.run([sys.executable, "-c", VISITORS, link.code, str(FRIENDS)], env=environment, check=True)
    assert count(tmp_path, "referral_xblock_waiting") == FRIENDS
    assert count(tmp_path, "referral_xblock_touch") == 0

    with (tmp_path / "log").open("w") as log:
        first = start_worker(environment, log)
        try:
            wait_until(tmp_path, lambda: count(tmp_path, "referral_xblock_touch") >= 3)
        finally:
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
        done = count(tmp_path, "referral_xblock_journey")
        assert done < FRIENDS, "the worker was too quick to be killed in the middle"
        second = start_worker(environment, log)  # takes what the first had not begun
        try:
            wait_until(tmp_path, lambda: count(tmp_path, "referral_xblock_journey") > done)
            # Redis gives back what the first had in hand after some minutes. The catch-up may be at it at the same time.
            subprocess.run([sys.executable, "-c", LATER], env=environment, check=True)
            wait_until(tmp_path, lambda: count(tmp_path, "referral_xblock_waiting") == 0)
        finally:
            os.killpg(second.pid, signal.SIGKILL)
            second.wait()

    assert count(tmp_path, "referral_xblock_touch") == FRIENDS
    assert count(tmp_path, "referral_xblock_journey WHERE inviter_id IS NOT NULL") == FRIENDS
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        accounts = database.execute("SELECT accounts FROM referral_xblock_link WHERE code = ?", [link.code]).fetchone()
    assert accounts == (FRIENDS,), "each one once"


def count(folder, table):
    """How many rows there are, as somebody else sees them."""
    with sqlite3.connect(folder / "db.sqlite3", timeout=20) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def wait_until(folder, happens):
    give_up = time.monotonic() + LONGEST_WAIT
    while not happens():
        assert time.monotonic() < give_up, (folder / "log").read_text()[-3000:]
        time.sleep(0.01)
