"""The forum's own rows as facts: for the listeners one at a time, for reconciliation in pages.

The forum (openedx-forum) is optional, so its tables are imported where they are read. A course may keep its posts in
MongoDB instead: then there are no rows, and the platform's signals alone tell of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity import facts
from community_dashboard.activity.facts import COMMENT, THREAD, NewActivity, Post
from community_dashboard.activity.kinds import Kind

# The forum's own names for what a row belongs to.
KIND_OF_MODEL = {"commentthread": THREAD, "comment": COMMENT}
LENGTH_OF_A_MONGO_NUMBER = 24


def forum_is_here() -> bool:
    """Whether this site has the forum app at all."""
    return apps.is_installed("forum")


def lives_in_mongo(post_id: object) -> bool:
    """Whether a post of this number is in MongoDB, where the forum's tables do not know of it."""
    return len(str(post_id)) == LENGTH_OF_A_MONGO_NUMBER


def kind_of_content(content_type_id: int) -> str:
    """ "thread" or "comment", or "" for what is no post. No query once the content type was seen."""
    return KIND_OF_MODEL.get(ContentType.objects.get_for_id(content_type_id).model, "")


def course_of(text: object) -> CourseKey | None:
    """The course that the forum names; None for what is no course."""
    try:
        return CourseKey.from_string(str(text))
    except InvalidKeyError:
        return None


def posts_of(rows: Iterable[Any]) -> list[NewActivity]:
    """What the rows of threads and of comments tell: that they were written, and of comments that they were endorsed."""
    found = []
    for row in rows:
        course_key, post = course_of(row.course_id), post_of(row)
        if course_key is None:
            continue
        found.append(
            facts.posted(kind=_kind_of(row), post=post, user_id=row.author_id, course_key=course_key, at=row.created_at)
        )
        if post[0] == COMMENT and row.endorsed:
            by, at = _endorsement(row)
            found.append(facts.endorsed(post=post, user_id=by, course_key=course_key, at=at))
    return found


def post_of(row: Any) -> Post:
    """How the record names this row of threads or comments."""
    return KIND_OF_MODEL[row._meta.model_name], str(row.pk)


def flags_of(rows: Iterable[Any]) -> list[NewActivity]:
    """Rows of AbuseFlagger; those of posts that are gone are left out. Two queries at most."""
    return [
        facts.flagged(post=post, user_id=row.user_id, course_key=course_key, at=row.flagged_at)
        for row, post, course_key in _with_posts(rows)
    ]


def edits_of(rows: Iterable[Any]) -> list[NewActivity]:
    """Rows of EditHistory. Two queries at most."""
    return [
        facts.edited(post=post, user_id=row.editor_id, course_key=course_key, at=row.created_at)
        for row, post, course_key in _with_posts(rows)
    ]


def votes_of(rows: Iterable[Any], *, at: datetime) -> list[NewActivity]:
    """Rows of UserVote, which keep no moment. Two queries at most."""
    return [
        facts.voted(post=post, user_id=row.user_id, course_key=course_key, at=at)
        for row, post, course_key in _with_posts(rows)
    ]


def subscriptions_of(rows: Iterable[Any]) -> list[NewActivity]:
    """Rows of Subscription. Two queries at most."""
    return [
        facts.followed(post=post, user_id=row.subscriber_id, course_key=course_key, at=row.created_at)
        for row, post, course_key in _with_posts(rows, "source_content_type", "source_object_id")
    ]


def lifted_flags_of(rows: Iterable[Any], *, by: int | None, at: datetime) -> list[NewActivity]:
    """Rows of AbuseFlagger that are no longer: who took them away, when. Two queries at most."""
    return [
        facts.unflagged(
            post=post, flagger_id=row.user_id, flagged_at=row.flagged_at, user_id=by, course_key=course_key, at=at
        )
        for row, post, course_key in _with_posts(rows)
    ]


def there(posts: Iterable[Post]) -> dict[Post, str]:
    """Which of these posts are in the forum's tables, each with the course that it names. Two queries at most."""
    from forum.backends.mysql.models import Comment, CommentThread

    wanted: dict[str, set[str]] = {THREAD: set(), COMMENT: set()}
    for kind, number in posts:
        if not lives_in_mongo(number):
            wanted[kind].add(number)
    return {
        (kind, str(number)): course
        for kind, model in ((THREAD, CommentThread), (COMMENT, Comment))
        if wanted[kind]
        for number, course in model.objects.filter(pk__in=wanted[kind]).values_list("pk", "course_id")
    }


def _with_posts(
    rows: Iterable[Any], type_field: str = "content_type", id_field: str = "content_object_id"
) -> list[tuple[Any, Post, CourseKey]]:
    """Each row with the post that it belongs to and its course; without those whose post is gone or is no post."""
    named = []
    for row in rows:
        kind = kind_of_content(getattr(row, f"{type_field}_id"))
        if kind:
            named.append((row, (kind, str(getattr(row, id_field)))))
    courses = there([post for _row, post in named])
    return [
        (row, post, course_key) for row, post in named if (course_key := course_of(courses.get(post, ""))) is not None
    ]


def _kind_of(row: Any) -> Kind:
    if row._meta.model_name == "commentthread":
        return Kind.POSTED
    return Kind.ANSWERED if row.parent_id is None else Kind.COMMENTED


def _endorsement(row: Any) -> tuple[int | None, datetime]:
    """Who endorsed and when, as far as the forum kept it: the row's last change otherwise."""
    kept = row.endorsement or {}
    by = str(kept.get("user_id") or "")
    try:
        at = datetime.fromisoformat(str(kept.get("time") or ""))
    except ValueError:
        at = row.updated_at
    return (int(by) if by.isdigit() else None), (at if at.tzinfo else row.updated_at)
