"""When threads were asked and first answered, as whole seconds since 1970: for figures over many thousands of threads.

A thread is counted if its author is a learner and it is neither deleted nor masked. Moments come as numbers because making
datetimes of 100,000 rows takes longer than reading them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from django.db.models import BigIntegerField, Count, Exists, Func, OuterRef, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.projection.models import ForumPost

QUESTION = "question"


class Asked(NamedTuple):
    """Threads in columns, a thread in the same place of each: when it was written and first answered, by anybody and by the
    team; None: not yet.

    `staff` is the account that gave the team's first answer; 0: nobody has, or it is retired.
    """

    at: Sequence[int]
    answered: Sequence[int | None]
    by_staff: Sequence[int | None]
    topic_id: Sequence[str]
    group_id: Sequence[int]
    staff: Sequence[int]


class Which(TypedDict):
    """Threads written from `start` up to `end`, of a topic and a cohort or, with None, of all."""

    start: datetime
    end: datetime
    questions_only: bool
    topic_id: str | None
    group_id: int | None


class Waiting(NamedTuple):
    """One thread whose author waits for an answer."""

    thread_id: str
    since: datetime
    thread_type: str
    topic_id: str
    group_id: int
    title: str


class Epoch(Func):
    """Whole seconds since 1970 of a moment; NULL stays NULL."""

    output_field = BigIntegerField()
    function = "UNIX_TIMESTAMP"

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: the databases give whole numbers, and to make them so again takes longer than to read them."""
        return []

    def as_mysql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """UNIX_TIMESTAMP would read the column in the session's time zone."""
        template = "TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Moments are text there."""
        return self.as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """A fraction is cut off."""
        return self.as_sql(compiler, connection, template="FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint", **extra)


def asked_between(course_key: CourseKey, which: Which) -> Asked:
    """The threads of a period, in no order. One query, answered from the index `forum_post_asked` alone."""
    moments = (Epoch("created_at"), Epoch("first_answer_at"), Epoch("first_staff_answer_at"))
    rows = _asked(course_key, which).values_list(*moments, "topic_id", "group_id", "first_staff_answer_by")
    columns = tuple(zip(*rows.iterator(10_000), strict=True))
    return Asked(*columns) if columns else Asked((), (), (), (), (), ())


def answered_of(course_key: CourseKey, which: Which) -> list[tuple[int, int]]:
    """When the threads of a period that have an answer were written and first answered, in no order. As `asked_between`."""
    rows = _asked(course_key, which).filter(first_answer_at__isnull=False)
    return list(rows.values_list(Epoch("created_at"), Epoch("first_answer_at")))


def moments_asked(course_key: CourseKey, *, start: datetime, end: datetime) -> list[int]:
    """When the questions of a period were written, in no order. As `asked_between`."""
    return list(_questions(course_key, start, end).values_list(Epoch("created_at"), flat=True))


def questions_between(course_key: CourseKey, *, start: datetime, end: datetime) -> list[tuple[str, int, int | None]]:
    """The questions of a period: thread, when it was written and first answered (None: not yet), in no order. One query by
    the same index."""
    rows = _questions(course_key, start, end)
    return list(rows.values_list("post_id", Epoch("created_at"), Epoch("first_answer_at")))


def asked_by_topic(
    course_key: CourseKey, *, start: datetime, since: datetime, end: datetime, group_id: int | None = None
) -> dict[str, tuple[int, int]]:
    """By topic, how many threads were begun from `start` up to `since`, and from then up to `end`. One query by the index of
    course, kind and time, over the threads of the period.
    """
    rows = _threads(course_key).filter(kind="thread", created_at__gte=start, created_at__lt=end)
    if group_id is not None:
        rows = rows.filter(group_id=group_id)
    late = Count("id", filter=Q(created_at__gte=since))
    counted = rows.order_by().values_list("topic_id").annotate(all=Count("id"), late=late)
    return {topic_id: (every - late, late) for topic_id, every, late in counted}


