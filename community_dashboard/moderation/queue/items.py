"""Items of many posts at once, for those who tell the queue."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.queue.models import QueueItem


def items_of(course_key: CourseKey, refs: Iterable[PostRef]) -> dict[PostRef, QueueItem]:
    """The items of these posts, open or not, with their findings; posts without one are left out. Two queries."""
    given = list(refs)
    wanted = Q(pk__in=[])
    for kind in PostKind:
        if ids := [ref.id for ref in given if ref.kind is kind]:
            wanted |= Q(kind=kind.value, post_id__in=ids)
    rows = QueueItem.objects.filter(wanted, course_key=course_key).prefetch_related("findings")
    return {PostRef(PostKind(row.kind), row.post_id): row for row in rows}
