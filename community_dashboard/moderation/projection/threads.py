"""Threads as answering once asks for them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.models import ForumPost


def threads_after(course_key: CourseKey, after: int, *, limit: int) -> list[ForumPost]:
    """The next threads of the course in the order in which we learned of them, `after` being the row of the last. One query."""
    rows = ForumPost.objects.filter(course_key=course_key, kind=PostKind.THREAD.value, pk__gt=after)
    return list(rows.order_by("pk")[:limit])


def count_threads_in(course_key: CourseKey) -> int:
    """How many threads we know of the course, also those that are gone. One query by an index."""
    return ForumPost.objects.filter(course_key=course_key, kind=PostKind.THREAD.value).count()


def best_answers(course_key: CourseKey, thread_ids: Collection[str]) -> dict[str, ForumPost]:
    """For each thread its answer that is marked as the answer, else the team's first, else none. One query."""
    rows = ForumPost.objects.filter(
        Q(endorsed=True) | Q(by_staff=True),
        thread_id__in=thread_ids,
        course_key=course_key,
        kind=PostKind.COMMENT.value,
        parent_id="",
        gone_at=None,
        masked=False,
    )
    best: dict[str, ForumPost] = {}
    for row in sorted(rows, key=lambda row: (not row.endorsed, row.created_at)):
        best.setdefault(row.thread_id, row)
    return best


def answered_by_team_since(course_key: CourseKey, thread_ids: Collection[str], moment: object, *, but: int) -> set[str]:
    """Which of the threads got an answer of the team after a moment, not counting those by one account. One query."""
    rows = ForumPost.objects.filter(
        thread_id__in=thread_ids,
        course_key=course_key,
        kind=PostKind.COMMENT.value,
        by_staff=True,
        gone_at=None,
        created_at__gt=moment,
    )
    return set(rows.exclude(author=but).values_list("thread_id", flat=True))


def thread_refs(thread_ids: Collection[str]) -> list[PostRef]:
    """These threads as posts."""
    return [PostRef(PostKind.THREAD, thread_id) for thread_id in thread_ids]
