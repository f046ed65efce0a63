"""The three most urgent items, short enough for a small screen."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nh3
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.host.errors import ForumError
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.asking import reply_options
from community_dashboard.moderation.decisions.kept_replies import canned_replies
from community_dashboard.moderation.decisions.queries import choices_for, text_to_judge
from community_dashboard.moderation.phone.taps import new_token
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.queue.filters import Filters
from community_dashboard.moderation.queue.queries import count, findings_of, page_of_items, ref_of
from community_dashboard.moderation.queue.reach import Reach
from community_dashboard.moderation.queue.words import finding_words

SHOWN = 3
LOOKED_AT = 12  # for three that nobody else looks at
LONGEST = 900  # characters of a text; there is a link to the rest
READ = 20_000  # characters that are cleaned for it


@dataclass(frozen=True)
class ShownItem:
    """One item with what its three buttons send."""

    ref: PostRef
    version: int
    seen: str
    tap: str  # one for all three: whichever comes first is taken
    title: str
    text: str
    cut: bool
    author: str
    since: datetime
    why: tuple[str, ...]
    may: frozenset[str]  # values of Choice
    replies: tuple[tuple[str, str], ...] = ()  # kept ones: number, words


@dataclass(frozen=True)
class PhonePage:
    """What the template needs. `more` items wait beside these."""

    items: tuple[ShownItem, ...]
    more: int


def phone_items(course_key: CourseKey, *, reader: Any, reach: Reach, now: datetime) -> PhonePage:
    """What wants a moderator most and is free for this one. Some thirty queries."""
    found = page_of_items(course_key, Filters(), now=now, reach=reach, reader_id=reader.id, size=LOOKED_AT).items
    free = [
        item
        for item in found
        if item.claimed_by_id in (None, reader.id) or item.claimed_until is None or item.claimed_until <= now
    ][:SHOWN]
    refs = [ref_of(item) for item in free]
    posts = posts_in(course_key, refs)
    choices = choices_for(by=reader, course_key=course_key, posts=posts.values()) if reach.acts and posts else {}
    kept = canned_replies(course_key) if choices else []
    shown = [_shown(item, posts.get(ref_of(item)), choices.get(ref_of(item), []), reader, reach, kept) for item in free]
    items = tuple(one for one in shown if one is not None)
    waiting = count(course_key, Filters(), now=now, reach=reach, reader_id=reader.id)
    return PhonePage(items, max(0, waiting - len(items)))


def _shown(item: Any, post: Any, choices: list[Choice], reader: Any, reach: Reach, kept: list[Any]) -> ShownItem | None:
    ref = ref_of(item)
    try:
        text = text_to_judge(by=reader, course_key=item.course_key, ref=ref)
    except ForumError:
        text = None
    if text is None:
        return None
    body = plain(text.body)
    return ShownItem(
        ref=ref,
        version=item.version,
        seen=text.seen,
        tap=new_token(),
        title=text.title,
        text=body[:LONGEST],
        cut=len(body) > LONGEST or len(text.body) > READ,
        author=item.author.username if item.author else "",
        since=item.waits_since,
        why=tuple(finding_words(Reason(row.reason), row.code, row.facts) for row in findings_of(item)[:3]),
        may=frozenset(choice.value for choice in choices) if reach.may_act_on(item) and post else frozenset(),
        replies=tuple(reply_options(kept, item.language)),
    )


def plain(body: str) -> str:
    """The words of a body, without its tags."""
    return " ".join(html.unescape(nh3.clean(body[:READ], tags=set())).split())
