"""Writes of the projection. Each can be repeated and then changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.facts import count_threads
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.mongo import read_through_host
from community_dashboard.moderation.projection.reading import BATCH, in_batches, read_posts
from community_dashboard.moderation.projection.rows import OF_A_COMMENT, OF_A_THREAD, Authors, row_of
from community_dashboard.moderation.projection.texts import fingerprint_of
from community_dashboard.moderation.projection.writing import upsert

_COPIED = ("topic_id", "group_id", "thread_type")  # from a thread to its comments


def project(*, course_key: CourseKey, refs: Iterable[PostRef], now: datetime) -> list[ForumPost]:
    """Reads these posts of this course from the forum and writes their rows; returns them, with what was below gone ones.

    Posts that the forum no longer has are gone; those it never had in this course are left out. All count as unexamined until
    `note_examined`. Some twenty queries for 500 posts. Call it outside of transactions: it makes two for every 500, so that each
    sees what other workers have written.
    """
    authors = Authors(course_key)
    found: list[ForumPost] = []
    for batch in in_batches(refs):
        written = _project(course_key, batch, authors, now)
        threads = ForumPost.objects.filter(pk__in=written).values_list("thread_id", flat=True)
        count_threads(threads)
        found += ForumPost.objects.filter(pk__in=written).order_by("id")
    return found


def note_examined(*, course_key: CourseKey, rows: Iterable[ForumPost]) -> None:
    """Says that these rows of this course have been examined as they are in hand. Three queries for a few hundred.

    What was read anew meanwhile stays unexamined. Locked like a reading, in the same order: neither waits for the other in turn.
    """
    seen = {PostRef(PostKind(row.kind), row.post_id): row.unexamined_since for row in rows if row.unexamined_since}
    if seen:
        with transaction.atomic():
            there = list(_all(course_key, seen).select_for_update().order_by("id"))
            done = [row.pk for row in there if row.unexamined_since == seen[PostRef(PostKind(row.kind), row.post_id)]]
            ForumPost.objects.filter(pk__in=done).update(unexamined_since=None)


def mask_known(*, course_key: CourseKey, ref: PostRef, title: str = "", body: str) -> bool:
    """Says which text we are about to put in the place of this post's; False if there is no such post. One statement.

    The post counts as masked from now on, as long as the forum shows this text and no other. Call it before the forum: so title,
    excerpt and fingerprint stay those of the original, and who writes over our text unmasks the post. The facts of its thread
    follow when the post is read again.
    """
    return _of(course_key, ref).update(mask=fingerprint_of(title, body), masked=True) > 0


def unmask_known(*, course_key: CourseKey, ref: PostRef) -> bool:
    """Says that our text is no longer to stand in the place of this post's, before the forum is asked. One statement."""
    return _of(course_key, ref).update(mask="", masked=False) > 0


def forget_author(*, user_id: int) -> None:
    """Takes a retired person off the posts, with what we keep of the texts; nobody waits any more.

    One statement, and two for every 500 threads in which the person wrote.
    """
    wrote_in = ForumPost.objects.filter(author_id=user_id, kind=PostKind.COMMENT.value)
    threads = ForumPost.objects.filter(kind=PostKind.THREAD.value, first_staff_answer_by=user_id)
    thread_ids = list(wrote_in.order_by().values_list("thread_id", flat=True).distinct())
    for start in range(0, len(thread_ids), BATCH):
        threads.filter(post_id__in=thread_ids[start : start + BATCH]).update(first_staff_answer_by=0)
    ForumPost.objects.filter(author_id=user_id).update(
        author=None, title="", excerpt="", fingerprint="", waiting_since=None
    )


def _project(course_key: CourseKey, refs: list[PostRef], authors: Authors, now: datetime) -> list[int]:
    """The rows of these posts, written; their keys, with those of what was below gone posts."""
    with transaction.atomic():
        # Locked before the forum is read: of two workers the second reads what is newer.
        known = {
            PostRef(PostKind(row.kind), row.post_id): row
            for row in _all(course_key, refs).select_for_update().order_by("id")
        }
        in_mongo, unknown = read_through_host(course_key, refs)
        posts = read_posts(course_key, refs) | in_mongo
        authors.look_up(post.author_id for post in posts.values())
        rows = [row_of(course_key, post, authors, known.get(ref)) for ref, post in posts.items()]
        for row in rows:
            row.unexamined_since = now
        upsert([row for row in rows if row.kind == PostKind.THREAD], OF_A_THREAD)
        upsert([row for row in rows if row.kind == PostKind.COMMENT], OF_A_COMMENT)
        for row in rows:
            before = known.get(PostRef(PostKind(row.kind), row.post_id))
            if row.kind == PostKind.THREAD and before and any(getattr(row, n) != getattr(before, n) for n in _COPIED):
                below = ForumPost.objects.filter(kind=PostKind.COMMENT.value, thread_id=row.post_id)
                below.update(**{name: getattr(row, name) for name in _COPIED})
        gone = _mark_gone([row for ref, row in known.items() if ref not in posts and ref not in unknown], now)
        return [*_all(course_key, posts).values_list("id", flat=True), *gone]


def _mark_gone(rows: list[ForumPost], now: datetime) -> list[int]:
    """These rows and what was below them are of posts that are gone; their keys."""
    threads = [row.post_id for row in rows if row.kind == PostKind.THREAD]
    comments = [row.post_id for row in rows if row.kind == PostKind.COMMENT]
    below = ForumPost.objects.filter(kind=PostKind.COMMENT.value, gone_at=None)
    keys = {row.id for row in rows}
    if threads:
        keys.update(below.filter(thread_id__in=threads).values_list("id", flat=True))
    if comments:
        # Replies have the thread of their response: an index leads to them.
        within = below.filter(thread_id__in={row.thread_id for row in rows})
        keys.update(within.filter(parent_id__in=comments).values_list("id", flat=True))
    if keys:
        left = {"title": "", "excerpt": "", "reports": 0, "waiting_since": None, "masked": False, "mask": ""}
        ForumPost.objects.filter(pk__in=keys, gone_at=None).update(gone_at=now, unexamined_since=now, **left)
    return sorted(keys)


def _all(course_key: CourseKey, refs: Iterable[PostRef]) -> object:
    """The rows of these posts of this course."""
    wanted = Q(pk__in=[])
    given = list(refs)
    for kind in PostKind:
        if ids := [ref.id for ref in given if ref.kind is kind]:
            wanted |= Q(kind=kind.value, post_id__in=ids)
    return ForumPost.objects.filter(wanted, course_key=course_key)


def _of(course_key: CourseKey, ref: PostRef) -> object:
    return ForumPost.objects.filter(kind=ref.kind.value, post_id=ref.id, course_key=course_key)
