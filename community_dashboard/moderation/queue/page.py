"""What the templates of the queue are given."""

from __future__ import annotations

from typing import Any

from community_dashboard.access.visits import Visit
from community_dashboard.moderation.queue.choices import sentence_of
from community_dashboard.moderation.queue.desk import Desk, rows_of, total_words
from community_dashboard.moderation.queue.keys import keys_of
from community_dashboard.moderation.queue.news import news_url, read_forum
from community_dashboard.moderation.queue.queries import saved_filters, shortcuts_of
from community_dashboard.moderation.queue.reach import NO_COHORT
from community_dashboard.moderation.queue.words import KEYS
from referral_xblock.api import get_host


def list_context(visit: Visit, desk: Desk) -> dict[str, Any]:
    """The list with its filters; some ten queries whatever the page and the size of the course."""
    page = desk.items()
    kept = shortcuts_of(desk.reader.id)
    keys = keys_of(kept.on, kept.keys) if kept else keys_of()
    return {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "queue",
        "desk": desk,
        "page": page,
        "start": (page.page - 1) * len(page.items) + 1,
        "rows": rows_of(desk, page.items),
        "total": total_words(page),
        "selects": sentence_of(desk),
        "saved": saved_filters(desk.reader.id, desk.course_key),
        "keys_on": keys.on,
        "keys": [(act, keys.of[act], str(words)) for act, words in KEYS.items()],
        "keys_told": " ".join(f"{act} {keys.of[act]}" for act in KEYS),
        "no_cohort": desk.reach.sees_group == NO_COHORT,
        "following": desk.filters.query(page=page.page + 1) if page.following else "",
        "news": news_url(desk),
        "filling": read_forum(desk.course_key, now=desk.now),
        "first": desk.filters.query() if page.page > 1 else None,
    }
