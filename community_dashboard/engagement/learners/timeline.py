"""Everything that one learner did in a course, in words, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.facts import BLOCK
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.queries import Cursor, Seen, activity_of
from referral_xblock.api import get_host

WORDS: dict[Kind, Any] = {
    Kind.REGISTERED: _("Made an account"),
    Kind.SIGNED_IN: _("Signed in"),
    Kind.ENROLLED: _("Enrolled"),
    Kind.CAME_BACK: _("Enrolled again"),
    Kind.LEFT: _("Left the course"),
    Kind.COMPLETED: _("Completed a part of"),
    Kind.GRADED: _("The grade was calculated"),
    Kind.PASSED: _("Passed the course"),
    Kind.CERTIFIED: _("Got the certificate"),
    Kind.REVOKED: _("The certificate was taken back"),
    Kind.POSTED: _("Opened a thread"),
    Kind.ANSWERED: _("Answered in a thread"),
    Kind.COMMENTED: _("Commented on an answer"),
    Kind.EDITED: _("Changed a post"),
    Kind.DELETED: _("A post was deleted"),
    Kind.FLAGGED: _("Reported a post"),
    Kind.UNFLAGGED: _("Took a report back"),
    Kind.VOTED: _("Voted for a post"),
    Kind.ENDORSED: _("Endorsed an answer"),
    Kind.FOLLOWED: _("Followed a thread"),
    Kind.OPENED: _("Opened"),
    Kind.WATCHED: _("Played a video in"),
    Kind.TRIED: _("Answered a problem in"),
    Kind.SHARED: _("Shared a link to the course"),
    Kind.BROUGHT: _("Brought somebody: a friend enrolled by this learner’s link"),
    Kind.UNCREDITED: _("Brought somebody who does not count any more"),
}
# Where the course no longer has the block, the sentence ends without it.
ALONE: dict[Kind, Any] = {
    Kind.COMPLETED: _("Completed a part of the course"),
    Kind.OPENED: _("Opened a part of the course"),
    Kind.WATCHED: _("Played a video"),
    Kind.TRIED: _("Answered a problem"),
}
POST_KINDS = ("thread", "comment")


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `words` and then `place`, which links to `url` where there is one."""

    at: datetime
    words: str
    place: str = ""
    url: str = ""
    timed: bool = True  # False: only the day is known


@dataclass(frozen=True)
class Timeline:
    """One page of it. `older` is where the next one begins, as it stands in an address; "" on the last."""

    entries: list[Entry]
    older: str


def timeline_of(course_key: CourseKey, user_id: int, *, older: Cursor | None = None, size: int = 50) -> Timeline:
    """One page of what somebody did in a course. One query, and the host's two for the titles of units."""
    page = activity_of(user_id, course_key=course_key, older_than=older, size=size)
    blocks = {row.about[1] for row in page.rows if row.about[0] == BLOCK}
    titles = get_host().block_titles(sorted(blocks)) if blocks else {}
    return Timeline(
        [_entry(row, course_key, titles) for row in page.rows],
        f"{page.older[0].isoformat()}~{page.older[1]}" if page.older else "",
    )


def older_from(text: str) -> Cursor | None:
    """Where a page begins, from an address; None for the newest; ValueError for what is no such place."""
    if not text:
        return None
    moment, _tilde, number = text.partition("~")
    place = datetime.fromisoformat(moment)
    if place.tzinfo is None or not number.isascii() or not number.isdecimal() or len(number) > 18:
        raise ValueError(text)
    return place, int(number)


def _entry(row: Seen, course_key: CourseKey, titles: dict[str, str]) -> Entry:
    kind, number = row.about
    words = WORDS[row.kind]
    if kind == BLOCK:
        if number not in titles:
            return Entry(row.happened_at, str(ALONE.get(row.kind, words)))
        url = reverse("community_dashboard:learners_unit", args=[str(course_key)])
        return Entry(row.happened_at, str(words), titles[number], f"{url}?{urlencode({'block': number})}")
    url = ""
    if kind in POST_KINDS and row.kind is not Kind.DELETED:
        url = reverse("community_dashboard:learners_post", args=[str(course_key), kind, number])
    return Entry(row.happened_at, str(words), "", url, row.kind is not Kind.SHARED)
