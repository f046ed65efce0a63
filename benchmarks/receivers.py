"""`make benchmark-receivers`: what the receivers of both packages add to a registration and to an enrolment.

On SQLite and on MariaDB: the same requests through the demo's own pages, in one process, in turn with our receivers
connected and not. Tasks are sent to a Redis of its own and taken by nobody, so that of many requests in a row one sends a
task and the others find it on its way, as on a busy site. Prints Markdown: the medians of the whole requests, and of the
differences between neighbours. Exit status 1 if a difference is over 3 ms or 8 statements.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import Any

from tests.mariadb import program, running_mariadb
from tests.servers import REDIS, running_redis

MOST_MS, MOST_STATEMENTS = 3.0, 8
OURS = ("referral.", "community.")
Figures = dict[str, dict[str, float]]  # by request: ms without, ms with, ms and statements added


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.receivers", description="What our receivers cost.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument("--rounds", type=int, default=300, help="of each request, with and without")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here:
        print(json.dumps(measure(options.rounds)))
        return 0
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django {version('Django')}, "
        f"Celery {version('celery')}; medians of {options.rounds} requests with and {options.rounds} without, in turn; "
        f"tasks go to {'Redis' if REDIS else 'a broker in memory: redis-server is not installed'}."
    )
    missed = []
    for database in options.databases:
        with environment_of(database) as environment:
            command = [sys.executable, "-m", "benchmarks.receivers", "--here", f"--rounds={options.rounds}"]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        print(f"\n## {database}\n\n{table(figures)}", flush=True)
        missed += [
            f"{database}, {name}: {one['added_ms']:.2f} ms and {one['added_statements']:.0f} statements"
            for name, one in figures.items()
            if one["added_ms"] > MOST_MS or one["added_statements"] > MOST_STATEMENTS
        ]
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    if load > cores:
        print(
            f"\nThe machine was busy with other things too (load {load:.1f} on {cores} cores): they are in the figures."
        )
    goal = f"Every request pays at most {MOST_MS:g} ms and {MOST_STATEMENTS} statements."
    print("\n" + ("Too much: " + "; ".join(missed) if missed else goal))
    return 1 if missed else 0


def table(figures: Figures) -> str:
    """One line per request."""
    lines = ["| request | without, ms | with, ms | added, ms | added statements |", "|---|---|---|---|---|"]
    for name, one in figures.items():
        cells = [f"{one['without_ms']:.2f}", f"{one['with_ms']:.2f}", f"{one['added_ms']:.2f}"]
        lines.append(" | ".join(["| " + name, *cells, f"{one['added_statements']:.0f} |"]))
    return "\n".join(lines)


@contextmanager
def environment_of(database: str) -> Iterator[dict[str, str]]:
    """A fresh database and a Redis, and the environment in which the demo finds them."""
    with ExitStack() as ends:
        folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="receivers-"))
        environment = os.environ | {
            "DEMO_DIR": folder,
            "DEMO_SECRET_KEY": "not a secret: for benchmarks only",
            "DJANGO_SETTINGS_MODULE": "benchmarks.receiver_settings",
            "PYTHONWARNINGS": "ignore",
        }
        environment.pop("TEST_MARIADB_PORT", None)
        if REDIS:
            port = ends.enter_context(contextmanager(running_redis)(folder))
            environment["DEMO_REDIS_URL"] = f"redis://127.0.0.1:{port}"
        if database == "mariadb":
            if not program("mariadbd"):
                raise SystemExit("MariaDB is not installed (Debian: mariadb-server). Use --databases sqlite.")
            environment["TEST_MARIADB_PORT"] = str(ends.enter_context(running_mariadb()))
            make_database(int(environment["TEST_MARIADB_PORT"]))
        yield environment


def make_database(port: int) -> None:
    """An empty database in a server that has none."""
    import MySQLdb

    connection = MySQLdb.connect(host="127.0.0.1", port=port, user="root")
    connection.query("CREATE DATABASE receivers CHARACTER SET utf8mb4")
    connection.close()


def measure(rounds: int) -> Figures:
    """Every kind of request on the database that the settings name. AssertionError if one did not do what it should."""
    import django

    django.setup()
    from celery import current_app
    from django.core.management import call_command

    current_app.conf.task_always_eager = False
    call_command("migrate", verbosity=0)
    from benchmarks.receiver_requests import make_requests

    return {name: compare(make, rounds) for name, make in make_requests().items()}


def compare(make: Callable[[], Callable[[], Any]], rounds: int) -> dict[str, float]:
    """One kind of request, `make()` being ready to send one; the first ten only warm up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.referral_xblock.listeners.receivers import without_receivers

    times: dict[bool, list[float]] = {True: [], False: []}
    statements: dict[bool, int] = {}
    for number in range(rounds + 10):
        for ours in (True, False):
            send = make()
            counting = CaptureQueriesContext(connection) if number == 9 else nullcontext()
            with nullcontext() if ours else without_receivers(*OURS), counting:
                began = perf_counter()
                send()
                took = perf_counter() - began
            if number == 9:
                statements[ours] = len(counting)
            elif number > 9:
                times[ours].append(1000 * took)
    return {
        "without_ms": median(times[False]),
        "with_ms": median(times[True]),
        # Of neighbours in time: what else the machine does meets both alike.
        "added_ms": median(one - other for one, other in zip(times[True], times[False], strict=True)),
        "added_statements": statements[True] - statements[False],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
