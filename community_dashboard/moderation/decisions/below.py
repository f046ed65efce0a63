"""What was answered to an open post, each answer with the way to its own page: there it is accepted, hidden, or answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from community_dashboard.data import PostKind
from community_dashboard.moderation.projection.queries import answers_below
from community_dashboard.moderation.queue.desk import Desk, names_of

SHOWN = 20


@dataclass(frozen=True)
class Below:
    """One answer. `by_team`: somebody of the team, or who moderates, wrote it."""

    author: str
    excerpt: str
    at: datetime
    url: str
    by_team: bool
    endorsed: bool
    masked: bool


def answers_to(desk: Desk, item: Any) -> tuple[Sequence[Below], bool]:
    """The first twenty answers below this post, and whether there are more. Two queries."""
    parent = "" if item.kind == PostKind.THREAD else item.post_id
    rows = answers_below(desk.course_key, thread_id=item.thread_id, parent_id=parent, limit=SHOWN + 1)
    names = names_of(row.author_id for row in rows if row.author_id)
    shown = [
        Below(
            author=names.get(row.author_id, ""),
            excerpt=row.excerpt,
            at=row.created_at,
            url=reverse("community_dashboard:moderation_item", args=[str(desk.course_key), row.kind, row.post_id]),
            by_team=row.by_staff,
            endorsed=row.endorsed,
            masked=row.masked,
        )
        for row in rows[:SHOWN]
    ]
    return shown, len(rows) > SHOWN
