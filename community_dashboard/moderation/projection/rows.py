"""From a post as the forum has it to the row that we keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.queries import forgotten_among
from community_dashboard.moderation.projection.language import language_of
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.reading import ReadPost
from community_dashboard.moderation.projection.texts import LOOKED_AT, excerpt_of, fingerprint_of
from referral_xblock.api import Role, get_host

TEAM = frozenset({Role.COURSE_STAFF, Role.GLOBAL_STAFF, Role.FORUM_MODERATOR, Role.GROUP_MODERATOR})
TITLE = ForumPost._meta.get_field("title").max_length

# What a reading writes: of a thread without its facts, which are made from other rows, in facts.py.
OF_A_THREAD = (
    "course_key", "number", "thread_id", "parent_id", "author", "topic_id", "group_id", "thread_type", "title", "excerpt",
    "language", "fingerprint", "length", "created_at", "changed_at", "edited_at", "gone_at", "closed", "pinned", "endorsed",
    "by_staff", "masked", "reports", "unexamined_since",
)  # fmt: skip
OF_A_COMMENT = (*OF_A_THREAD, "accepted_at")
OF_THE_TEXT = ("title", "excerpt", "language", "fingerprint", "length")


class Authors:
    """Who of the authors of a course is on its team, and who is retired; everybody is asked for once."""

    def __init__(self, course_key: CourseKey) -> None:
        self.course_key = course_key
        self._team: dict[int, bool] = {}
        self._retired: set[int] = set()

    def look_up(self, user_ids: Iterable[int | None]) -> None:
        """Asks for those not yet known: one query and those of the host's `roles_of`."""
        unknown = sorted({user_id for user_id in user_ids if user_id is not None} - self._team.keys())
        if unknown:
            roles = get_host().roles_of(unknown, self.course_key)
            self._team.update((user_id, bool(roles.get(user_id, frozenset()) & TEAM)) for user_id in unknown)
            self._retired |= forgotten_among(unknown)

    def author_of(self, post: ReadPost) -> int | None:
        """The number of the author's account; None for a retired one."""
        return None if post.author_id in self._retired else post.author_id

    def is_team(self, post: ReadPost) -> bool:
        """Whether the author is on the team or moderates the forum."""
        return self._team.get(post.author_id or 0, False)


def row_of(course_key: CourseKey, post: ReadPost, authors: Authors, known: ForumPost | None) -> ForumPost:
    """The row of a post as it is now. `known` is the row there was."""
    author = authors.author_of(post)
    left = author is None and post.author_id is not None  # retired: nothing is kept of the words
    row = ForumPost(
        course_key=course_key,
        kind=post.ref.kind.value,
        post_id=post.ref.id,
        number=int(post.ref.id) if post.ref.id.isdecimal() and len(post.ref.id) < 19 else 0,
        thread_id=post.thread_id,
        parent_id=post.parent_id,
        author_id=author,
        topic_id=post.topic_id,
        group_id=post.group_id,
        thread_type=post.thread_type,
        title="" if left else post.title[:TITLE],
        excerpt="" if left else excerpt_of(post.body),
        language=language_of(f"{post.title} {post.body}"),
        fingerprint=fingerprint_of(post.title, post.body),
        length=post.length,
        created_at=post.created_at,
        changed_at=post.changed_at,
        edited_at=post.edited_at,
        closed=post.closed,
        pinned=post.pinned,
        endorsed=post.endorsed,
        accepted_at=post.endorsed_at,
        by_staff=authors.is_team(post),
        reports=post.reports,
    )
    if known is not None:
        _as_known(row, post, known)
    return row


def _as_known(row: ForumPost, post: ReadPost, known: ForumPost) -> None:
    """What the row there was knows better: the text behind a mask, and a changed title, of which the forum keeps no trace."""
    row.mask = known.mask
    # A fingerprint speaks for the beginning of a text: what goes on after that is not our short sentence.
    row.masked = bool(known.mask) and row.fingerprint == known.mask and post.length <= LOOKED_AT
    if row.masked:
        for name in OF_THE_TEXT:
            setattr(row, name, getattr(known, name))
        row.edited_at = known.edited_at
        return
    changed = known.fingerprint not in ("", row.fingerprint) and not known.masked
    by_others = post.edited_by_others_at is not None and post.edited_by_others_at > known.changed_at
    moments: list[datetime] = [moment for moment in (known.edited_at, row.edited_at) if moment is not None]
    if changed and not by_others and (row.edited_at is None or row.edited_at <= known.changed_at):
        moments.append(post.changed_at)
    row.edited_at = max(moments, default=None)
