"""What waits in a course for one moderator, as far as they may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.clock.queries import calendar_of, targets_of, waits_for_answers
from community_dashboard.moderation.clock.waits import clocked
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.queue.filters import ME, Filters
from community_dashboard.moderation.queue.queries import findings_of, page_of_items, ref_of
from community_dashboard.moderation.queue.reach import Reach
from community_dashboard.moderation.queue.words import finding_words

SHOWN = 5  # of each list
LONGEST = 80  # characters of a title


@dataclass(frozen=True)
class Line:
    """One item of the queue."""

    kind: str
    post_id: str
    title: str  # "" for a post that is masked: a mail stays for longer than the mask
    why: str
    since: datetime


@dataclass(frozen=True)
class Contents:
    """What a digest tells."""

    waiting: int  # open items of the queue
    mine: int  # of them assigned to the reader
    unanswered: int  # questions whose authors wait
    past: int  # of them past the target
    soon: int  # of them past it in the next four hours, unless somebody acts
    first: tuple[Line, ...]  # the most urgent
    own: tuple[Line, ...]  # assigned to the reader

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.waiting or self.unanswered)


def contents_for(user: Any, course_key: CourseKey, *, reach: Reach, now: datetime) -> Contents:
    """What a moderator is told today. Some fifteen queries; texts of reasons in the language that is active."""
    pages = {
        who: page_of_items(course_key, Filters(assignee=who), now=now, reach=reach, reader_id=user.id, size=SHOWN)
        for who in ("", ME)
    }
    refs = [ref_of(item) for page in pages.values() for item in page.items]
    posts = posts_in(course_key, refs) if refs else {}
    targets = targets_of(course_key)
    waits = waits_for_answers(course_key, targets, now, group_id=reach.sees_group)
    clocks = clocked(waits, calendar=calendar_of(course_key), targets=targets, now=now)
    return Contents(
        waiting=pages[""].total,
        mine=pages[ME].total,
        unanswered=len(waits),
        past=sum(one.is_past(now) for one in clocks),
        soon=sum(one.is_soon(now) for one in clocks),
        first=tuple(_line(item, posts.get(ref_of(item))) for item in pages[""].items),
        own=tuple(_line(item, posts.get(ref_of(item))) for item in pages[ME].items),
    )


def _line(item: Any, post: Any) -> Line:
    said = (post.title or post.excerpt) if post is not None and not post.masked else ""
    reasons = findings_of(item)[:1]
    return Line(
        kind=item.kind,
        post_id=item.post_id,
        title=said if len(said) <= LONGEST else said[: LONGEST - 1] + "…",
        why=finding_words(Reason(reasons[0].reason), reasons[0].code, reasons[0].facts) if reasons else "",
        since=item.waits_since,
    )
