"""What moderators decided about posts, for those who learn from it."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.ledger import DONE
from community_dashboard.moderation.decisions.models import Decision


def decided_posts(course_key: CourseKey, *, since: datetime, most: int) -> dict[PostRef, list[Choice]]:
    """What people decided about posts of this course and did not take back, the newest posts and choices first.

    Decisions of rules are left out. One query by an index, of at most `most` decisions.
    """
    rows = Decision.objects.filter(
        course_key=course_key, made_at__gte=since, state=DONE, automatic=False, undone_at=None
    ).exclude(post_id="")
    found: dict[PostRef, list[Choice]] = {}
    for kind, post_id, choice in rows.order_by("-made_at").values_list("kind", "post_id", "choice")[:most]:
        found.setdefault(PostRef(PostKind(kind), post_id), []).append(Choice(choice))
    return found


def courses_decided_in(*, since: datetime) -> list[CourseKey]:
    """The courses in which something was decided since. One query by an index."""
    rows = Decision.objects.filter(state=DONE, made_at__gte=since)
    return sorted(set(rows.order_by().values_list("course_key", flat=True).distinct()), key=str)
