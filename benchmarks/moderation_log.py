"""What the log of decisions costs when a course has many: its page, its filters, its file. A part of `benchmarks.moderation`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from benchmarks.forum_world import COURSE
from benchmarks.moderation_lines import (
    COURSE_KEY,
    Measure,
    analyse,
    ask_page,
    measure_of,
    moderator_of_course,
    timed,
)

MOST = 100  # milliseconds for a page
PEOPLE, POSTS, BATCH = 12, 5_000, 1_000  # moderators, posts that are decided on, rows in one statement
CHOICES = {"approve": 50, "hold": 25, "hide": 15, "close": 5, "warn": 4, "silence": 1}
LOG = f"/community/courses/{COURSE}/moderation/log/"


def measure_log(decisions: int) -> list[Measure]:
    """Every page of it, the beginning of the file, and a whole file of one choice. Needs a forum that is read."""
    fill_log(decisions, end=timezone.now())
    analyse()
    client = Client(raise_request_exception=False)
    client.force_login(moderator_of_course())
    measures = [ask_page(client, f"log of {decisions:,}, {name}", address, MOST, None) for name, address in log_pages()]
    for name, query, most in (("file, its first 500", "", 500), ("file of one choice, all", "?choice=warn", 10**9)):
        seconds, lines = timed(lambda query=query, most=most: read_file(client, query, most=most))
        measures.append(measure_of(f"log of {decisions:,}, {name} ({lines:,} lines)", seconds * 1000, "ms"))
    return measures


def fill_log(decisions: int, *, end: datetime) -> None:
    """So many decisions of the last year, one every few minutes: a quarter by rules, the rest by a dozen moderators."""
    from community_dashboard.models import Decision, ForumPost

    chance = random.Random(2026)
    moderators = _ids_of(PEOPLE)
    posts = list(ForumPost.objects.filter(course_key=COURSE_KEY).order_by("id")[:POSTS])
    Decision.objects.all().delete()
    cause = None
    for start in range(0, decisions, BATCH):
        rows = []
        for number in range(start, min(start + BATCH, decisions)):
            post, (choice,) = chance.choice(posts), chance.choices([*CHOICES], [*CHOICES.values()])
            moment = end - timedelta(days=365) * (1 - number / decisions)
            rows.append(
                Decision(
                    course_key=COURSE_KEY, strand=f"{number:032x}", step=1, choice=choice, state="done", kind=post.kind,
                    post_id=post.post_id, thread_id=post.thread_id, subject_id=post.author_id,
                    actor_id=moderators[0] if choice == "hold" else chance.choice(moderators[1:]),
                    automatic=choice == "hold", reason="off-topic" if choice == "close" else "Advertising",
                    before={"closed": False}, after={"closed": choice == "close"}, made_at=moment, cause_id=cause,
                    undo_until=moment + timedelta(days=30),
                )
            )  # fmt: skip
            cause = None
        Decision.objects.bulk_create(rows)
        cause = Decision.objects.order_by("-id").values_list("id", flat=True).first()  # of one of the next


def log_pages() -> Iterator[tuple[str, str]]:
    """Name and address of each page that is measured, and of the file."""
    from community_dashboard.access.sealing import sealed
    from community_dashboard.models import Decision

    middle = Decision.objects.filter(course_key=COURSE_KEY).order_by("id")
    before = middle[middle.count() // 10].pk
    one = middle[0]
    by = sealed(_ids_of(2)[1], COURSE_KEY)
    yield "first page", LOG
    yield "a page far back", f"{LOG}?before={before}"
    yield "one moderator", f"{LOG}?by={by}"
    yield "one choice of one moderator", f"{LOG}?by={by}&choice=silence"
    yield "by rules, one choice that rules do not make", f"{LOG}?how=rules&choice=approve"
    yield "one author", f"{LOG}?author={sealed(one.subject_id, COURSE_KEY)}"
    yield "one post", f"{LOG}?kind={one.kind}&post={one.post_id}"
    yield "days a year ago", f"{LOG}?start={one.made_at:%Y-%m-%d}&end={one.made_at + timedelta(days=7):%Y-%m-%d}"


def read_file(client: Client, query: str, *, most: int) -> int:
    """Asks for the file and lets it go once more than so many lines are there. How many came."""
    response, lines = client.get(f"{LOG}log.csv{query}"), 0
    for part in response.streaming_content:
        lines += part.count(b"\n")
        if lines > most:
            break
    response.close()
    return lines


def _ids_of(number: int) -> list[int]:
    from django.contrib.auth import get_user_model

    names = [f"person{count}" for count in range(number)]
    return list(get_user_model().objects.filter(username__in=names).order_by("id").values_list("id", flat=True))
