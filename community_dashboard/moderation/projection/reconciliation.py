"""What the forum's tables say and our rows do not: missed by a listener that failed, or changed behind the forum's back.

Often: posts with numbers above the last one seen, and reports. Once a day, since it walks through whole tables: posts that were
changed (written, edited, endorsed, closed, moved), those that are there and not here or the other way round, and pins, which
leave no mark. What was found is handed to `read`, which reads those posts anew; the place moves on when it has.
Posts in MongoDB have no tables; nothing finds what was not told of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db.models import Count, F, Max, Sum
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import course_of, forum_is_here
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.models import Filling, ForumPost, SeenChanges
from community_dashboard.moderation.projection.queries import courses_of
from community_dashboard.moderation.projection.reading import content_type_of, rows_of

PAGE = 500
SETTLED = timedelta(minutes=10)  # a row with a lower number may still be in a transaction that has not ended
THOROUGH_EVERY = timedelta(days=1)
BLOCK_BITS = 12  # posts are counted and summed in blocks of 4,096 numbers

Read = Callable[[CourseKey, list[PostRef]], Any]


@dataclass
class Found:
    """How many posts were read anew, by why."""

    new: int = 0
    reports: int = 0
    changed: int = 0
    there_or_not: int = 0
    pinned: int = 0


def reconcile(*, now: datetime, read: Read, thorough: bool = False) -> Found:
    """Finds and has read what is not as it should be; repeatable at any time, and killed it goes on at the last page.

    `thorough` looks through everything now, and not only once a day. Often: six queries where nothing is amiss.
    """
    found = Found()
    if not forum_is_here():
        return found
    for kind in PostKind:
        found.new += _look_for_new(kind, now, read)
        found.reports += _look_at_reports(kind, read)
    for kind in PostKind:
        place = _place(kind, now)
        if thorough or place.began_at is not None or now - place.seen_until >= THOROUGH_EVERY:
            found.there_or_not += _look_who_is_there(kind, read)
            found.pinned += _look_at_pins(read) if kind is PostKind.THREAD else 0
            found.changed += _look_for_changes(place, now, read)
    return found


def _place(kind: PostKind, now: datetime) -> SeenChanges:
    """Where we are; from the first time on, what was before is left to filling."""
    place = SeenChanges.objects.filter(kind=kind.value).first()
    if place is None:
        newest = rows_of(kind).filter(created_at__lte=now - SETTLED).aggregate(last=Max("pk"))["last"] or 0
        place, _first = SeenChanges.objects.get_or_create(
            kind=kind.value, defaults={"newest": newest, "seen_until": now - THOROUGH_EVERY}
        )
    return place


def _look_for_new(kind: PostKind, now: datetime, read: Read) -> int:
    """Posts above the highest number seen that are not here. Two queries for 500 posts."""
    place, count, more = _place(kind, now), 0, True
    while more:
        rows = list(
            rows_of(kind)
            .filter(pk__gt=place.newest)
            .order_by("pk")
            .values_list("pk", "course_id", "updated_at", "created_at")[:PAGE]
        )
        settled = list(takewhile(lambda row: row[3] <= now - SETTLED, rows))
        count += _read_what_differs(kind, [row[:3] for row in settled], read)
        if settled:
            place.newest = settled[-1][0]
            place.save(update_fields=["newest"])
        more = len(settled) == PAGE
    return count


def _look_for_changes(place: SeenChanges, now: datetime, read: Read) -> int:
    """Posts whose mark of change is younger than the last look. One walk through the table, and a query for 500 posts."""
    kind, count, more = PostKind(place.kind), 0, True
    if place.began_at is None:
        place.began_at, place.reached = now, 0
    while more:
        changed = rows_of(kind).filter(pk__gt=place.reached, updated_at__gte=place.seen_until - SETTLED)
        rows = list(changed.order_by("pk").values_list("pk", "course_id", "updated_at")[:PAGE])
        count += _read_what_differs(kind, rows, read)
        more = len(rows) == PAGE
        if more:
            place.reached = rows[-1][0]
        else:
            place.seen_until, place.began_at, place.reached = place.began_at, None, 0
        place.save(update_fields=["seen_until", "began_at", "reached"])
    return count


def _read_what_differs(kind: PostKind, rows: list[tuple[int, str, datetime]], read: Read) -> int:
    """Of some posts (number, course, mark of change) those that are not here, or with another mark."""
    ours = ForumPost.objects.filter(kind=kind.value, post_id__in=[str(row[0]) for row in rows], gone_at=None)
    known = dict(ours.values_list("number", "changed_at"))
    by_course: dict[str, list[PostRef]] = {}
    for number, course, changed_at in rows:
        if known.get(number) != changed_at:
            by_course.setdefault(course, []).append(PostRef(kind, str(number)))
    return _read_all({key: refs for course, refs in by_course.items() if (key := course_of(course))}, read)


def _look_at_reports(kind: PostKind, read: Read) -> int:
    """Posts with another number of reports than here. Two queries; reports of posts that are gone do not count."""
    from forum.backends.mysql.models import AbuseFlagger

    flags = AbuseFlagger.objects.filter(
        content_type_id=content_type_of(kind), content_object_id__in=rows_of(kind).values("pk")
    )
    theirs = set(flags.values_list("content_object_id").annotate(Count("pk")).order_by())
    ours = set(ForumPost.objects.filter(reports__gt=0, kind=kind.value, number__gt=0).values_list("number", "reports"))
    return _read_all(courses_of(_refs(kind, {number for number, _count in theirs ^ ours})), read)


def _look_at_pins(read: Read) -> int:
    """Threads that are pinned there and not here, or the other way round. Two queries."""
    theirs = set(rows_of(PostKind.THREAD).filter(pinned=True).values_list("pk", flat=True))
    ours = set(
        ForumPost.objects.filter(
            course_key__in=_filled(), kind=PostKind.THREAD.value, number__gt=0, gone_at=None, pinned=True
        ).values_list("number", flat=True)
    )
    return _read_all(courses_of(_refs(PostKind.THREAD, theirs ^ ours)), read)


def _look_who_is_there(kind: PostKind, read: Read) -> int:
    """Posts of filled courses that are only here, or only there. Two queries a course, two more for each block that differs."""
    count = 0
    for course_key in _filled():
        there = rows_of(kind).filter(course_id=str(course_key))
        here = ForumPost.objects.filter(course_key=course_key, kind=kind.value, number__gt=0, gone_at=None)
        differing = {block for block, _n, _sum in _blocks(there, "id") ^ _blocks(here, "number")}
        for block in sorted(differing):
            bounds = (block << BLOCK_BITS, (block + 1 << BLOCK_BITS) - 1)
            numbers = set(there.filter(pk__range=bounds).values_list("pk", flat=True))
            numbers ^= set(here.filter(number__range=bounds).values_list("number", flat=True))
            count += _read_all({course_key: _refs(kind, numbers)}, read)
    return count


def _blocks(rows: Any, number: str) -> set[tuple[int, int, int]]:
    """How many rows each block of numbers has, and their sum. Answered by an index alone."""
    counted = rows.annotate(block=F(number).bitrightshift(BLOCK_BITS)).values_list("block")
    return {
        (int(block), int(n), int(total)) for block, n, total in counted.annotate(Count(number), Sum(number)).order_by()
    }


def _filled() -> list[CourseKey]:
    return list(Filling.objects.exclude(finished_at=None).order_by("id").values_list("course_key", flat=True))


def _refs(kind: PostKind, numbers: Iterable[int]) -> list[PostRef]:
    return [PostRef(kind, str(number)) for number in sorted(numbers)]


def _read_all(by_course: dict[CourseKey, list[PostRef]], read: Read) -> int:
    for course_key, refs in by_course.items():
        for part in _parts(refs):
            read(course_key, part)
    return sum(len(refs) for refs in by_course.values())


def _parts(refs: list[PostRef]) -> Iterator[list[PostRef]]:
    for start in range(0, len(refs), PAGE):
        yield refs[start : start + PAGE]
