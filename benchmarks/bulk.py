"""`make benchmark-bulk`: how fast a job hides posts, beside the bare verb of the host in the same run.

So many threads are hidden by the host's own edit, one call each, and so many by jobs that decide, log and can be undone; in
turn, in parts of twenty, so that what else the machine does meets both alike. Then some jobs are undone, and a long one is
told to stop. Prints Markdown. Exit status 1 if a job is below 80 % of the bare verb's rate, or goes on for more than two seconds
after it was told to stop.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import subprocess
import sys
from datetime import timedelta
from importlib.metadata import version
from statistics import median
from threading import Timer
from time import perf_counter
from typing import Any

from benchmarks.receivers import environment_of

LEAST_SHARE, LONGEST_STOP = 0.8, 2.0
PART = 20


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk", description="How fast a job is.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument(
        "--posts",
        type=int,
        default=600,
        help="hidden each way; with fewer, the share of one run differs from that of the next",
    )
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here:
        print(json.dumps(measure(options.posts)))
        return 0
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django {version('Django')}; {options.posts} posts each way."
    )
    print("\n| database | bare verb, posts/s | job, posts/s | share | undone, posts/s | seconds to stop |")
    print("|---|---|---|---|---|---|")
    missed = False
    for database in options.databases:
        with environment_of(database) as environment:
            command = [sys.executable, "-m", "benchmarks.bulk", "--here", f"--posts={options.posts}"]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        one = json.loads(done.stdout.splitlines()[-1])
        missed = missed or one["share"] < LEAST_SHARE or one["stop"] > LONGEST_STOP
        print(
            f"| {database} | {one['bare']:.1f} | {one['job']:.1f} | {one['share']:.2f} | {one['undo']:.1f} | {one['stop']:.2f} |",
            flush=True,
        )
    if os.getloadavg()[0] > (os.cpu_count() or 1):
        print("\nThe machine was busy with other things too.")
    goal = f"At least {LEAST_SHARE:.0%} of the bare verb's rate, and at most {LONGEST_STOP:g} s to stop"
    print(f"\n{goal}: {'missed' if missed else 'met'}.")
    return 1 if missed else 0


def measure(posts: int) -> dict[str, float]:
    """Rates in posts a second, and how long a job goes on after it was told to stop."""
    import django

    django.setup()
    from celery import current_app
    from django.core.management import call_command
    from django.utils import timezone

    current_app.conf.task_always_eager = False  # a job is run here, and what it leaves for workers is taken by nobody
    call_command("migrate", verbosity=0)
    from community_dashboard.host.chosen import get_host
    from community_dashboard.moderation.bulk import actions, running
    from tests.people import make_cast, make_course

    course_key = make_course().course_key
    cast = make_cast(course_key)
    host = get_host()
    acting = {"by": cast.bo, "course_key": course_key}

    def write(number: int) -> list[Any]:
        named = {
            "by": cast.chen,
            "course_key": course_key,
            "topic_id": "course",
            "title": "Honey",
            "body": "Buy honey of me.",
        }
        return [host.start_thread(**named).ref for _thread in range(number)]

    def hide_barely(refs: list[Any]) -> float:
        began = perf_counter()
        for ref in refs:
            host.edit_post(
                ref=ref, reason="violates-guidelines", title="Hidden", body="Waiting for a moderator.", **acting
            )
        return len(refs) / (perf_counter() - began)

    def begin(refs: list[Any]) -> Any:
        return begin_job(actions, refs, acting, timezone.now())

    def run(job: Any) -> float:
        began = perf_counter()
        while running.run(job_id=job.pk, clock=timezone.now):
            pass
        return job.total / (perf_counter() - began)

    bare, by_job, jobs = [], [], []
    for _part in range(posts // PART):
        bare.append(hide_barely(write(PART)))
        jobs.append(begin(write(PART)))
        by_job.append(run(jobs[-1]))
    undone = [run(actions.undo(job_id=job.pk, now=timezone.now(), **acting)) for job in jobs[:5]]
    long = begin(write(100))
    told: list[float] = []

    def stop() -> None:
        from django.db import connection

        actions.stop(job_id=long.pk, **acting)
        told.append(perf_counter())
        connection.close()

    Timer(1.0, stop).start()
    running.run(job_id=long.pk, clock=timezone.now)
    stopped = perf_counter()
    return {
        "bare": median(bare),
        "job": median(by_job),
        "share": median(one / other for one, other in zip(by_job, bare, strict=True)),
        "undo": median(undone),
        "stop": max(0.0, stopped - told[0]) if told else 0.0,
    }


def begin_job(actions: Any, refs: list[Any], acting: dict[str, Any], now: Any) -> Any:
    """A job over these posts, which the projection knows."""
    from community_dashboard.moderation.bulk.scopes import Kind, Scope
    from community_dashboard.moderation.data import Choice
    from community_dashboard.moderation.projection.actions import project

    project(course_key=acting["course_key"], refs=refs, now=now)
    return actions.begin(
        choice=Choice.HIDE,
        scope=Scope(Kind.SELECTION, refs=tuple(refs)),
        token=secrets.token_hex(16),
        seen_at=now + timedelta(minutes=1),
        now=now,
        reason="Advertising",
        **acting,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
