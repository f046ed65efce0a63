"""Some posts of one course with what every source wants to know of them, read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Finding
from community_dashboard.moderation.decisions.queries import texts_to_examine
from community_dashboard.moderation.projection.queries import bodies_of, posts_in
from community_dashboard.moderation.queue.items import items_of

# What is older was there before us, or was examined when it came: its text is not judged. Reports and waits have no such limit.
RECENT = timedelta(days=7)


@dataclass
class Batch:
    """Rows, texts and items by post. `texts` has (title, body) as the authors wrote them, of recent posts of learners alone."""

    course_key: CourseKey
    now: datetime
    rows: dict[PostRef, Any]
    texts: dict[PostRef, tuple[str, str]] = field(default_factory=dict)
    items: dict[PostRef, Any] = field(default_factory=dict)

    def written_since(self, ref: PostRef) -> datetime:
        """When the text that stands there was written."""
        row = self.rows[ref]
        return max(row.created_at, row.edited_at or row.created_at)

    def told(self, ref: PostRef, source: str) -> list[Finding]:
        """What a source told of a post before, decided on or not."""
        item = self.items.get(ref)
        found = item.findings.all() if item is not None else ()
        return [
            Finding(row.reason, row.code, row.weight, row.since, row.facts) for row in found if row.source == source
        ]


def read_batch(course_key: CourseKey, refs: Iterable[PostRef], now: datetime) -> Batch:
    """The batch of these posts, with the threads that comments among them belong to. Twelve queries at most."""
    rows = posts_in(course_key, refs)
    threads = {PostRef(PostKind.THREAD, row.thread_id) for row in rows.values()} - rows.keys()
    rows |= posts_in(course_key, threads)
    batch = Batch(course_key, now, rows)
    asked: Sequence[PostRef] = [
        ref
        for ref, row in rows.items()
        if ref not in threads
        and row.gone_at is None
        and not row.by_staff
        and row.author_id is not None
        and now - batch.written_since(ref) <= RECENT
    ]
    bodies = bodies_of(course_key, [ref for ref in asked if not rows[ref].masked])
    batch.texts = {ref: (rows[ref].title, body) for ref, body in bodies.items()}
    batch.texts |= texts_to_examine([ref for ref in asked if rows[ref].masked])
    batch.items = items_of(course_key, rows)
    return batch
