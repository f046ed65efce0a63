"""`make benchmark-tracking`: what a request of the LMS pays for our backend for tracking events.

In one process, with a Redis of its own: the real tracker with a backend that does nothing, and in turn with ours beside it,
for an event that tells us nothing, for one that was told before, and for a new fact; with the list in Redis and with a Celery
task for each. Then how fast a worker empties the list into an SQLite. Prints Markdown, takes half a minute. Exit status 1 if a
median is over 1 ms.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from tests.servers import REDIS, running_redis

MOST_MS = 1.0
LEARNERS = 20  # in turn, so that none is too busy
WARM = 50  # events of each kind before it counts
COURSE = "course-v1:Bench+Track+2026"


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tracking", description="What tracking costs a request.")
    parser.add_argument("--events", type=int, default=2000, help="of each kind, with and without")
    options = parser.parse_args(arguments)
    if REDIS is None:
        print("redis-server is not installed.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for port in running_redis(folder):
            prepare(folder, port)
            print(
                f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}; "
                f"{options.events} events of each kind, in turn with and without.\n"
            )
            figures = measure(options.events, port)
            drained = measure_draining(options.events, port)
    print(table(figures))
    print(f"\nA worker records {drained:.0f} facts a second.")
    missed = [name for name, one in figures.items() if one["added"] > MOST_MS]
    print("\n" + (f"Over {MOST_MS:g} ms: {', '.join(missed)}." if missed else f"Every median is under {MOST_MS:g} ms."))
    return 1 if missed else 0


def prepare(folder: str, port: int) -> None:
    """Django with an empty database in this folder and its tasks sent to this Redis, where nobody takes them."""
    os.environ["DEMO_DIR"] = folder
    os.environ["DEMO_REDIS_URL"] = f"redis://127.0.0.1:{port}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "demo.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    import demo.workers  # noqa: F401  (Celery with the demo's settings)

    settings.LOGGING["loggers"]["tracking"]["handlers"] = []
    call_command("migrate", verbosity=0)


def measure(number: int, port: int) -> dict[str, dict[str, float]]:
    """Milliseconds that ours adds to an event, by way and kind of event: the median, and what 95 of 100 stay under."""
    from django.conf import settings
    from eventtracking.tracker import Tracker

    from community_dashboard.activity.tracking.backend import TrackingBackend
    from community_dashboard.activity.tracking.waiting import WaitingList

    without = Tracker(backends={"a": Nothing()})
    ours = Tracker(backends={"a": Nothing(), "community_activity": TrackingBackend()})
    figures = {}
    for way, url in (("list in Redis", f"redis://127.0.0.1:{port}/2"), ("Celery task", "")):
        settings.COMMUNITY_TRACKING_REDIS_URL = url
        for kind, name_of in kinds().items():
            before, after = [], []
            for turn in range(-WARM, number):
                for tracker, times in ((without, before), (ours, after)):
                    with context_of(tracker, turn):
                        began = perf_counter()
                        tracker.emit(name_of(turn), {"GET": {}, "POST": {}})
                        times.append(1000 * (perf_counter() - began))
            spent = [there - here for here, there in zip(before[WARM:], after[WARM:], strict=True)]
            figures[f"{way}, {kind}"] = {"added": median(spent), "most": quantiles(spent, n=20)[-1]}
    waits = WaitingList(f"redis://127.0.0.1:{port}/2", timeout=5).length()
    assert waits == number + WARM + LEARNERS, f"{waits} facts wait: something else was measured"
    return figures


def measure_draining(number: int, port: int) -> float:
    """Facts a second that one worker moves from the list into the record."""
    from datetime import UTC, datetime

    from community_dashboard.activity.facts import NewActivity
    from community_dashboard.activity.tracking import draining, recording
    from community_dashboard.activity.tracking.reading import message_of, read
    from community_dashboard.activity.tracking.waiting import WaitingList
    from tests.people import make_cast, make_course

    course = make_course(COURSE)
    cast = make_cast(course.course_key)
    now = datetime.now(UTC)
    facts: list[NewActivity] = []
    for turn in range(number):
        event = {
            "name": f"/xblock/{course.course_key.make_usage_key('vertical', f'u{turn}')}",
            "timestamp": now,
            "data": {},
            "context": {"user_id": cast.chen.id, "event_source": "server"},
        }
        fact = read(event)
        assert fact is not None
        facts.append(fact)
    recording._blocks_of = lambda course_key, wanted: wanted
    waiting = WaitingList(f"redis://127.0.0.1:{port}/3", timeout=5)
    for turn, fact in enumerate(facts):
        waiting.put(message_of(fact), said=fact.key, account=turn, course=COURSE, day=now.date(), most=10**6)
    began = perf_counter()
    done = draining.drain(waiting, now=now)
    assert done.new == number, done
    return number / (perf_counter() - began)


def kinds() -> dict[str, Callable[[int], str]]:
    """The name of the event of each turn."""
    unit = "/xblock/block-v1:Bench+Track+2026+type@vertical+block@u"
    return {
        "nothing for us": lambda turn: f"/courses/{COURSE}/progress/{turn}",
        "told before": lambda turn: unit + "0",
        "a new fact": lambda turn: f"{unit}{turn + 100}",
    }


@contextmanager
def context_of(tracker: Any, turn: int) -> Iterator[None]:
    """As the LMS's middleware sets it for a request."""
    about = {
        "user_id": 1 + turn % LEARNERS,
        "username": "somebody",
        "event_source": "server",
        "course_id": COURSE,
        "path": "/",
    }
    with tracker.context("edx.request", about):
        yield


class Nothing:
    """A backend that costs nothing."""

    def send(self, event: Any) -> None:
        """Drops the event."""


def table(figures: dict[str, dict[str, float]]) -> str:
    """One line for each way and kind."""
    lines = ["| way, event | added, median ms | 95 of 100 under, ms |", "|---|---|---|"]
    lines += [f"| {name} | {one['added']:.3f} | {one['most']:.3f} |" for name, one in figures.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
