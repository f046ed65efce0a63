"""A post as the forum has it at this moment: its whole text and the states that decisions change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.interface import Host
from community_dashboard.moderation.projection.reading import numbers_of, rows_of

OF_THREADS = (
    "title",
    "body",
    "closed",
    "pinned",
    "commentable_id",
    "close_reason_code",
    "anonymous",
    "anonymous_to_peers",
)
OF_COMMENTS = ("body", "endorsed", "comment_thread__closed", "anonymous", "anonymous_to_peers")
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
    return all_from_tables(course_key, [ref])[ref]


def all_from_tables(course_key: CourseKey, refs: Sequence[PostRef]) -> dict[PostRef, ForumNow | None]:
    """The same of some; each asked for is in the answer. One query for each kind."""
    found: dict[PostRef, ForumNow | None] = dict.fromkeys(refs)
    for kind, columns, read in ((PostKind.THREAD, OF_THREADS, _thread), (PostKind.COMMENT, OF_COMMENTS, _comment)):
        if numbers := numbers_of(refs, kind):
            rows = rows_of(kind).filter(pk__in=numbers, course_id=str(course_key)).order_by()
            found |= {PostRef(kind, str(row[0])): read(*row[1:]) for row in rows.values_list("pk", *columns)}
    return found


def _thread(
    title: str, body: str, closed: Any, pinned: Any, topic_id: Any, close_reason: Any, *anonymous: Any
) -> ForumNow:
    return ForumNow(
        title, body, bool(closed), bool(pinned), False, topic_id or "", close_reason or "", anonymous=any(anonymous)
    )


def _comment(body: str, endorsed: Any, thread_closed: Any, *anonymous: Any) -> ForumNow:
    return ForumNow("", body, endorsed=bool(endorsed), thread_closed=bool(thread_closed), anonymous=any(anonymous))
