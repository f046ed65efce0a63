"""A post as the forum has it at this moment: its whole text and the states that decisions change."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.interface import Host
from community_dashboard.moderation.projection.reading import numbers_of, rows_of

STATES = ("closed", "pinned", "endorsed", "topic_id", "close_reason")


@dataclass(frozen=True)
class ForumNow:
    """What the forum has. `close_reason` is "" where the forum does not say it; `thread_closed` is that of a comment's thread."""

    title: str
    body: str
    closed: bool = False
    pinned: bool = False
    endorsed: bool = False
    topic_id: str = ""
    close_reason: str = ""
    thread_closed: bool = False
    anonymous: bool = True  # whether its author is not to be named; True where nobody can tell

    @property
    def states(self) -> dict[str, Any]:
        """What stands in the log as "before" and "after": never a text."""
        return {name: value for name, value in asdict(self).items() if name in STATES}


def are_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two texts are the same but for white space around them, which the platform's discussion API cuts off."""
    return [part.strip() for part in one] == [part.strip() for part in other]


def mark_of(title: str, body: str) -> str:
    """32 hexadecimal digits that say whether a text is the one somebody saw; white space around it does not count."""
    title, body = title.strip(), body.strip()
    return hashlib.blake2b(f"{len(title)}:{title}{body}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def read_now(host: Host, *, by: Any, course_key: CourseKey, ref: PostRef) -> ForumNow | None:
    """The post now; None if it is not in this course's forum. One query; in MongoDB as the host reads it, raising ForumError."""
    if forum_is_here() and not lives_in_mongo(ref.id):
        return from_tables(course_key, ref)
    if host.course_of_post(ref, course_key) != str(course_key):
        return None
    post = host.read_post(by=by, course_key=course_key, ref=ref)
    return ForumNow(post.title, post.body, post.closed, post.pinned, post.endorsed, post.topic_id)


def from_tables(course_key: CourseKey, ref: PostRef) -> ForumNow | None:
    """The post as the forum's own tables have it; None if it is not there. One query. The forum must be here."""
    number = numbers_of([ref], ref.kind)
    return _from_tables(course_key, ref.kind, number[0]) if number else None


def _from_tables(course_key: CourseKey, kind: PostKind, number: int) -> ForumNow | None:
    rows = rows_of(kind).filter(pk=number, course_id=str(course_key))
    if kind is PostKind.COMMENT:
        columns = ("body", "endorsed", "comment_thread__closed", "anonymous", "anonymous_to_peers")
        row = rows.values_list(*columns).first()
        if row is None:
            return None
        return ForumNow("", row[0], endorsed=bool(row[1]), thread_closed=bool(row[2]), anonymous=bool(row[3] or row[4]))
    columns = (
        "title", "body", "closed", "pinned", "commentable_id", "close_reason_code", "anonymous", "anonymous_to_peers",
    )  # fmt: skip
    row = rows.values_list(*columns).first()
    if row is None:
        return None
    title, body, closed, pinned, topic_id, close_reason, *anonymous = row
    return ForumNow(
        title, body, bool(closed), bool(pinned), False, topic_id or "", close_reason or "", anonymous=any(anonymous)
    )
