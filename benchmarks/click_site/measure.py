"""`python -m benchmarks.click_site.measure`: all contestants on one database; prints the figures as JSON.

Called by benchmarks/click.py, which sets the environment: settings, folder, database. It makes the tables, counts the
statements of each contestant, starts gunicorn, and lets the visitors go round: every contestant once, then again in
another order, so that a slow moment of the machine, or a disk still tired from the one before, meets all alike. Fails
if a visitor got a wrong answer or if an answered click left no row.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.load import Load, get, send_visitors
from tests.mariadb import free_port

if TYPE_CHECKING:
    from benchmarks.click_site.contestants import Contestant

WORKERS = 2
NOT_STATEMENTS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def main(rounds: int, seconds: int, connections: int) -> dict[str, Any]:
    """Everything on the database that the settings name; see `figures` for the shape."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.click_site.contestants import make_contestants

    call_command("migrate", run_syncdb=True, verbosity=0)
    contestants = make_contestants()
    statements = {contestant.name: count_statements(contestant) for contestant in contestants}
    loads: dict[str, list[Load]] = {contestant.name: [] for contestant in contestants}
    with running_gunicorn() as port:
        for contestant in contestants:
            check_answer(port, contestant)
            send_visitors(port, contestant.paths, connections=connections, seconds=1)  # warm
        for turn in range(rounds):
            for contestant in Random(turn).sample(contestants, len(contestants)):
                connection.close()  # do not read from a snapshot
                loads[contestant.name].append(send_and_check(port, contestant, connections, seconds))
    return {name: figures(statements[name], loads[name]) for name in loads}


def figures(statements: tuple[int, int], loads: list[Load]) -> dict[str, Any]:
    """Statements, transaction statements; best and median answers per second; medians of p50 and p95; every round."""
    return {
        "statements": statements[0],
        "transaction_statements": statements[1],
        "best_per_second": max(load.per_second for load in loads),
        "median_per_second": median(load.per_second for load in loads),
        "p50_ms": median(load.p50_ms for load in loads),
        "p95_ms": median(load.p95_ms for load in loads),
        "rounds": [asdict(load) for load in loads],
    }


def count_statements(contestant: Contestant) -> tuple[int, int]:
    """Statements of one click of a new visitor, those that begin and end transactions apart."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    host = {"SERVER_NAME": "127.0.0.1"}
    Client().get(contestant.paths[0], **host)  # fills the caches, as any earlier visitor did
    with CaptureQueriesContext(connection) as captured:
        Client().get(contestant.paths[1 % len(contestant.paths)], **host)
    around = [query for query in captured if query["sql"].upper().startswith(NOT_STATEMENTS)]
    return len(captured) - len(around), len(around)


def check_answer(port: int, contestant: Contestant) -> None:
    """RuntimeError if the contestant does not answer as it should."""
    status = get(port, contestant.paths[0])
    if status != contestant.status:
        raise RuntimeError(f"{contestant.name} answered {status}, not {contestant.status}.")


def send_and_check(port: int, contestant: Contestant, connections: int, seconds: int) -> Load:
    """One round. RuntimeError if an answer failed or left no row; a click on its way at the end may leave one more."""
    before = contestant.rows() if contestant.rows else 0
    load = send_visitors(port, contestant.paths, connections=connections, seconds=seconds)
    if load.failures:
        raise RuntimeError(f"{contestant.name}: {load.failures} visitors got no right answer.")
    if contestant.rows:
        time.sleep(0.2)  # the last ones on their way
        rows = contestant.rows() - before
        if not load.answers <= rows <= load.answers + connections:
            raise RuntimeError(f"{contestant.name}: {load.answers} answers, but {rows} rows.")
    return load


@contextmanager
def running_gunicorn() -> Iterator[int]:
    """The site on a free loopback port with two synchronous workers; yields the port."""
    port = free_port()
    command = ["gunicorn", f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
    server = subprocess.Popen([sys.executable, "-m", *command, "--log-level=warning", "demo.wsgi"])
    try:
        for _attempt in range(300):
            if get(port, "/bare/") == 302:
                break
            if server.poll() is not None:
                raise RuntimeError("gunicorn ended before it answered.")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.click_site.settings")
    print(json.dumps(main(*map(int, sys.argv[1:4]))))
