"""`python -m benchmarks.response_times`: what the health page costs with 200,000 posts, on SQLite and on MariaDB.

Fills an empty database with one course of 200,000 posts in a year (33,000 threads, of which three in four ask), with course
hours and holidays, ten moderators and 20,000 decisions, and asks for the page of the last four weeks and of the whole year: from
the request to the whole answer, without a network. Prints Markdown; takes about two minutes. Exit status 1 if a page takes 300 ms
or more at the median, or if its statements grow with the posts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from benchmarks.click import environment_of

GOAL_MS = 300
REQUESTS = 30
THREADS = 33_000
COMMENTS_EACH = 5


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.response_times", description=__doc__.partition("\n")[0])
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--here", action="store_true", help="on the database of this process's settings; prints JSON")
    options = parser.parse_args(arguments)
    if options.here:
        print(json.dumps(measure(options.threads)))
        return 0
    print(
        f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} programs at work before, Python {platform.python_version()}; "
        f"{options.threads:,} threads, {options.threads * COMMENTS_EACH:,} comments."
    )
    missed = []
    for database in options.databases:
        with environment_of(database) as environment:
            environment |= {"DJANGO_SETTINGS_MODULE": "benchmarks.leaderboard_settings"}
            command = [sys.executable, "-m", "benchmarks.response_times", "--here", "--threads", str(options.threads)]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        print(
            f"\n## {database}\n\n| page | statements | median ms | 95th ms | our process alone ms |\n|---|---|---|---|---|"
        )
        for name, cost in found.items():
            print(f"| {name} | {cost['statements']} | {cost['median']:.0f} | {cost['p95']:.0f} | {cost['work']:.0f} |")
            if cost["median"] >= GOAL_MS:
                missed.append(f"{database}: {name} takes {cost['median']:.0f} ms")
        if found["the whole year"]["statements"] > found["four weeks"]["statements"]:
            missed.append(f"{database}: the statements grow with the posts")
    print("\n" + ("\n".join(missed) if missed else "Every goal is met."))
    return 1 if missed else 0


def measure(threads: int) -> dict[str, dict[str, float]]:
    """Fills an empty database and measures both pages."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    reader, key = _fill(threads, timezone.now())
    client = Client()
    client.force_login(reader)
    today = timezone.now().date()
    path = f"/community/courses/{key}/moderation/health/"
    found = {}
    for name, query in (
        ("four weeks", {}),
        ("the whole year", {"start": f"{today.year - 1}-{today:%m-%d}", "end": str(today)}),
    ):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path, query)
        assert response.status_code == 200, response.status_code
        statements = len(captured)
        times, work = [], []
        for _request in range(REQUESTS):
            began, at_work = perf_counter(), process_time()
            client.get(path, query)
            times.append((perf_counter() - began) * 1000)
            work.append((process_time() - at_work) * 1000)
        found[name] = {
            "statements": statements,
            "median": median(times),
            "p95": quantiles(times, n=20)[18],
            "work": median(work),
        }
    return found


def _fill(threads: int, now: Any) -> tuple[Any, str]:
    """One course in whose forum so much was written in a year. Reproducible."""
    from datetime import timedelta

    from django.contrib.auth import get_user_model
    from django.db import connection

    from community_dashboard.moderation.clock.models import CourseHours
    from community_dashboard.moderation.decisions.models import Decision
    from community_dashboard.moderation.projection.models import ForumPost
    from demo.campus import actions
    from referral_xblock.api import Role
    from tests.people import make_course

    draw = Random(20)
    course_key = make_course("course-v1:Large+Forum+2026").course_key
    users = get_user_model()
    learners = users.objects.bulk_create(users(username=f"learner{n}", email=f"l{n}@example.org") for n in range(2000))
    team = [users.objects.create(username=f"moderator{n}", email=f"m{n}@example.org") for n in range(10)]
    for one in team:
        actions.give_role(user=one, course_key=course_key, role=Role.FORUM_MODERATOR)
    CourseHours.objects.create(
        course_key=course_key, zone="Europe/Paris", week=[[[540, 720], [780, 1080]]] * 5 + [[[600, 720]], []],
        holidays=[f"2026-{month:02}-01" for month in range(1, 13)], changed_at=now,
    )  # fmt: skip
    fixed = {
        "course_key": course_key,
        "changed_at": now,
        "excerpt": "What learners write in a forum. " * 8,
        "language": "en",
    }
    rows: list[ForumPost] = []
    for number in range(1, threads + 1):
        at = now - timedelta(seconds=draw.randrange(365 * 86_400))
        asks = draw.random() < 0.75
        answers = sorted(at + timedelta(seconds=int(draw.expovariate(1 / 40_000))) for _n in range(COMMENTS_EACH))
        answers = [moment for moment in answers if moment < now]
        staff = draw.choice(answers) if answers and draw.random() < 0.5 else None
        moderator = draw.choice(team)
        waits = asks and (not answers or draw.random() < 0.005)
        place = {"topic_id": f"topic{draw.randrange(60)}", "group_id": draw.choice((0, 0, 0, 1, 2))}
        kind = {"thread_type": "question" if asks else "discussion", "thread_id": str(number)}
        rows.append(
            ForumPost(
                kind="thread", post_id=str(number), number=number, author=draw.choice(learners), created_at=at,
                title=f"Question number {number} about the bees", answers=len(answers), last_activity_at=at,
                first_answer_at=answers[0] if answers else None, first_staff_answer_at=staff,
                first_staff_answer_by=moderator.id if staff else 0,
                waiting_since=at if waits else None, **fixed, **place, **kind,
            )
        )  # fmt: skip
        for place_in_thread, moment in enumerate(answers):
            comment = number * 10 + place_in_thread
            rows.append(
                ForumPost(
                    kind="comment", post_id=str(comment), number=comment, created_at=moment, by_staff=moment == staff,
                    author=moderator if moment == staff else draw.choice(learners), **fixed, **place, **kind,
                )
            )  # fmt: skip
        if len(rows) > 20_000 or number == threads:
            ForumPost.objects.bulk_create(rows, batch_size=1000)
            rows = []
    Decision.objects.bulk_create(
        (
            Decision(
                course_key=course_key, strand=f"s{n}", step=1, choice="approve", state="done", actor=draw.choice(team),
                made_at=now - timedelta(minutes=n * 7),
            )
            for n in range(20_000)
        ),
        batch_size=1000,
    )  # fmt: skip
    if connection.vendor == "mysql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE TABLE {ForumPost._meta.db_table}")
    return team[0], str(course_key)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
