"""What the pages, the counts of segments and the files cost, from the request to the whole answer, on both courses.

The clock stands at the evening of the last day for everything that asks for the time.
"""

from __future__ import annotations

from datetime import timedelta
from statistics import median, quantiles
from time import process_time
from typing import Any

import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from benchmarks.engagement_world import END, FIGURES, RECORDED, TEAM
from benchmarks.measuring import Measure, measured, timed

REQUESTS = 40
MOST_OVERVIEW, MOST_LIST, MOST_LONG_LIST, MOST_COUNTS = 300, 300, 1000, 300  # ms
GROWS = 1.5  # times as slow the overview may be with the larger course
MOST_FILE = 5.0  # seconds, for 36,000 rows
ROWS = 36_000
NOW = END + timedelta(minutes=40)
LISTS = {
    "as it opens": "", "by progress, ascending": "?sort=progress&up=1", "by grade": "?sort=grade",
    "by chance of dropping out": "?sort=risk", "who left": "?who=left", "one track": "?mode=verified",
    "one cohort": "?cohort={cohort}", "one segment": "?segment=drifting", "everybody": "?who=all",
}  # fmt: skip


def measure_pages() -> list[Measure]:
    """Overview, list, trends, segments, for the course with its record and for the larger one."""
    with _evening():
        client, found, slow = _client(), [], {}
        for course, most_list in ((RECORDED, MOST_LIST), (FIGURES, MOST_LONG_LIST)):
            people = _people(course)
            base = f"/community/courses/{course}/"
            page, slow[course] = _page(client, f"overview, {people}", base)
            goal, met = f"p95 under {MOST_OVERVIEW} ms", slow[course] < MOST_OVERVIEW
            if course == FIGURES:
                ratio = slow[FIGURES] / slow[RECORDED]
                goal, met = f"p95 at most {GROWS}× that of the other: {ratio:.2f}×", ratio <= GROWS
            found.append(page | {"goal": goal, "met": met and page["met"] is not False})
            for name, query in _lists(course).items():
                page, p95 = _page(client, f"list, {name}, {people}", f"{base}learners/{query}")
                met = p95 < most_list and page["met"] is not False
                found.append(page | {"goal": f"p95 under {most_list} ms", "met": met})
            page, p95 = _page(client, f"list, a search, {people}", _search(client, course))
            found.append(page | {"goal": f"p95 under {most_list} ms", "met": p95 < most_list})
            for name, path in (
                ("trends", "learners/trends/"),
                ("at risk", "learners/risk/"),
                ("team", "learners/presence/"),
            ):
                found.append(_page(client, f"{name}, {people}", base + path)[0])
            page, p95 = _page(client, f"segments with their counts, {people}", f"{base}learners/segments/")
            met = p95 < MOST_COUNTS and page["met"] is not False
            found.append(page | {"goal": f"p95 under {MOST_COUNTS} ms", "met": met})
            found += _counts(course, people)
        return found


def measure_files() -> list[Measure]:
    """The list as a file, of the course with its record: without names, and with them, which few may have."""
    from demo.campus.models import CourseRole
    from referral_xblock.data import Role

    with _evening():
        client = _client()
        found = _files(client, "without names")
        with transaction.atomic():  # what is kept stays as it was
            CourseRole.objects.create(user_id=TEAM, course_key=RECORDED, role=Role.DATA_RESEARCHER.value)
            found += _files(client, "with names")
            transaction.set_rollback(True)
        return found


def _files(client: Client, names: str) -> list[Measure]:
    found = []
    for ending in ("csv", "json", "xlsx"):
        path = f"/community/courses/{RECORDED}/learners/learners.{ending}?who=all"
        answer = client.get(path)
        if answer.status_code == 404:
            found.append(measured(f"{ending}", "not offered: XlsxWriter is not installed"))
            continue
        content = b"".join(answer.streaming_content)
        if ending != "xlsx" and (b"learner000007@example.org" in content) != (names == "with names"):
            found.append(measured(f"{ending} {names}", "holds others", met=False))
            continue
        times, began = [], process_time()
        for _again in range(3):
            times.append(timed(lambda path=path: b"".join(client.get(path).streaming_content))[0])
        own = (process_time() - began) / len(times)
        what = f"{ending} {names}, {_people(RECORDED)}, {len(content) / 1e6:.1f} MB"
        seconds = median(times)
        value = f"{seconds:.1f} s, {own:.1f} of our process"
        found.append(measured(what, value, f"under {MOST_FILE:.0f} s", seconds < MOST_FILE))
    return found


def _evening() -> Any:
    """The clock, and figures where nobody filled any."""
    from community_dashboard.activity.rollup.filling import fill_course
    from community_dashboard.models import LearnerState

    key = CourseKey.from_string(RECORDED)
    if not LearnerState.objects.filter(course_key=key).exists():
        fill_course(key, now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE TABLE community_dashboard_learnerstate, community_dashboard_learnerday")
            cursor.fetchall()
    cache.clear()
    return time_machine.travel(NOW)


def _client() -> Client:
    from django.contrib.auth import get_user_model

    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(pk=TEAM))
    return client


def _people(course: str) -> str:
    from community_dashboard.models import LearnerState

    return f"{LearnerState.objects.filter(course_key=course).count():,} learners"


def _lists(course: str) -> dict[str, str]:
    from demo.forum.models import Cohort

    cohort = Cohort.objects.filter(course_key=course).values_list("id", flat=True)[0]
    return {name: query.format(cohort=cohort) for name, query in LISTS.items()}


def _search(client: Client, course: str) -> str:
    """The address to which a search for the beginning of a name leads."""
    answer = client.post(f"/community/courses/{course}/learners/search/", {"text": "learner0007"})
    return answer.headers["Location"]


def _counts(course: str, people: str) -> list[Measure]:
    """The counts of all segments by themselves, without a page around them."""
    from community_dashboard.activity.rollup.people import count
    from community_dashboard.engagement.segments.queries import segments_of

    key = CourseKey.from_string(course)
    slowest = (0.0, "")
    for segment in segments_of(key, now=NOW):
        seconds = median(timed(lambda one=segment: count(key, one.chosen, now=NOW))[0] for _again in range(5))
        slowest = max(slowest, (seconds * 1000, segment.key))
    what = f"the slowest count of one segment ({slowest[1]}), {people}"
    return [measured(what, f"{slowest[0]:.0f} ms", f"under {MOST_COUNTS} ms", slowest[0] < MOST_COUNTS)]


def _page(client: Client, what: str, address: str) -> tuple[Measure, float]:
    """One page; its 95th percentile in ms. A page that does not answer 200 misses its goal."""

    def ask() -> int:
        return client.get(address).status_code

    if (status := ask()) != 200:
        return measured(what, f"answers {status}", met=False), float("inf")
    with CaptureQueriesContext(connection) as queries:
        ask()
    statements = len(queries)
    began = process_time()
    times = [timed(ask)[0] * 1000 for _again in range(REQUESTS)]
    own = (process_time() - began) * 1000 / REQUESTS  # what others on the machine do lengthens it less
    p95 = quantiles(times, n=20)[18]
    value = f"{median(times):.0f}, {p95:.0f} ms (p50, p95), {own:.0f} of our process"
    return measured(what, value, statements=statements), p95
