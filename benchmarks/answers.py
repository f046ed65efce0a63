"""`python -m benchmarks.answers`: how long it takes to find who asks the same among 40,000 threads, on SQLite and on MariaDB.

Prints Markdown: the time to index the threads, the size of a row, and the time to find (median and longest of twenty questions,
from the call to the rows), by either measure. Threads are made of the questions of `moderation_posts` with other words among
them. Exit status 1 if our process works for a second or more at the median. Some two minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.click import environment_of

GOAL = 1.0  # seconds
ASKED = 20
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__.partition("\n")[0])
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument("--threads", type=int, default=40_000)
    parser.add_argument("--here", action="store_true", help="on the database of this process's settings; prints JSON")
    options = parser.parse_args(arguments)
    if options.here:
        print(json.dumps(measure(options.threads)))
        return 0
    load = f"{os.getloadavg()[0]:.1f} programs at work before"
    print(
        f"{os.cpu_count()} cores, {load}, Python {platform.python_version()}; {options.threads:,} threads.\n",
        flush=True,
    )
    columns = (
        "database",
        "measure",
        "index all, our process",
        "bytes a thread",
        "find",
        "longest",
        "find, our process",
    )
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    slow = False
    for database in options.databases:
        with environment_of(database) as environment:
            environment |= {"DJANGO_SETTINGS_MODULE": "benchmarks.leaderboard_settings"}
            command = [sys.executable, "-m", "benchmarks.answers", "--here", "--threads", str(options.threads)]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        for measure_name, found in json.loads(done.stdout.splitlines()[-1]).items():
            slow |= found["work"] >= GOAL
            print(
                f"| {database} | {measure_name} | {found['index']:.1f} s | {found['bytes']:.0f} | {found['median']:.2f} s"
                f" | {found['longest']:.2f} s | {found['work']:.2f} s |"
            )
    print("\n" + ("It takes a second or more." if slow else "Who asks the same is found in under a second."))
    return 1 if slow else 0


def measure(threads: int) -> dict[str, Any]:
    """Fills an empty database and measures; seconds."""
    import django

    django.setup()
    from django.core.management import call_command
    from opaque_keys.edx.keys import CourseKey

    from community_dashboard.moderation.answers import queries
    from community_dashboard.moderation.answers.index import extend
    from community_dashboard.moderation.answers.models import ThreadWords
    from community_dashboard.moderation.projection.threads import thread_refs
    from community_dashboard.moderation.queue.reach import Reach

    call_command("migrate", verbosity=0)
    course_key = CourseKey.from_string("course-v1:Large+Forum+2026")
    fill(course_key, threads)
    started = process_time()
    extend(course_key=course_key, now=NOW, most=threads + 1)
    index = process_time() - started
    kept = [len(words) for words in ThreadWords.objects.values_list("words", flat=True)[:1000]]
    results = {}
    for name, learned in (("scikit-learn", True), ("plain", False)):
        queries.is_learned = lambda learned=learned: learned
        times, work = [], []
        for ref in thread_refs([str(number) for number in Random(1).sample(range(1, threads), ASKED + 1)]):
            started, worked = perf_counter(), process_time()
            assert queries.find_same(course_key, ref, reach=Reach(acts=True)) is not None
            times.append(perf_counter() - started)
            work.append(process_time() - worked)
        del times[0], work[0]  # imports scikit-learn
        results[name] = {
            "index": index,
            "bytes": sum(kept) / len(kept),
            "median": median(times),
            "longest": max(times),
            "work": median(work),
        }
    return results


def fill(course_key: Any, threads: int) -> None:
    """Writes the rows of the projection; nothing of them is read from a forum."""
    from benchmarks.moderation_posts import read_posts, read_questions
    from community_dashboard.moderation.projection.models import ForumPost

    random = Random(0)
    texts = [(one.language, one.title, one.body) for name in "ab" for one in [*read_posts(name), *read_questions(name)]]
    words = sorted({word for _language, _title, body in texts for word in body.split() if word.isalpha()})
    rows = []
    for number in range(1, threads + 1):
        language, title, body = random.choice(texts)
        more = " ".join(random.choices(words, k=random.randint(0, 20)))
        at = NOW - timedelta(minutes=number)
        rows.append(
            ForumPost(
                course_key=course_key,
                kind="thread",
                post_id=str(number),
                number=number,
                thread_id=str(number),
                title=title,
                excerpt=f"{body} {more}"[:300],
                language=language,
                thread_type="question",
                created_at=at,
                changed_at=at,
                waiting_since=at,
            )
        )
    ForumPost.objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
