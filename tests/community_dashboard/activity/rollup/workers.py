"""Real processes that fill one database: `python -m …workers killed 100 <seed>` or `… together 4 <seed>`.

Each worker is a process of its own; "killed" ends it with SIGKILL at a random moment. In the end one run goes through, and
every figure is compared with the recount. A file beside DEMO_DIR, or MariaDB with TEST_MARIADB_PORT.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import django
from django.conf import settings

COURSES = ("course-v1:Test+Bees101+2026", "course-v1:Test+Birds+2026")


def main(mode: str, times: int, seed: int) -> None:
    """Prints what happened; raises if a figure is wrong."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    _own_database()
    django.setup()
    from community_dashboard.activity.rollup.filling import fill
    from tests.community_dashboard.activity.rollup.exactness import assert_exact
    from tests.people import NOW, make_course

    _make_tables()
    chance = random.Random(seed)
    keys = [make_course(key).course_key for key in COURSES]
    people = _make_people(keys)
    fill(now=NOW)  # loads what the workers then have loaded
    print(" ".join(f"{name}={n}" for name, n in sorted(globals()[f"_{mode}"](times, chance, keys, people).items())))
    now = NOW + timedelta(days=3)  # whatever was waiting its time has waited long enough
    assert fill(now=now).failed == 0
    for key in keys:
        assert_exact(key, now=now)


def _killed(times: int, chance: random.Random, keys: list, people: list) -> dict[str, int]:
    from tests.people import NOW

    ends = {"killed": 0, "finished": 0, "errors": 0}
    longest = 0.4
    for number in range(times):
        _tell(chance, keys, people)
        worker = _start(lambda number=number: _fill(NOW + timedelta(minutes=3 * number), number % 5 == 0))
        time.sleep(chance.random() * longest)
        os.kill(worker, signal.SIGKILL)
        _pid, status = os.waitpid(worker, 0)
        # So long that now and then one is done before: all of the way is walked.
        if os.WIFSIGNALED(status):
            ends["killed"] += 1
            longest = min(longest * 1.1, 1.5)
        else:
            ends["finished" if status == 0 else "errors"] += 1
            longest *= 0.7
    return ends


def _together(times: int, chance: random.Random, keys: list, people: list) -> dict[str, int]:
    from tests.people import NOW

    ends = {"finished": 0, "errors": 0}
    for number in range(3):
        for _ in range(5):
            _tell(chance, keys, people)
        now = NOW + timedelta(minutes=3 * number)
        for worker in [_start(lambda now=now: _fill(now, again=False)) for _ in range(times)]:
            _pid, status = os.waitpid(worker, 0)
            ends["errors" if status else "finished"] += 1
    return ends


def _fill(now, again: bool) -> None:
    from community_dashboard.activity.rollup.filling import fill
    from community_dashboard.activity.rollup.looking import begin_again

    if again:
        begin_again()
    assert fill(now=now).failed == 0


def _start(work: Callable[[], None]) -> int:
    """A new process that does this and ends."""
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    worker = os.fork()
    if worker:
        return worker
    try:
        work()
        connections.close_all()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


def _tell(chance: random.Random, keys: list, people: list) -> None:
    from django.db import transaction

    from community_dashboard.activity.actions import record_many
    from tests.community_dashboard.activity.rollup.stories import KINDS, PEOPLE, fact

    with transaction.atomic():
        for key in keys:
            happened = [
                (chance.choice(KINDS), chance.randrange(PEOPLE), chance.randrange(3), -chance.randrange(60 * 24 * 20))
                for _ in range(40)
            ]
            record_many(activities=[fact(one, people, key) for one in happened])


def _make_people(keys: list) -> list:
    from demo.campus.models import Enrolment
    from tests.community_dashboard.activity.rollup.stories import make_people
    from tests.people import NOW

    people = make_people(keys[0])
    Enrolment.objects.bulk_create(Enrolment(user=one, course_key=keys[1], active=True, created=NOW) for one in people)
    return people


def _own_database() -> None:
    one = settings.DATABASES["default"]
    if "mysql" in one["ENGINE"]:
        one["NAME"] = f"workers_{os.getpid()}"
        import MySQLdb

        with MySQLdb.connect(host=one["HOST"], port=int(one["PORT"]), user=one["USER"]) as server:
            server.cursor().execute(f"CREATE DATABASE {one['NAME']} CHARACTER SET utf8mb4")
    else:
        one["NAME"] = str(settings.DEMO_DIR / "workers.sqlite3")
    settings.LOGGING["root"] = {"level": "WARNING"}


def _make_tables() -> None:
    """Without the history of migrations, which takes longer than the test."""
    from django.apps import apps
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
