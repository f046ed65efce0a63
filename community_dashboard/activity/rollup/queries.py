"""Figures by day, by block, and how fresh they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Sum, Value, When
from django.db.models.functions import TruncWeek
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.models import Place
from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen
from community_dashboard.activity.rollup.looking import PLACE
from community_dashboard.activity.rollup.metrics import METRICS, Unit
from community_dashboard.activity.rollup.models import BlockCount, DailyCount, FillError, FillState, LearnerDay
from community_dashboard.activity.rollup.rows import learners
from community_dashboard.activity.rollup.weeks import next_monday, sunday_of

SINCE = date(2012, 1, 1)  # no course of this platform is older: what is dated before is a clock that jumped
OF_COLUMNS = ("completed", "opened", "watched", "tried", "posted", "answered", "endorsed", "left")
OF_CHOSEN = ("active", "active_week", *(name for name in METRICS if name.startswith("hour_")), "enrolled", *OF_COLUMNS)


@dataclass(frozen=True)
class BlockTotals:
    """What happened to one block in a period, in people and days: who watched on two days counts twice."""

    completed: int
    watched: int
    tried: int
    opened: int


@dataclass(frozen=True)
class NotFilled:
    """Something of the figures of a course that is missing, and since when it has been tried how often."""

    day: date | None
    step: str  # "days", "people", "tracking", "late"
    words: str
    tries: int
    happened_at: datetime


def daily(
    course_key: CourseKey, metrics: Iterable[str], *, start: date, end: date, chosen: Chosen = EVERYBODY, now: datetime
) -> dict[str, dict[date, int]]:
    """Each metric by day (UTC), both days included; days on which it is nothing are left out, every metric is there.

    A weekly metric stands on the Monday, if that is in the period, and counts its whole week. One query for everybody; two
    at most for a choice, of which only OF_CHOSEN are known (else ValueError).
    """
    wanted = list(dict.fromkeys(metrics))
    found: dict[str, dict[date, int]] = {name: {} for name in wanted}
    if chosen.everybody:
        rows = DailyCount.objects.filter(course_key=course_key, metric__in=wanted, day__gte=start, day__lte=end)
        for name, day, value in rows.values_list("metric", "day", "value"):
            found[name][day] = value
        return found
    if unknown := set(wanted) - set(OF_CHOSEN):
        raise ValueError(", ".join(sorted(unknown)))
    persons = learners(course_key, chosen, now=now).values("person")
    days = LearnerDay.objects.filter(course_key=course_key, day__gte=start, person__in=persons)
    sums = {f"sum_{name}": _sum(name) for name in wanted if name != "active_week"}
    if sums:
        for row in days.filter(day__lte=end).values("day").annotate(**sums).order_by("day"):
            for name in wanted:
                if value := row.get(f"sum_{name}"):
                    found[name][row["day"]] = value
    if "active_week" in found:
        weeks = days.filter(day__gte=next_monday(start), day__lte=sunday_of(end), learning__gt=0).annotate(
            week=TruncWeek("day")
        )
        counted = weeks.values("week").annotate(people=Count("person", distinct=True)).order_by("week")
        found["active_week"] = dict(counted.values_list("week", "people"))
    return found


def blocks(course_key: CourseKey, *, start: date, end: date) -> dict[str, BlockTotals]:
    """What happened to each block of the course from `start` to `end`, both included. One query."""
    rows = BlockCount.objects.filter(course_key=course_key, day__gte=start, day__lte=end)
    sums = [Sum(column) for column in ("completed", "watched", "tried", "opened")]
    return {block: BlockTotals(*values) for block, *values in rows.order_by().values_list("block_id").annotate(*sums)}


def covered(course_key: CourseKey) -> tuple[date, date] | None:
    """The first and the last day of which there are figures, never beyond the day of filling; None without. One query."""
    days = FillState.objects.filter(course_key=course_key, filled_at__isnull=False, rows__gt=0, day__gte=SINCE)
    limits = days.aggregate(first=Min("day"), last=Max("day"), filled_at=Max("filled_at"))
    if limits["first"] is None:
        return None
    last = min(limits["last"], limits["filled_at"].date())
    return min(limits["first"], last), last


def filled_at(course_key: CourseKey) -> datetime | None:
    """Up to which moment the figures of a course are whole; None before they were filled at all. Two queries."""
    rows = FillState.objects.filter(course_key=course_key)
    last = rows.aggregate(at=Max("filled_at"), behind=Count("id", filter=Q(stale=True)))
    looked_at = Place.objects.filter(source=PLACE).values_list("finished_at", flat=True).first()
    if last["at"] is None or looked_at is None or last["behind"]:
        return last["at"]
    return max(last["at"], looked_at)


def errors_of(course_key: CourseKey) -> list[NotFilled]:
    """What could not be filled and is not yet solved, the oldest first. One query."""
    rows = FillError.objects.filter(course_key=course_key, solved_at=None).order_by("happened_at", "id")
    return [NotFilled(*row) for row in rows.values_list("day", "step", "words", "tries", "happened_at")]


def _sum(metric: str):
    """How a metric is added up from the days of learners."""
    if metric in OF_COLUMNS:
        return Sum(metric)
    if metric == "enrolled":
        return Count("enrolled_at")
    if METRICS[metric].unit is Unit.PEOPLE:
        return Count("id", filter=Q(learning__gt=0))
    bit = F("hours").bitrightshift(METRICS[metric].hour).bitand(1)
    return Sum(Case(When(hours__gt=0, then=bit), default=Value(0), output_field=IntegerField()))
