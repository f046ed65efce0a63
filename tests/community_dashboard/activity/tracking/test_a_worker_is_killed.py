"""Real processes that empty the list are killed (kill -9) at random moments: every fact is recorded, and each one once."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from community_dashboard.activity.tracking import waiting as waiting_file
from community_dashboard.activity.tracking.reading import message_of, read
from demo.campus.models import Enrolment
from tests.community_dashboard.activity.tracking.events import requested
from tests.servers import REDIS, needs

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.redis,
    pytest.mark.timeout(900),  # a minute, but on a busy machine
    needs(REDIS, "redis-server"),
]

LEARNERS, DAYS, KILLS = 100, 10, 5
# A worker of the demo that takes little at a time, so that it is killed in the middle; it says when it begins.
WORKER = """
import functools
import sys
import django
django.setup()
from django.conf import settings
from django.utils import timezone
from community_dashboard.activity.tracking.draining import drain
from community_dashboard.activity.tracking.waiting import WaitingList

waiting = WaitingList(settings.COMMUNITY_TRACKING_REDIS_URL, timeout=5)
waiting.take = functools.partial(waiting.take, size=20)
print("begins", flush=True)
print(drain(waiting, now=timezone.now(), seconds=600), flush=True)
"""


@pytest.fixture
def people(course_key, now):
    users = get_user_model().objects
    users.bulk_create(users.model(username=f"l{n}", email=f"l{n}@example.org") for n in range(LEARNERS))
    people = list(users.filter(username__startswith="l"))
    Enrolment.objects.bulk_create(
        Enrolment(user=one, course_key=course_key, active=True, created=now) for one in people
    )
    return people


@pytest.fixture
def environment(tmp_path, redis_address, people):
    """The demo on a copy of the database with these people in it."""
    connection.ensure_connection()
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())
    return os.environ | {
        "DEMO_DIR": str(tmp_path),
        "DEMO_SECRET_KEY": settings.SECRET_KEY,
        "DEMO_REDIS_URL": redis_address.rpartition("/")[0],
        "DJANGO_SETTINGS_MODULE": "demo.settings",
        "PYTHONWARNINGS": "ignore",
    }


def start(environment):
    command = [sys.executable, "-c", WORKER]
    worker = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert worker.stdout.readline() == "begins\n"
    return worker


def test_killed_again_and_again_nothing_is_lost_and_nothing_twice(
    tiny_course, people, environment, redis_address, waiting, tmp_path
):
    chance = random.Random(6)
    site = waiting_file.WaitingList(redis_address.rpartition("/")[0] + "/2", timeout=5)  # the demo's
    site._redis.flushdb()
    now = timezone.now()
    facts = [
        read(requested(unit, one, at=now - timedelta(days=day)))
        for day in range(DAYS)
        for unit in tiny_course.units
        for one in people
    ]
    chance.shuffle(facts)
    for place, fact in enumerate(facts):
        about = {"course": str(fact.course_key), "day": now.date(), "most": 10**6}
        site.put(message_of(fact), said=fact.key, account=place, **about)
    killed_at = []
    for _kill in range(KILLS):
        worker = start(environment)
        some = site.length() - chance.randrange(20, 250)
        while site.length() > some and worker.poll() is None:
            time.sleep(chance.uniform(0.001, 0.02))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        killed_at.append(site.length())
        site._redis.delete(waiting_file.LEASE)
    assert any(0 < number < len(facts) for number in killed_at), "nobody was killed in the middle"
    worker = start(environment)
    said = worker.stdout.read()
    assert worker.wait(timeout=300) == 0, said
    worker.stdout.close()
    assert site.length() == 0
    rows = sqlite3.connect(tmp_path / "db.sqlite3").execute(
        "SELECT key FROM community_dashboard_activity WHERE kind = 'opened'"
    )
    keys = [row[0] for row in rows]
    assert sorted(keys) == sorted(fact.key for fact in facts)
