"""What the list of the queue shows: its rows, the filters above it, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.formats import get_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.visits import Visit
from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host as get_forum_host
from community_dashboard.moderation.projection.queries import words_in
from community_dashboard.moderation.queue.filters import Filters, filters_from
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.queue.queries import COUNTED, ItemPage, Listed, page_of_items, ref_of
from community_dashboard.moderation.queue.reach import Reach, reach_of
from community_dashboard.moderation.queue.reasons import reasons_in
from community_dashboard.moderation.queue.score import age_part
from community_dashboard.moderation.queue.words import REASONS, claim_words, since_words
from referral_xblock.api import Role, get_host

SHOWN = 140  # characters of a post in a row
PAGES = 1000  # nobody reads further; a filter does it better


class Row(TypedDict):
    """One post in the list, in words: its template only puts them into their places, and finds them quickest in a dict."""

    id: str  # for the markup
    url: str
    pick: str  # what ticking it is called
    title: str  # of a comment that of its thread
    excerpt: str
    author: str
    reasons: list[str]
    points: str
    since: str  # the moment from which it waits, for programs
    since_then: str  # the same for people
    waits: str  # for how long
    claimed: str  # a sentence, "" if nobody else looks at it
    assigned: str  # likewise


@dataclass(frozen=True)
class _Shared:
    """The words that rows have in common, in the reader's language: translated once for all of them."""

    pick: str
    answer: str
    assigned: str
    untitled: str
    nobody: str
    moment: str  # the format of a date with its time
    reasons: dict[int, list[str]]  # by the bits of an item


@dataclass(frozen=True)
class Desk:
    """A reader in front of the list of one course."""

    course_key: CourseKey
    reader: Any
    reach: Reach
    filters: Filters
    page: int
    now: datetime

    def url_of(self, item: QueueItem | Listed) -> str:
        """The address of an item, which keeps the filter and the page."""
        return self._with_query(f"{self._items_path}{item.kind}/{item.post_id}/")

    @cached_property
    def _items_path(self) -> str:
        """What the addresses of all items begin with: looked up once, not fifty times."""
        path = reverse("community_dashboard:moderation_item", args=[str(self.course_key), "kind", "number"])
        return path.removesuffix("kind/number/")

    @property
    def url(self) -> str:
        """The address of the list."""
        return self._with_query(reverse("community_dashboard:moderation", args=[str(self.course_key)]))

    @cached_property
    def query(self) -> str:
        """Filter and page, for forms that come back here."""
        return self.filters.query(page=self.page if self.page > 1 else "")

    def items(self) -> ItemPage:
        """The page of the list. Three queries at most."""
        who = {"reach": self.reach, "reader_id": self.reader.id}
        return page_of_items(self.course_key, self.filters, self.page, now=self.now, bare=True, **who)

    def _with_query(self, path: str) -> str:
        return f"{path}?{self.query}" if self.query else path


def desk_of(request: HttpRequest, visit: Visit, *, now: datetime) -> Desk:
    """From the address; the queries of the reader's cohort at most."""
    return desk_from(request.GET, request.user, visit.course_key, now=now, roles=visit.roles)


def desk_from(
    values: Any, reader: Any, course_key: CourseKey, *, now: datetime, roles: frozenset[Role] | None = None
) -> Desk:
    """From the fields of an address (a QueryDict). `roles` as in `reach_of`."""
    page = values.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    filters = filters_from(values, values.getlist("topic"))
    reach = reach_of(reader, course_key, roles=roles)
    return Desk(course_key, reader, reach, filters, min(max(number, 1), PAGES), now)


def rows_of(desk: Desk, items: Iterable[QueueItem | Listed]) -> list[Row]:
    """The items as rows. Three queries at most: posts, the threads of comments among them, and names."""
    shown = list(items)
    refs = {ref_of(item) for item in shown}
    refs |= {PostRef(PostKind.THREAD, item.thread_id) for item in shown if item.thread_id}
    posts = words_in(desk.course_key, refs)
    names = names_of(
        number for item in shown for number in (item.author_id, item.claimed_by_id, item.assigned_to_id) if number
    )
    reasons = {bits: [str(REASONS[one]) for one in reasons_in(bits)] for bits in {item.reasons for item in shown}}
    shared = _Shared(
        pick=_("Pick “%(title)s”"),
        answer=_("Answer in: %(title)s"),
        assigned=_("assigned to %(name)s"),
        untitled=_("Without a title"),
        nobody=_("no longer here"),
        moment=get_format("SHORT_DATETIME_FORMAT"),
        reasons=reasons,
    )
    return [_row(desk, item, posts, names, shared) for item in shown]


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """How each of these people is called. One query."""
    wanted = sorted(set(user_ids))
    return (
        {number: person.name or person.username for number, person in get_host().people(wanted).items()}
        if wanted
        else {}
    )


def claimed_words(item: QueueItem | Listed, desk: Desk, names: dict[int, str]) -> str:
    """Who else looks at it now; "" for nobody."""
    by = item.claimed_by_id
    if by is None or by == desk.reader.id or item.claimed_until is None or item.claimed_until <= desk.now:
        return ""
    return claim_words(names.get(by, _("Somebody")), item.claimed_since, desk.now)


def held_until(item: QueueItem, desk: Desk) -> str:
    """To when the reader holds it, as a text to give back on letting go; "" if they do not."""
    held = item.claimed_by_id == desk.reader.id and item.claimed_until is not None and item.claimed_until > desk.now
    return item.claimed_until.isoformat() if held and item.claimed_until else ""


def points_of(item: QueueItem | Listed, now: datetime) -> str:
    """The score as it is now, in a figure."""
    return number_format(round(item.score + age_part(item.waits_since, now).points))


def total_words(page: ItemPage) -> str:
    """ "12", "more than 1,000"."""
    if page.total > COUNTED:
        return _("more than %(number)s") % {"number": number_format(COUNTED)}
    return number_format(page.total)


def topic_names(course_key: CourseKey) -> dict[str, str]:
    """The topics of the course by id, in its order. Two queries at most."""
    return {topic.id: topic.title for topic in get_forum_host().topics(course_key)}


def shortened(text: str) -> str:
    """The beginning of a text, as much as a row has room for."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _row(
    desk: Desk, item: QueueItem | Listed, posts: dict[PostRef, Any], names: dict[int, str], shared: _Shared
) -> Row:
    post = posts.get(ref_of(item))
    thread = posts.get(PostRef(PostKind.THREAD, item.thread_id))
    title = (thread.title if thread else "") or (post.title if post else "") or shared.untitled
    since = localtime(item.waits_since)
    assigned = names.get(item.assigned_to_id, "") if item.assigned_to_id else ""
    return Row(
        id=f"{item.kind}-{item.post_id}",
        url=desk.url_of(item),
        pick=shared.pick % {"title": title},
        title=shared.answer % {"title": title} if item.kind == PostKind.COMMENT else title,
        excerpt=shortened(post.excerpt) if post else "",
        author=(names.get(item.author_id, "") if item.author_id else "") or shared.nobody,
        reasons=shared.reasons[item.reasons],
        points=points_of(item, desk.now),
        since=since.isoformat(),
        since_then=date_format(since, shared.moment),
        waits=since_words(item.waits_since, desk.now),
        claimed=claimed_words(item, desk, names),
        assigned=shared.assigned % {"name": assigned} if assigned else "",
    )
