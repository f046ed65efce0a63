"""Reads of the projection, and of texts from the forum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity import forum
from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.interface import Host
from community_dashboard.moderation.projection.models import Filling, ForumPost
from community_dashboard.moderation.projection.reading import in_batches, numbers_of, rows_of


@dataclass(frozen=True)
class Progress:
    """How far the posts of a course that were there before us are read."""

    done: int
    total: int
    finished: bool


def find_post(course_key: CourseKey, ref: PostRef) -> ForumPost | None:
    """The row of one post of this course with its author, also of one that is gone; None if there is none. One query."""
    return posts_in(course_key, [ref], with_authors=True).get(ref)


def posts_in(course_key: CourseKey, refs: Iterable[PostRef], *, with_authors: bool = False) -> dict[PostRef, ForumPost]:
    """The rows of many posts of this course; those without one are left out. Two queries for 500 posts."""
    found = {}
    for kind, rows in _rows_of_both_kinds(course_key, refs):
        for row in rows.select_related("author") if with_authors else rows:
            found[PostRef(kind, row.post_id)] = row
    return found


def answers_below(course_key: CourseKey, *, thread_id: str, parent_id: str, limit: int) -> list[ForumPost]:
    """The responses in a thread (`parent_id` is ""), or the replies to a response, the oldest first, without those that are gone.

    One query by an index.
    """
    rows = ForumPost.objects.filter(course_key=course_key, kind=PostKind.COMMENT.value, gone_at=None)
    return list(rows.filter(thread_id=thread_id, parent_id=parent_id).order_by("created_at", "id")[:limit])


class Words(NamedTuple):
    """What a list shows of a post."""

    title: str
    excerpt: str


def words_in(course_key: CourseKey, refs: Iterable[PostRef]) -> dict[PostRef, Words]:
    """The same posts as `posts_in`, only to be named. Two queries for 500 posts."""
    found = {}
    for kind, rows in _rows_of_both_kinds(course_key, refs):
        for post_id, *words in rows.values_list("post_id", "title", "excerpt"):
            found[PostRef(kind, post_id)] = Words(*words)
    return found


def _rows_of_both_kinds(
    course_key: CourseKey, refs: Iterable[PostRef]
) -> Iterator[tuple[PostKind, QuerySet[ForumPost]]]:
    """Querysets that together have the rows of these posts: one for each kind of 500 of them, of those kinds that occur."""
    for batch in in_batches(refs):
        for kind in PostKind:
            if ids := [ref.id for ref in batch if ref.kind is kind]:
                yield kind, ForumPost.objects.filter(kind=kind.value, post_id__in=ids, course_key=course_key)


def text_of(host: Host, by: Any, course_key: CourseKey, ref: PostRef) -> tuple[str, str]:
    """Title ("" for comments) and body of a post as the forum shows them to `by` now. Hostile. Raises ForumError."""
    post = host.read_post(by=by, course_key=course_key, ref=ref)
    return post.title, post.body


def bodies_of(course_key: CourseKey, refs: Iterable[PostRef]) -> dict[PostRef, str]:
    """The bodies of many posts of this course as they stand in the forum's tables; hostile. Two queries for 500 posts.

    Posts that are gone, and all of a forum in MongoDB, are left out. Of a masked post it is our text.
    """
    found: dict[PostRef, str] = {}
    if forum.forum_is_here():
        for batch in in_batches(refs):
            for kind in PostKind:
                if numbers := numbers_of(batch, kind):
                    rows = rows_of(kind).filter(pk__in=numbers, course_id=str(course_key))
                    found.update((PostRef(kind, str(pk)), body) for pk, body in rows.values_list("pk", "body"))
    return found


def count_posts_by(course_key: CourseKey, user_id: int | None) -> int:
    """How many posts of this course somebody wrote; none for nobody. One query by an index."""
    return ForumPost.objects.filter(author=user_id, course_key=course_key).count() if user_id is not None else 0


def courses_of(refs: Iterable[PostRef]) -> dict[CourseKey, list[PostRef]]:
    """The posts by the course they are in, by the forum's tables or, of those that are gone, by ours. Four queries at most.

    Marks of posts that are in neither lead nowhere and are left out.
    """
    given = list(dict.fromkeys(refs))
    found: dict[CourseKey, list[PostRef]] = {}
    there = forum.there([(ref.kind.value, ref.id) for ref in given]) if forum.forum_is_here() else {}
    for ref in given:
        if course_key := forum.course_of(there.get((ref.kind.value, ref.id), "")):
            found.setdefault(course_key, []).append(ref)
    for kind in PostKind:
        gone = [ref.id for ref in given if ref.kind is kind and (kind.value, ref.id) not in there]
        rows = ForumPost.objects.filter(kind=kind.value, post_id__in=gone) if gone else ForumPost.objects.none()
        for course_key, post_id in rows.values_list("course_key", "post_id"):
            found.setdefault(course_key, []).append(PostRef(kind, post_id))
    return found


def over_their_masks() -> QuerySet[ForumPost]:
    """Posts that show another text than the one we put there: a subquery for rows that have a `kind` and a `post_id`."""
    about = {"kind": OuterRef("kind"), "post_id": OuterRef("post_id")}
    return ForumPost.objects.filter(**about, masked=False, gone_at=None, mask__gt="")


def reported_posts() -> QuerySet[ForumPost]:
    """Posts with reports that stand, in every course, by the index of reported posts. No query yet."""
    return ForumPost.objects.filter(reports__gt=0, gone_at=None)


def unexamined_posts(*, until: datetime) -> dict[CourseKey, list[PostRef]]:
    """Posts that were read until then and not examined since, by course. One query, by an index over few rows."""
    rows = ForumPost.objects.filter(unexamined_since__lte=until).order_by("unexamined_since", "id")
    found: dict[CourseKey, list[PostRef]] = {}
    for course_key, kind, post_id in rows.values_list("course_key", "kind", "post_id"):
        found.setdefault(course_key, []).append(PostRef(PostKind(kind), post_id))
    return found


def progress_of(course_key: CourseKey) -> Progress | None:
    """How far the course is read; None if nobody has asked for it yet. One query."""
    row = Filling.objects.filter(course_key=course_key).first()
    return Progress(row.done, row.total, row.finished_at is not None) if row else None
