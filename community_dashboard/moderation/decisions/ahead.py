"""Asks at once what the decisions of a job will ask about each of its next posts; they recall it, for two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.forum_now import all_from_tables
from community_dashboard.moderation.decisions.ledger import (
    LATEST,
    OF_POSTS,
    STEPS,
    latest_of,
    steps_of,
    strand_of_post,
)
from community_dashboard.moderation.decisions.masks import ORIGINAL, all_kept
from community_dashboard.moderation.decisions.orders import ROW, SEEN, posts_of
from community_dashboard.moderation.decisions.remembering import forget, forget_all, recall
from community_dashboard.moderation.decisions.standing import parts_of
from community_dashboard.moderation.decisions.table import DEEDS


def look_ahead(*, by: Any, course_key: CourseKey, refs: Sequence[PostRef], choice: Choice) -> None:
    """The posts with their authors, what everybody is in the course, and the last step of each. Within `remembering` only.

    Also what stands in them and what is kept of them, where carrying out compares. What was remembered before is forgotten. As
    many queries for all as one decision has for one.
    """
    forget_all()
    posts = posts_of(course_key, refs)
    parts_of([by.id, *{post.author_id for post in posts.values()} - {None}], course_key)
    deed = DEEDS[choice]
    if deed.strand in OF_POSTS:
        strands = [strand_of_post(ref, deed.strand) for ref in refs]
        recall(LATEST, strands, latest_of)
        recall(STEPS, strands, steps_of)
    if deed.compares and forum_is_here():
        here = [ref for ref in refs if not lives_in_mongo(ref.id)]
        recall(ORIGINAL, here, all_kept)
        recall((SEEN, course_key), here, lambda wanted: all_from_tables(course_key, wanted))


def look_again(*, course_key: CourseKey, ref: PostRef, choice: Choice) -> None:
    """Forgets what was asked about this post. No query."""
    strand = strand_of_post(ref, DEEDS[choice].strand)
    for question in (LATEST, STEPS):
        forget(question, strand)
    for question in (ORIGINAL, (SEEN, course_key), (ROW, course_key)):
        forget(question, ref)
