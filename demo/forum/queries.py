"""Reads of the forum's tables that the campus makes itself, because the forum app looks at every thread for a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from community_dashboard.host.forum_rules import MODERATORS
from demo.campus.queries import roles
from demo.forum.models import CohortMember
from referral_xblock.data import Role


def threads_for(user: Any, course_key: Any, *, page: int, size: int) -> tuple[list[Any], bool]:
    """One page of threads, pinned ones first, then the last active; and whether there are more. A handful of queries.

    Learners, and moderators of a group, see what is meant for everybody and for their cohort.
    """
    from forum.backends.mysql.models import CommentThread

    found: QuerySet[Any] = CommentThread.objects.filter(course_id=str(course_key))
    if not roles(user, course_key) & (MODERATORS - {Role.GROUP_MODERATOR}):
        own = CohortMember.objects.filter(user=user, course_key=course_key).values("cohort_id")
        found = found.filter(Q(group_id=None) | Q(group_id__in=own))
    start = (page - 1) * size
    rows = (
        found.select_related("author")
        .annotate(answers=Count("comment"))
        .order_by("-pinned", "-last_activity_at", "-pk")
    )
    shown = list(rows[start : start + size + 1])
    return shown[:size], len(shown) > size
