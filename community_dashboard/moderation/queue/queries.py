"""Reads of the queue. A page costs the same whatever its number and the size of the course: an index, then its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.projection.queries import find_post, reported_posts
from community_dashboard.moderation.queue.filters import ME, NOBODY, Filters
from community_dashboard.moderation.queue.models import QueueFinding, QueueItem, SavedFilter, Shortcuts
from community_dashboard.moderation.queue.reach import Reach
from community_dashboard.moderation.queue.reasons import BITS, bits_of
from community_dashboard.moderation.queue.weighing import without_findings

MOST_NEW = 99  # what came since a page was made
COUNTED = 1000  # a list that is longer says "more than": nobody acts on the difference
EVERYTHING = Reach(acts=False)
BURNING = bits_of([Reason.REPORTED, Reason.HELD])


class Listed(NamedTuple):
    """Of an item what a row of the list is made of: the rest costs more to read than all of this."""

    id: int
    kind: str
    post_id: str
    thread_id: str
    author_id: int | None
    waits_since: datetime
    reasons: int
    score: float
    assigned_to_id: int | None
    claimed_by_id: int | None
    claimed_since: datetime | None
    claimed_until: datetime | None


@dataclass(frozen=True)
class ItemPage:
    """So many items, what wants a moderator most first, with author and findings read along, or bare (`Listed`).

    `total` is exact up to `COUNTED`; above it is `COUNTED + 1`.
    """

    items: list[Any]
    page: int
    following: bool  # whether there is another page
    total: int


def item_of(course_key: CourseKey, ref: PostRef) -> QueueItem | None:
    """The item of a post, open or not, with its findings. Two queries."""
    items = QueueItem.objects.filter(course_key=course_key, kind=ref.kind.value, post_id=ref.id)
    return (
        items.select_related("author", "claimed_by", "assigned_to", "decided_by").prefetch_related("findings").first()
    )


def item_or_post(course_key: CourseKey, ref: PostRef) -> QueueItem | None:
    """The item of a post; for a post that never stood in the queue one that is not kept, without a number. None without a post.

    Two queries; for a post without an item one more, and the host's for a cohort.
    """
    found = item_of(course_key, ref)
    if found is not None:
        return found
    post = find_post(course_key, ref)
    return without_findings(course_key, post) if post is not None else None


def page_of_items(
    course_key: CourseKey,
    filters: Filters,
    page: int = 1,
    *,
    now: datetime,
    reach: Reach = EVERYTHING,
    reader_id: int | None = None,
    size: int | None = None,
    bare: bool = False,
) -> ItemPage:
    """One page. `reach` narrows it to what the reader may see; `reader_id` is who "me" is. Four queries at most.

    One finds the numbers of the page in an index, one counts in it up to `COUNTED` where the page itself does not tell, two read
    the rows, with the people, and their findings: `bare` reads what a list shows of the rows alone.
    """
    size = size or settings.COMMUNITY_PAGE_SIZE
    found = matching(course_key, filters, reach=reach, reader_id=reader_id, now=now)
    start = (max(page, 1) - 1) * size
    numbers = list(found.order_by("-order", "-id").values_list("id", flat=True)[start : start + size + 1])
    rows: Any = QueueItem.objects.filter(id__in=numbers[:size])
    if bare:
        rows = map(Listed._make, rows.values_list(*Listed._fields))
    else:
        rows = rows.select_related("author", "claimed_by", "assigned_to").prefetch_related("findings")
    by_number = {item.id: item for item in rows}
    following, seen = len(numbers) > size, start + len(numbers)
    if numbers and (seen > COUNTED or not following):
        total = min(seen, COUNTED + 1)
    else:
        total = count(course_key, filters, now=now, reach=reach, reader_id=reader_id)
    return ItemPage(
        [by_number[number] for number in numbers[:size] if number in by_number], max(page, 1), following, total
    )


def matching(
    course_key: CourseKey, filters: Filters, *, reach: Reach, reader_id: int | None, now: datetime
) -> QuerySet[QueueItem]:
    """The items that a filter finds, in no order, for the lists and for jobs over all of them. No query yet."""
    found = QueueItem.objects.filter(course_key=course_key, state=filters.state)
    wanted = BURNING if filters.burning else 0 if filters.reason is None else BITS[filters.reason]
    if wanted:
        found = found.annotate(has=F("reasons").bitand(wanted)).filter(has__gt=0)
    if filters.topics:
        found = found.filter(topic_id__in=filters.topics)
    for group in {filters.group, reach.sees_group} - {None}:
        found = found.filter(Q(group_id=group) | Q(author_group=group))
    if filters.language:
        found = found.filter(language=filters.language)
    if filters.hours:
        found = found.filter(waits_since__lte=now - timedelta(hours=filters.hours))
    if filters.author is not None:
        found = found.filter(author=filters.author)
    if filters.assignee == NOBODY:
        found = found.filter(assigned_to=None)
    elif filters.assignee:
        found = found.filter(assigned_to=reader_id if filters.assignee == ME else int(filters.assignee))
    return found


def has_items(course_key: CourseKey) -> bool:
    """Whether anything was ever found in this course. One query by an index."""
    return QueueItem.objects.filter(course_key=course_key).exists()


def count(
    course_key: CourseKey,
    filters: Filters,
    *,
    now: datetime,
    reach: Reach = EVERYTHING,
    reader_id: int | None = None,
    most: int = COUNTED,
) -> int:
    """How many items a filter finds, exact up to `most` and `most + 1` above. One query that stops there."""
    found = matching(course_key, filters, reach=reach, reader_id=reader_id, now=now)
    return found.order_by()[: most + 1].count()


def reported_without_item() -> dict[CourseKey, list[PostRef]]:
    """Posts with reports that never came into the queue, by course. One query, by the index of reported posts."""
    items = QueueItem.objects.filter(kind=OuterRef("kind"), post_id=OuterRef("post_id"))
    rows = reported_posts().exclude(Exists(items)).order_by("id")
    found: dict[CourseKey, list[PostRef]] = {}
    for course_key, kind, post_id in rows.values_list("course_key", "kind", "post_id"):
        found.setdefault(course_key, []).append(PostRef(PostKind(kind), post_id))
    return found


def newest_number() -> int:
    """The number of the newest item of the site; 0 without one. One query, the end of an index."""
    return QueueItem.objects.order_by("-id").values_list("id", flat=True).first() or 0


def count_new(
    course_key: CourseKey,
    filters: Filters,
    *,
    since: datetime,
    after: int,
    now: datetime,
    reach: Reach = EVERYTHING,
    reader_id: int | None = None,
) -> int:
    """How many items a filter finds that were made after number `after`, or wait only since then; `MOST_NEW + 1` at most.

    One query, answered by an index where the filter is.
    """
    found = matching(course_key, filters, reach=reach, reader_id=reader_id, now=now)
    return found.filter(Q(id__gt=after) | Q(waits_since__gt=since)).order_by()[: MOST_NEW + 1].count()


def next_item(
    course_key: CourseKey,
    filters: Filters,
    *,
    after: QueueItem | None,
    reader_id: int,
    now: datetime,
    reach: Reach = EVERYTHING,
) -> QueueItem | None:
    """The item that follows `after` in the list and that nobody else looks at; from the top again at its end.

    Two queries, three at the end of the list, and one for findings.
    """
    found = matching(course_key, filters, reach=reach, reader_id=reader_id, now=now).order_by("-order", "-id")
    free = found.filter(Q(claimed_by=None) | Q(claimed_by=reader_id) | Q(claimed_until__lte=now))
    if after is not None and after.pk is not None:
        free = free.exclude(pk=after.pk)
        below = free.filter(Q(order__lt=after.order) | Q(order=after.order, id__lt=after.id))
        item = below.select_related("author", "claimed_by", "assigned_to").prefetch_related("findings").first()
        if item is not None:
            return item
    return free.select_related("author", "claimed_by", "assigned_to").prefetch_related("findings").first()


def findings_of(item: QueueItem) -> list[QueueFinding]:
    """What no decision has answered, the heaviest first. No query for an item from `item_of` or a page."""
    if item.pk is None:
        return []
    rows = [row for row in item.findings.all() if item.decided_at is None or row.since > item.decided_at]
    return sorted(rows, key=lambda row: (-row.weight, row.reason))


def ref_of(item: QueueItem | Listed) -> PostRef:
    """Which post it is."""
    return PostRef(PostKind(item.kind), item.post_id)


def saved_filters(user_id: int, course_key: CourseKey) -> list[SavedFilter]:
    """The filters this person keeps for the course, by name. One query."""
    return list(SavedFilter.objects.filter(user_id=user_id, course_key=course_key).order_by("name"))


def shortcuts_of(user_id: int) -> Shortcuts | None:
    """What this person chose of keys; None: nothing. One query."""
    return Shortcuts.objects.filter(user_id=user_id).first()
