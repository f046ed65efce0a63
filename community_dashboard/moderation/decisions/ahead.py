"""Asks at once what the decisions of a job will ask about each of its next posts; they recall it, for two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.ledger import LATEST, OF_POSTS, latest_of, strand_of_post
from community_dashboard.moderation.decisions.orders import posts_of
from community_dashboard.moderation.decisions.remembering import recall
from community_dashboard.moderation.decisions.standing import parts_of
from community_dashboard.moderation.decisions.table import DEEDS


def look_ahead(*, by: Any, course_key: CourseKey, refs: Sequence[PostRef], choice: Choice) -> None:
    """The posts with their authors, what everybody is in the course, and the last step of each. Within `remembering` only.

    As many queries for all as one decision has for one.
    """
    posts = posts_of(course_key, refs)
    parts_of([by.id, *{post.author_id for post in posts.values()} - {None}], course_key)
    name = DEEDS[choice].strand
    if name in OF_POSTS:
        recall(LATEST, [strand_of_post(ref, name) for ref in refs], latest_of)