def most_helpful(course_key: CourseKey, *, start: datetime, end: datetime, limit: int) -> list[tuple[int, int]]:
    """Learners who answered or commented in threads of others most often in a period: account and how often, the most first.

    One query by the index of course, kind and time, over the comments of the period.
    """
    begun = ForumPost.objects.filter(kind="thread", post_id=OuterRef("thread_id"), author=OuterRef("author"))
    rows = _threads(course_key).filter(kind="comment", created_at__gte=start, created_at__lt=end, author__isnull=False)
    counted = rows.filter(~Exists(begun)).order_by().values_list("author").annotate(times=Count("id"))
    return list(counted.order_by("-times", "author")[:limit])


def waiting_threads(
    course_key: CourseKey,
    *,
    thread_ids: Collection[str] | None = None,
    since_before: datetime | None = None,
    topic_id: str | None = None,
    group_id: int | None = None,
) -> list[Waiting]:
    """Open questions whose authors wait, the longest first; of these threads, or all. One query by an index."""
    rows = _threads(course_key).filter(kind="thread", waiting_since__isnull=False, closed=False)
    if since_before is not None:
        rows = rows.filter(waiting_since__lte=since_before)
    return _waiting(rows, "waiting_since", thread_ids, topic_id, group_id)


def silent_discussions(
    course_key: CourseKey,
    *,
    start: datetime,
    end: datetime,
    thread_ids: Collection[str] | None = None,
    topic_id: str | None = None,
    group_id: int | None = None,
) -> list[Waiting]:
    """Open threads of a period that ask nothing and that nobody has answered, likewise; `since` is when they were written."""
    rows = _threads(course_key).filter(
        kind="thread", created_at__gte=start, created_at__lt=end, first_answer_at__isnull=True, closed=False
    )
    return _waiting(rows.exclude(thread_type=QUESTION), "created_at", thread_ids, topic_id, group_id)


def _waiting(
    rows: QuerySet, since: str, thread_ids: Collection[str] | None, topic_id: str | None, group_id: int | None
) -> list[Waiting]:
    if thread_ids is not None:
        rows = rows.filter(post_id__in=list(thread_ids))
    if topic_id is not None:
        rows = rows.filter(topic_id=topic_id)
    if group_id is not None:
        rows = rows.filter(group_id=group_id)
    columns = ("post_id", since, "thread_type", "topic_id", "group_id", "title")
    return list(map(Waiting._make, rows.order_by(since, "id").values_list(*columns)))


def answers_by(
    course_key: CourseKey, user_ids: Collection[int], *, start: datetime, end: datetime
) -> list[tuple[int, int]]:
    """When these few people wrote in threads in a period, by account and then in order: account and moment. One query, answered
    from the index `forum_post_by_author` alone."""
    rows = ForumPost.objects.filter(
        author__in=list(user_ids), course_key=course_key, created_at__gte=start, created_at__lt=end
    )
    found = rows.order_by("author_id", "created_at").values_list("author_id", Epoch("created_at"), "kind")
    # Asked for the kind, SQLite would look through the posts of everybody.
    return [(author, at) for author, at, kind in found if kind == "comment"]


def has_posts(course_key: CourseKey) -> bool:
    """Whether any post of this course was ever read. One query by an index."""
    return ForumPost.objects.filter(course_key=course_key).exists()


def courses_with_posts() -> list[CourseKey]:
    """Every course of which posts were read. One query."""
    return list(ForumPost.objects.order_by("course_key").values_list("course_key", flat=True).distinct())


def _questions(course_key: CourseKey, start: datetime, end: datetime) -> QuerySet:
    which: Which = {"start": start, "end": end, "questions_only": True, "topic_id": None, "group_id": None}
    return _asked(course_key, which)


def _asked(course_key: CourseKey, which: Which) -> QuerySet:
    rows = _threads(course_key).filter(kind="thread", created_at__gte=which["start"], created_at__lt=which["end"])
    if which["questions_only"]:
        rows = rows.filter(thread_type=QUESTION)
    if which["topic_id"] is not None:
        rows = rows.filter(topic_id=which["topic_id"])
    if which["group_id"] is not None:
        rows = rows.filter(group_id=which["group_id"])
    return rows


def _threads(course_key: CourseKey) -> QuerySet:
    return ForumPost.objects.filter(course_key=course_key, gone_at__isnull=True, masked=False, by_staff=False)
