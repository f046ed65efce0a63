"""What the parts of the benchmark of moderation share: a line of its table, and how something is timed."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from benchmarks.forum_world import COURSE

COURSE_KEY = CourseKey.from_string(COURSE)
PROMISED = 200_000  # posts for which the health page has a goal
PAGES = 30  # requests of each page
Measure = dict[str, Any]  # what, value, unit, statements, goal (text), met (None: nothing was promised)


def ask_page(client: Client, name: str, url: str, most: int | None, listing: float | None) -> Measure:
    def ask() -> int:
        return client.get(url).status_code

    if (status := ask()) != 200:
        return measure_of(name, 0, "ms", f"answers {status}", False)
    with CaptureQueriesContext(connection) as queries:
        ask()
    statements = len(queries)
    times = sorted(timed(ask)[0] * 1000 for _ in range(PAGES))
    took, quick = median(times), times[len(times) // 10]
    goal, met = (f"under {most} ms", took < most) if most else (f"none: promised for {PROMISED:,} posts", None)
    if listing is not None:
        ratio = listing * 1000 / took
        goal, met = f"{goal}, 100× the listing: {ratio:,.0f}×", met and ratio >= 100
    goal += f"; a tenth were under {quick:.0f} ms"
    return measure_of(name, took, "ms", goal, met, statements)


def analyse() -> None:
    """The database counts its rows, as one in use has done."""
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":
            tables = [
                name for name in connection.introspection.table_names() if name.startswith(("community_", "forum_"))
            ]
            cursor.execute(f"ANALYZE TABLE {', '.join(tables)}")
            cursor.fetchall()
        else:
            cursor.execute("ANALYZE")
    cache.clear()


def moderator_of_course() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="person0")


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    begun = perf_counter()
    result = do()
    return perf_counter() - begun, result


def measure_of(
    what: str, value: float, unit: str, goal: str = "", met: bool | None = None, statements: int | None = None
) -> Measure:
    return {"what": what, "value": value, "unit": unit, "goal": goal, "met": met, "statements": statements}
