"""Posts that changed in this transaction, left for one message to the workers after its commit."""

from __future__ import annotations

import logging

from django.db import transaction

log = logging.getLogger(__name__)

# Posts in one message; deleting a thread may touch thousands.
AT_ONCE = 1_000
# A broker that does not answer keeps nobody waiting; reconciliation finds what was not told.
SENDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
UNKNOWN = ""  # the course of a post of which only the number is known: the worker looks it up


class _Noted:
    """What one transaction has left so far: courses with their posts, in order."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[tuple[str, str], None]] = {}
        self.place = 0
        self.sent = False

    def __call__(self) -> None:
        """Sends it. Never raises."""
        self.sent = True
        unknown = self.posts.pop(UNKNOWN, {})
        for course_key, posts in self.posts.items():
            unknown = {post: None for post in unknown if post not in posts}
            _send(course_key, list(posts))
        _send(UNKNOWN, list(unknown))


def note(kind: str, post_id: object, course_key: object = UNKNOWN) -> None:
    """Leaves one post to be read after the commit; at once outside of a transaction. No query, no message of its own."""
    connection = transaction.get_connection()
    noted = getattr(connection, "community_noted", None)
    if noted is None or noted.sent or not _still_waits(connection, noted):
        noted = connection.community_noted = _Noted()
        noted.place = len(connection.run_on_commit)
        _add(noted, kind, post_id, course_key)
        transaction.on_commit(noted, robust=True)
    else:
        _add(noted, kind, post_id, course_key)


def _still_waits(connection: object, noted: _Noted) -> bool:
    """Whether it is still among what runs on commit: a rollback takes it out."""
    waiting = connection.run_on_commit
    return noted.place < len(waiting) and waiting[noted.place][1] is noted


def _add(noted: _Noted, kind: str, post_id: object, course_key: object) -> None:
    noted.posts.setdefault(str(course_key), {})[(kind, str(post_id))] = None


def _send(course_key: str, posts: list[tuple[str, str]]) -> None:
    from community_dashboard.moderation.intake.tasks import read_posts

    for start in range(0, len(posts), AT_ONCE):
        part = [list(post) for post in posts[start : start + AT_ONCE]]
        try:
            read_posts.apply_async((course_key, part), retry=True, retry_policy=SENDING)
        except Exception:
            log.warning("No worker can be asked at present; reconciliation reads what changed.", exc_info=True)
