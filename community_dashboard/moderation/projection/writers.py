"""Reads of the projection about those who write: since when, how often, and who of them is on the team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Min
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.models import ForumPost


def first_posts_of(course_key: CourseKey, user_ids: Collection[int]) -> dict[int, PostRef]:
    """The first post of each of these people in the course, also one that is gone. Two queries."""
    begun = dict(
        _of(course_key, user_ids)
        .order_by()
        .values_list("author")
        .annotate(Min("created_at"))
        .values_list("author", "created_at__min")
    )
    found: dict[int, PostRef] = {}
    rows = _of(course_key, begun).filter(created_at__in=set(begun.values())).order_by("-id")
    for author, at, kind, post_id in rows.values_list("author", "created_at", "kind", "post_id"):
        if begun[author] == at:
            found[author] = PostRef(PostKind(kind), post_id)
    return found


def posts_by(course_key: CourseKey, user_id: int, *, until: datetime, limit: int) -> list[PostRef]:
    """What this person wrote until then and the forum still has, the newest first. One query."""
    rows = _of(course_key, [user_id]).filter(gone_at=None, created_at__lte=until).order_by("-created_at", "-id")
    return [PostRef(PostKind(kind), post_id) for kind, post_id in rows.values_list("kind", "post_id")[:limit]]


def standing_since(course_key: CourseKey, user_ids: Collection[int]) -> dict[int, datetime]:
    """Since when there is something of each of these people that is neither gone nor masked. One query."""
    rows = _of(course_key, user_ids).filter(gone_at=None, masked=False).order_by()
    return dict(rows.values_list("author").annotate(Min("created_at")).values_list("author", "created_at__min"))


def moments_of(
    course_key: CourseKey, user_ids: Collection[int], *, since: datetime, until: datetime
) -> dict[int, list[datetime]]:
    """When each of these people wrote in that time. One query."""
    found: dict[int, list[datetime]] = defaultdict(list)
    rows = _of(course_key, user_ids).filter(created_at__gte=since, created_at__lte=until)
    for author, at in rows.values_list("author", "created_at"):
        found[author].append(at)
    return found


def staff_writers(course_key: CourseKey, *, limit: int = 200) -> list[int]:
    """Who of the team, or of those who moderate, has written in the course's forum. One query."""
    rows = ForumPost.objects.filter(course_key=course_key, by_staff=True, author__isnull=False).order_by()
    # With the whole beginning of the index, MariaDB steps from one author to the next; without it, it reads all their posts.
    found = rows.values_list("course_key", "by_staff", "author").distinct()[:limit]
    return sorted(author for _course, _staff, author in found)


def courses_that_wait() -> list[CourseKey]:
    """The courses in which somebody waits for an answer. One query."""
    rows = ForumPost.objects.filter(waiting_since__isnull=False).order_by()
    return sorted(rows.values_list("course_key", flat=True).distinct())


def _of(course_key: CourseKey, user_ids: Collection[int]) -> object:
    return ForumPost.objects.filter(author__in=list(user_ids), course_key=course_key)
