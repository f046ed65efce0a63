"""Real processes that work on one database and are ended by SIGKILL while they do: what is left must be right in the end.

A module of workers has a `main` that calls `own_database`, then `killed_at_random` or `at_once`, and tells how the workers ended;
a test starts it by `run_workers`. A worker is a fork, so the module must be a program of its own.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import django
from django.conf import settings

Work = Callable[[], None]
_END = re.compile(r"(\w+)=(\d+)")


def run_workers(module: str, *arguments: str | int, folder: Path) -> dict[str, int]:
    """Runs a module of workers on a database of its own: in this folder, or on the tests' MariaDB; how its workers ended.

    An assertion with the program's last words if it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env={**os.environ, "DEMO_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: int(number) for name, number in _END.findall(done.stdout)}


def tell(ends: dict[str, int]) -> None:
    """Prints how the workers ended, as `run_workers` reads it."""
    print(" ".join(f"{name}={number}" for name, number in sorted(ends.items())))


def own_database() -> None:
    """Sets up Django with the tests' settings and tables of its own: a file beside DEMO_DIR, or MariaDB (TEST_MARIADB_PORT)."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    one = settings.DATABASES["default"]
    if "mysql" in one["ENGINE"]:
        one["NAME"] = f"workers_{os.getpid()}"
        import MySQLdb

        with MySQLdb.connect(host=one["HOST"], port=int(one["PORT"]), user=one["USER"]) as server:
            server.cursor().execute(f"CREATE DATABASE {one['NAME']} CHARACTER SET utf8mb4")
    else:
        one["NAME"] = str(settings.DEMO_DIR / "workers.sqlite3")
    settings.LOGGING["root"] = {"level": "WARNING"}
    django.setup()
    _make_tables()


def _make_tables() -> None:
    """Without the history of migrations, which takes longer than the test."""
    from django.apps import apps
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)


def killed_at_random(
    works: Iterable[Work], *, chance: random.Random, seconds: float, at_most: float, growth: float
) -> dict[str, int]:
    """Starts each work in a process of its own and kills that after up to `seconds`; how many were killed, finished, in error.

    So long that now and then one is done before, so that all of the way is walked: after a kill the time grows by the factor
    `growth`, up to `at_most` seconds; after another end it shrinks. What prepares a work is done when it is asked for.
    """
    ends = {"killed": 0, "finished": 0, "errors": 0}
    for work in works:
        worker = _started(work)
        time.sleep(chance.random() * seconds)
        os.kill(worker, signal.SIGKILL)
        _pid, status = os.waitpid(worker, 0)
        if os.WIFSIGNALED(status):
            ends["killed"] += 1
            seconds = min(seconds * growth, at_most)
        else:
            ends["finished" if status == 0 else "errors"] += 1
            seconds *= 0.7
    return ends


def at_once(works: Iterable[Work]) -> dict[str, int]:
    """Does all of these at the same time, each in a process of its own; how many finished, and how many in error."""
    ends = {"finished": 0, "errors": 0}
    for worker in [_started(work) for work in works]:
        _pid, status = os.waitpid(worker, 0)
        ends["errors" if status else "finished"] += 1
    return ends


def _started(work: Work) -> int:
    """The number of a new process that does this and ends: with 0, or with 1 and a traceback."""
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
