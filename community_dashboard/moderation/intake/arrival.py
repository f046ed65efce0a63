"""Posts that changed: read into the projection, then examined."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import OperationalError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import course_of
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.decisions.queries import overwritten_posts
from community_dashboard.moderation.intake.examining import examine
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.filling import (
    begin_filling,
    courses_not_asked_for,
    looked_at,
    send_filling,
    to_be_continued,
    to_be_looked_at,
    to_look_at,
)
from community_dashboard.moderation.projection.queries import courses_of, unexamined_posts
from community_dashboard.moderation.projection.reconciliation import Found, reconcile
from community_dashboard.moderation.queue.queries import reported_without_item

log = logging.getLogger(__name__)
AT_WORK = timedelta(minutes=5)  # who read a post so long ago and has not examined it was stopped


def read_and_examine(course: str, posts: Iterable[Iterable[str]], *, now: datetime) -> None:
    """Reads these posts, each a kind and an id, of a course or ("") of whichever they are in, and examines them.

    The cost of `project` and `examine` for each course. Repeatable.
    """
    refs = [PostRef(PostKind(kind), post_id) for kind, post_id in posts]
    course_key = course_of(course)
    for key, some in ({course_key: refs} if course_key else courses_of(refs)).items():
        arrive(course_key=key, refs=some, now=now)


def arrive(*, course_key: CourseKey, refs: Iterable[PostRef], now: datetime) -> None:
    """The same for posts of one course; what is below a post that is gone is examined with it."""
    rows = project(course_key=course_key, refs=refs, now=now)
    examine(course_key=course_key, refs=[PostRef(PostKind(row.kind), row.post_id) for row in rows], now=now)


def reconcile_forum(*, clock: Callable[[], datetime], thorough: bool = False) -> Found:
    """Reads and examines what no signal told, has new courses filled, and goes on with what was left undone.

    The cost of `reconcile`, six queries more, and that of what was found.
    """
    now = clock()
    found = reconcile(now=now, read=lambda key, refs: arrive(course_key=key, refs=refs, now=now), thorough=thorough)
    _arrive_again(now)
    for left in (overwritten_posts(), reported_without_item()):  # what learners read or reported waits for nobody
        for course_key, refs in left.items():
            examine(course_key=course_key, refs=refs, now=now)
    for course_key in courses_not_asked_for():
        begin_filling(course_key=course_key, now=now)
    for course_key in to_be_continued(now=now):
        send_filling(course_key)
    for course_key in to_be_looked_at():
        look_at_course(course_key=course_key, clock=clock)
    return found


def _arrive_again(now: datetime) -> None:
    """Reads once more what somebody read and was stopped before examining; the facts of its thread may be missing too."""
    for course_key, refs in unexamined_posts(until=now - AT_WORK).items():
        try:
            arrive(course_key=course_key, refs=refs, now=now)
        except OperationalError:
            log.warning("Posts of %s stay unexamined until the next look.", course_key, exc_info=True)


def look_at_course(*, course_key: CourseKey, clock: Callable[[], datetime]) -> None:
    """Examines the posts of a course that were there before us and still matter. Goes on where it stopped; repeatable."""
    last = False
    while not last:
        examine(course_key=course_key, refs=to_look_at(course_key), now=clock())
        last = looked_at(course_key=course_key, now=clock())
