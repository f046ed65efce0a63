"""`make benchmark-looks`: how long a look at all invited people of a very large course takes, for signs of fraud.

Fills an empty database with friends, five for each inviter, a third of whom never began; then looks at all of them twice,
as a worker does after the course's rules were saved. Prints Markdown: people, seconds by the clock and of our process, how
many journeys have a sign then, and the process's largest size. A few minutes with `--friends 155000`. `--help` names the options.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from benchmarks.receivers import environment_of

EACH = 5
BATCH = 500
COURSE = "course-v1:Bench+Looks+2026"


def main(arguments: list[str]) -> int:
    """Measures and prints; the exit status is 1 if the second look changes anything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.looks", description="What a look at everybody costs.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument("--friends", type=int, default=155_000)
    parser.add_argument("--here", choices=["fill", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here == "fill":
        return fill(options.friends)
    if options.here == "measure":
        return measure()
    print(
        f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} programs at work before, Python {platform.python_version()}; "
        f"{options.friends:,} friends of {options.friends // EACH:,} inviters.",
        flush=True,
    )
    worst = 0
    for database in options.databases:
        print(f"\n## {database}\n", flush=True)
        with environment_of(database) as environment:
            for step in ("fill", "measure"):  # apart, so that the size of the one does not count for the other
                command = [sys.executable, "-m", "benchmarks.looks", f"--here={step}", f"--friends={options.friends}"]
                worst = max(worst, subprocess.run(command, env=environment, check=False).returncode)
    return worst


def measure() -> int:
    """Both looks, on the database of this process's settings."""
    import django

    django.setup()
    from django.utils import timezone
    from opaque_keys.edx.keys import CourseKey

    from referral_xblock.journey.suspicion import judge_marked
    from referral_xblock.journey.unjudged import look_again_at_course
    from referral_xblock.models import Journey

    def written() -> str:
        digest = hashlib.sha256()
        for row in Journey.objects.order_by("id").values_list("id", "status", "reason", "signs", "score").iterator():
            digest.update(repr(row).encode())
        return digest.hexdigest()

    print("| look | seconds | of our process | journeys with a sign | largest size, MB |", flush=True)
    print("|---" * 5 + "|", flush=True)
    states = []
    for name in ("first", "second"):
        look_again_at_course(CourseKey.from_string(COURSE))
        began, worked = time.perf_counter(), time.process_time()
        judge_marked(now=timezone.now(), most=None)
        took, work = time.perf_counter() - began, time.process_time() - worked
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        signed = Journey.objects.filter(score__gt=0).count()
        print(f"| {name} | {took:.0f} | {work:.0f} | {signed:,} | {size:.0f} |", flush=True)
        states.append(written())
    return 0 if states[0] == states[1] else 1


def fill(friends: int) -> int:
    """Friends who came by clicks of their own forty days ago; two in three completed blocks, on two days."""
    import django

    django.setup()
    from completion.models import BlockCompletion
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone

    from referral_xblock.links.codes import new_code
    from referral_xblock.models import Click, Journey, Link, Touch
    from tests.people import make_course

    call_command("migrate", verbosity=0)
    course = make_course(COURSE)
    key, came = course.course_key, timezone.now() - timedelta(days=40)
    users = get_user_model()

    def make(rows: Iterator[Any], model: Any) -> None:
        while part := list(islice(rows, BATCH)):
            model.objects.bulk_create(part)

    def people(kind: str, number: int) -> list[int]:
        names = (f"{kind}{one}" for one in range(number))
        make((users(username=name, email=f"{name}@example.org", date_joined=came) for name in names), users)
        return list(users.objects.filter(username__startswith=kind).order_by("id").values_list("id", flat=True))

    inviters, invited = people("inviter", friends // EACH), people("friend", friends)
    make(
        (Link(code=new_code(), owner_id=one, course_key=key, channel="copy", created_at=came) for one in inviters), Link
    )
    links = list(Link.objects.order_by("owner_id").values_list("id", flat=True))
    link_of = {friend: links[place // EACH % len(links)] for place, friend in enumerate(invited)}
    inviter_of = {friend: inviters[place // EACH % len(inviters)] for place, friend in enumerate(invited)}
    make(
        (
            Click(
                link_id=link_of[one],
                course_key=key,
                created_at=came,
                verdict="person",
                visitor=f"v{one}",
                person=f"u{one}",
            )
            for one in invited
        ),
        Click,
    )
    clicks = dict(Click.objects.values_list("visitor", "id"))
    make(
        (
            Touch(
                token=f"click:{clicks[f'v{one}']}", user_id=one, course_key=key, link_id=link_of[one], kind="link",
                happened_at=came, bound_at=came,
            )
            for one in invited
        ),
        Touch,
    )  # fmt: skip
    make(
        (
            Journey(
                user_id=one, course_key=key, inviter_id=inviter_of[one], link_id=link_of[one], status="credited",
                clicked_at=came, registered_at=came, enrolled_at=came, active_at=came if one % 3 else None,
            )
            for one in invited
        ),
        Journey,
    )  # fmt: skip
    make(
        (
            BlockCompletion(
                user_id=one, context_key=key, block_key=block, block_type=block.block_type, completion=1.0,
                created=came + timedelta(days=day), modified=came,
            )
            for one in invited
            if one % 3
            for day, block in enumerate(course.completable[:2])
        ),
        BlockCompletion,
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
