"""What the benchmark of moderation measures, on the database that the settings name and a forum built before."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from benchmarks.forum_world import COURSE, write_a_day
from benchmarks.moderation_lines import (
    COURSE_KEY,
    PAGES,
    PROMISED,
    Measure,
    analyse,
    ask_page,
    measure_of,
    moderator_of_course,
    timed,
)

DAY = timedelta(days=1)
ITEMS = 20_000  # in the queue


def measure(threads: int, *, listing: bool) -> list[Measure]:
    """All of it, in an order in which nothing disturbs what comes after."""
    lower = insert_select()
    found = [filling(lower), *reconciling(threads)]
    fill_queue(threads)
    analyse()
    moderator = moderator_of_course()
    listings = forum_listings(moderator) if listing else []
    slowest = min((one["value"] for one in listings), default=None)
    return [*found, *pages(moderator, slowest), *queue_alone(slowest), deciding(moderator), *listings]


def insert_select() -> float:
    """Posts a second of one INSERT … SELECT into our table, indexes and all, with nothing made of the texts: the lower bound."""
    from community_dashboard.models import ForumPost

    moment = _literal(timezone.now())
    begun, rows = perf_counter(), 0
    with connection.cursor() as cursor:
        for kind, table in (("thread", "forum_commentthread"), ("comment", "forum_comment")):
            of_thread = kind == "thread"
            values = {field.column: _empty(field, moment) for field in ForumPost._meta.concrete_fields[1:]} | {
                "course_key": "course_id", "kind": f"'{kind}'", "post_id": "CAST(id AS CHAR)", "number": "id",
                "thread_id": "CAST(id AS CHAR)" if of_thread else "CAST(comment_thread_id AS CHAR)",
                "author_id": "author_id", "title": "SUBSTR(title, 1, 255)" if of_thread else "''",
                "topic_id": "commentable_id" if of_thread else "''", "excerpt": "SUBSTR(body, 1, 300)",
                "thread_type": "thread_type" if of_thread else "''", "created_at": "created_at", "changed_at": "updated_at",
                "length": "LENGTH(body)", "fingerprint": "SUBSTR(body, 1, 32)",
            }  # fmt: skip
            names = ", ".join(connection.ops.quote_name(column) for column in values)
            cursor.execute(
                f"INSERT INTO {ForumPost._meta.db_table} ({names}) SELECT {', '.join(values.values())} FROM {table}"
            )
            rows += cursor.rowcount
        rate = rows / (perf_counter() - begun)
        cursor.execute(
            f"{'TRUNCATE TABLE' if connection.vendor == 'mysql' else 'DELETE FROM'} {ForumPost._meta.db_table}"
        )
    return rate


def filling(lower: float) -> Measure:
    """The first fill of the course, with the facts of its threads; nothing is examined."""
    from community_dashboard.models import Filling
    from community_dashboard.moderation.projection.filling import THREADS, fill
    from community_dashboard.moderation.projection.queries import progress_of
    from community_dashboard.moderation.signals import FILLED

    FILLED.disconnect(dispatch_uid="community.look_at_filled_course")
    now = timezone.now()
    Filling.objects.create(course_key=COURSE_KEY, step=THREADS, begun_at=now, seen_at=now)
    seconds, finished = timed(lambda: fill(course_key=COURSE_KEY, clock=timezone.now))
    assert finished
    posts = progress_of(COURSE_KEY).done
    goal = f"at least 2,000 on MariaDB; a bare INSERT … SELECT {lower:,.0f}"
    met = posts / seconds >= 2_000 if connection.vendor == "mysql" else None
    return measure_of(f"first fill of {posts:,} posts", posts / seconds, "posts/s", goal, met)


def reconciling(threads: int) -> list[Measure]:
    """Nothing amiss; a day that nobody told of, read alone, then another read and examined."""
    from community_dashboard.moderation.intake.arrival import arrive
    from community_dashboard.moderation.projection.actions import project
    from community_dashboard.moderation.projection.reconciliation import Found, reconcile

    def reading(key: CourseKey, refs: Any) -> None:
        project(course_key=key, refs=refs, now=timezone.now())

    def reading_and_examining(key: CourseKey, refs: Any) -> None:
        arrive(course_key=key, refs=refs, now=timezone.now())

    def look(read: Any, now: datetime) -> tuple[float, Found]:
        return timed(lambda: reconcile(now=now, read=read, thorough=True))

    today = timezone.now()
    look(reading, today - 2 * DAY)
    analyse()
    seconds, found = look(reading, today - 2 * DAY)
    assert found == Found(), found
    measures = [measure_of("reconciliation, everything looked through, nothing amiss", seconds, "s")]
    for days_ago, read, way in ((1, reading, "read"), (0, reading_and_examining, "read and examined")):
        evening = today - days_ago * DAY
        done = write_a_day(threads, at=evening - DAY / 2, seed=days_ago)
        seconds, found = look(read, evening)
        assert found.new >= done["posts"], (found, done)
        assert found.there_or_not + found.reports >= done["deleted"], (found, done)
        what = ", ".join(f"{number:,} {name}" for name, number in done.items())
        goal = ("under 5 s", seconds < 5) if read is reading else ("", None)
        measures.append(measure_of(f"reconciliation of a day ({what}), {way}", seconds, "s", *goal))
    seconds, found = look(reading, today)
    assert found == Found(), found
    return measures


def fill_queue(threads: int) -> None:
    """So many items, as the intake leaves them: reported ones and questions that wait."""
    from community_dashboard.models import ForumPost, QueueFinding, QueueItem
    from community_dashboard.moderation.data import Reason
    from community_dashboard.moderation.queue.reasons import bits_of
    from community_dashboard.moderation.queue.score import order_of

    posts = ForumPost.objects.filter(course_key=COURSE_KEY, gone_at=None).order_by("id")
    wanted = [(post, Reason.REPORTED) for post in posts.filter(reports__gt=0)]
    wanted += [(post, Reason.UNANSWERED) for post in posts.filter(waiting_since__isnull=False)[:ITEMS]]
    wanted = wanted[: min(ITEMS, threads)]
    QueueItem.objects.all().delete()
    for start in range(0, len(wanted), 1_000):
        some = {(post.kind, post.post_id): (post, reason) for post, reason in wanted[start : start + 1_000]}
        QueueItem.objects.bulk_create(
            [
                QueueItem(
                    course_key=COURSE_KEY, kind=post.kind, post_id=post.post_id, thread_id=post.thread_id,
                    author_id=post.author_id, topic_id=post.topic_id, language=post.language, posted_at=post.created_at,
                    waits_since=post.created_at, reasons=bits_of([reason]), score=40.0, state="open",
                    order=order_of(40.0 + post.id % 30, post.created_at),
                )
                for post, reason in some.values()
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        made = QueueItem.objects.filter(post_id__in=[post_id for _kind, post_id in some])
        QueueFinding.objects.bulk_create(
            [
                QueueFinding(
                    item=item, source="reports", reason=some[item.kind, item.post_id][1].value, code="reported",
                    weight=40.0, since=item.posted_at, facts={"count": 1},
                )
                for item in made
                if (item.kind, item.post_id) in some
            ],
            ignore_conflicts=True,
        )  # fmt: skip


def pages(moderator: Any, listing: float | None) -> list[Measure]:
    """The pages as a browser asks for them, from the request to the whole answer."""
    from community_dashboard.models import ForumPost

    client = Client(raise_request_exception=False)
    client.force_login(moderator)
    base = f"/community/courses/{COURSE}/moderation/"
    asked = {
        "queue, page 1": (base, 50),
        "queue, page 50": (f"{base}?page=50", 50),
        "health page": (f"{base}health/", 300 if ForumPost.objects.count() <= PROMISED else None),
    }
    return [
        ask_page(client, name, url, most, listing if "queue" in name else None) for name, (url, most) in asked.items()
    ]


def queue_alone(listing: float | None) -> list[Measure]:
    """The queries of a page of the queue, without the page around them."""
    from community_dashboard.moderation.queue.filters import Filters
    from community_dashboard.moderation.queue.queries import page_of_items

    measures = []
    for page in (1, 50):
        took = median(
            timed(lambda page=page: page_of_items(COURSE_KEY, Filters(), page, now=timezone.now()))[0]
            for _ in range(PAGES)
        )
        times = f"{listing / took:,.0f}× the listing" if listing else ""
        measures.append(measure_of(f"queue, page {page}, queries alone", took * 1000, "ms", times))
    return measures


def deciding(moderator: Any) -> Measure:
    """Approving reported comments, through the host and the forum's API."""
    from community_dashboard.data import PostKind, PostRef
    from community_dashboard.models import QueueItem
    from community_dashboard.moderation.data import Choice
    from community_dashboard.moderation.decisions.actions import decide

    items = QueueItem.objects.filter(course_key=COURSE_KEY, kind="comment", state="open").order_by("id")[:20]
    times = []
    for item in items:
        ref = PostRef(PostKind.COMMENT, item.post_id)
        seconds, _made = timed(
            lambda ref=ref, item=item: decide(
                by=moderator,
                course_key=COURSE_KEY,
                ref=ref,
                choice=Choice.APPROVE,
                version=item.version,
                now=timezone.now(),
            )
        )
        times.append(seconds)
    return measure_of("one decision (approve), with the forum's own work", median(times) * 1000, "ms")


def forum_listings(moderator: Any) -> list[Measure]:
    """The forum's own lists over the whole course, once each."""
    from forum import api

    measures = []
    for name, wanted in (("flagged", {"flagged": True, "count_flagged": True}), ("unanswered", {"unanswered": True})):
        seconds, found = timed(
            lambda wanted=wanted: api.get_user_threads(
                COURSE, user_id=str(moderator.id), page=1, per_page=20, sort_key="activity", **wanted
            )
        )
        what = f"forum.api.get_user_threads, {name} ({found['thread_count']:,} threads), page 1"
        measures.append(measure_of(what, seconds, "s"))
    return measures


def _literal(moment: datetime) -> str:
    return f"'{connection.ops.adapt_datetimefield_value(moment)}'"


def _empty(field: Any, moment: str) -> str:
    if field.null:
        return "NULL"
    kind = field.get_internal_type()
    return moment if kind == "DateTimeField" else "''" if "Char" in kind else "0"
