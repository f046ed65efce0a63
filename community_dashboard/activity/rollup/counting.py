"""One day of one course, counted from the record: person by person, so that memory does not grow with the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import ExtractHour
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.kinds import LEARNING, Kind
from community_dashboard.activity.models import Activity
from community_dashboard.activity.rollup.metrics import METRICS, Unit
from community_dashboard.activity.rollup.rows import DayRow, midnight

# The record of these is never cleared away: what is counted of them alone can always be counted again.
MILESTONES = (Kind.ENROLLED, Kind.CAME_BACK, Kind.LEFT, Kind.PASSED, Kind.CERTIFIED, Kind.BROUGHT, Kind.UNCREDITED)
MILESTONE_COLUMNS = ("enrolled_at", "came_back_at", "left", "left_at", "passed_at", "certified_at", "brought")
BLOCK_COLUMNS = (Kind.COMPLETED.value, Kind.WATCHED.value, Kind.TRIED.value, Kind.OPENED.value)

_COUNTED_IN = {
    **{kind: kind for kind in BLOCK_COLUMNS},
    Kind.POSTED.value: "posted",
    Kind.ANSWERED.value: "answered",
    Kind.COMMENTED.value: "answered",
    Kind.ENDORSED.value: "endorsed",
    Kind.LEFT.value: "left",
    Kind.BROUGHT.value: "brought",
}
_FIRST = {Kind.ENROLLED.value: "enrolled_at", Kind.PASSED.value: "passed_at", Kind.CERTIFIED.value: "certified_at"}
_LAST = {Kind.LEFT.value: "left_at", Kind.CAME_BACK.value: "came_back_at"}
_LEARNING = frozenset(kind.value for kind in LEARNING)
_METRIC_OF = {
    kind.value: name for name, metric in METRICS.items() if metric.unit is Unit.TIMES for kind in metric.kinds
}

Group = tuple[int, str, int, int, datetime, datetime]  # person, kind, hour, times, first, last


@dataclass(frozen=True)
class Blocks:
    """What was done with blocks on one day."""

    people: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # how many, in the order of BLOCK_COLUMNS
    last: Mapping[int, str] = field(default_factory=dict)  # the block that each account completed last


@dataclass
class DayCount:
    """What one day comes to; whole once `people` was read to its end."""

    course_key: CourseKey
    day: date
    milestones_only: bool = False
    last_blocks: Mapping[int, str] = field(default_factory=dict)
    rows: int = 0  # of the record, of the kinds that are counted
    metrics: Counter[str] = field(default_factory=Counter)

    def people(self) -> Iterator[DayRow]:
        """Everybody of whom something is in the record that day, by person. Two queries.

        The database groups the rows by person, kind and hour; of its answer one person is in memory at a time (with MySQL
        the answer itself, as the driver holds it).
        """
        rows = record_of(self.course_key, self.day)
        if self.milestones_only:
            rows = rows.filter(kind__in=[kind.value for kind in MILESTONES])
        stubs = ((-stub, *rest) for stub, *rest in _groups(rows.filter(user=None), "stub", "-stub"))
        users = _groups(rows.filter(user__isnull=False), "user_id", "user_id")
        current: dict[str, Any] | None = None
        for person, kind, hour, times, first, last in chain(stubs, users):
            self.rows += times
            if name := _METRIC_OF.get(kind):
                self.metrics[name] += times
            if person == 0:  # nobody knows who
                continue
            if current is None or current["person"] != person:
                if current is not None:
                    yield self._finished(current)
                current = _nothing(person, self.day, self.last_blocks.get(person, ""))
            _add(current, kind, hour, times, first, last)
        if current is not None:
            yield self._finished(current)

    def _finished(self, one: dict[str, Any]) -> DayRow:
        if one["learning"]:
            self.metrics["active"] += 1
        for hour in range(24):
            if one["hours"] >> hour & 1:
                self.metrics[f"hour_{hour:02}"] += 1
        return DayRow(**one)


def record_of(course_key: CourseKey, day: date) -> QuerySet:
    """The rows of the record of one day (UTC) of one course."""
    start = midnight(day)
    if day == date.max:
        return Activity.objects.filter(course_key=course_key, happened_at__gte=start)
    return Activity.objects.filter(
        course_key=course_key, happened_at__gte=start, happened_at__lt=start + timedelta(days=1)
    )


def count_blocks(course_key: CourseKey, day: date) -> Blocks:
    """How many people completed, watched, tried and opened each block, and which each person completed last. One query.

    The rows are counted here: a database that groups by names of 255 characters takes several times as long. They come in the
    order of the index over a course's time, so that of two in one moment the later row is read later.
    """
    rows = record_of(course_key, day).filter(kind__in=BLOCK_COLUMNS).order_by("happened_at", "kind", "user_id", "id")
    times: dict[tuple[str, str], int] = defaultdict(int)
    last: dict[int, str] = {}
    completed = Kind.COMPLETED.value
    for account, kind, block in rows.values_list("user_id", "kind", "object_id").iterator():
        times[block, kind] += 1
        if kind == completed and account is not None:
            last[account] = block
    names = {block for block, _kind in times} - {""}
    return Blocks({name: tuple(times.get((name, kind), 0) for kind in BLOCK_COLUMNS) for name in names}, last)


def _groups(rows: QuerySet, person: str, order: str) -> Iterator[Group]:
    grouped = (
        rows.annotate(hour=ExtractHour("happened_at", tzinfo=UTC)).order_by(order).values_list(person, "kind", "hour")
    )
    return grouped.annotate(times=Count("id"), first=Min("happened_at"), last=Max("happened_at")).iterator()


def _nothing(person: int, day: date, last_block: str) -> dict[str, Any]:
    counts = dict.fromkeys(DayRow.__dataclass_fields__, 0)
    moments = dict.fromkeys((*_FIRST.values(), *_LAST.values(), "first_at", "last_at"))
    return counts | moments | {"person": person, "day": day, "last_block": last_block}


def _add(one: dict[str, Any], kind: str, hour: int, times: int, first: datetime, last: datetime) -> None:
    if column := _COUNTED_IN.get(kind):
        one[column] += times
    if kind in _LEARNING:
        one["learning"] += times
        if one["person"] > 0:  # of who is retired the record has kept the day alone
            one["hours"] |= 1 << hour
        one["first_at"] = min(one["first_at"] or first, first)
        one["last_at"] = max(one["last_at"] or last, last)
    if column := _FIRST.get(kind):
        one[column] = min(one[column] or first, first)
    if column := _LAST.get(kind):
        one[column] = max(one[column] or last, last)
