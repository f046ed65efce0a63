"""Fills one day of one course: counts it from the record and replaces what stood there, in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.models import FillState
from community_dashboard.activity.rollup.counting import (
    BLOCK_COLUMNS,
    MILESTONE_COLUMNS,
    MILESTONES,
    Blocks,
    DayCount,
    count_blocks,
)
from community_dashboard.activity.rollup.late import clear_late
from community_dashboard.activity.rollup.metrics import METRICS, Unit
from community_dashboard.activity.rollup.models import BlockCount, CourseFill, DailyCount, LearnerDay, LearnerToFill
from community_dashboard.activity.rollup.rows import DAY_COLUMNS
from community_dashboard.activity.rollup.weeks import monday_of, sunday_of
from community_dashboard.activity.writing import upsert

PEOPLE = 2000  # compared with what stood there at a time
WEEKLY = "active_week"
BATCH = 500
NO_MILESTONES = {column: 0 if column in ("left", "brought") else None for column in MILESTONE_COLUMNS}


@transaction.atomic
def fill_day(state_id: int, *, now: datetime) -> bool:
    """Brings the figures of a stale day to what the record says; False if it is not stale, or another worker has it.

    About a dozen queries, two for every 2,000 people, and one for every 500 rows that changed; what did not change is not
    written. Memory: 2,000 people, and of everybody of that day the number and the last block.

    Of a sealed day the milestones alone are counted; what else came late is counted and cleared away.
    """
    skip = connection.features.has_select_for_update_skip_locked
    state = FillState.objects.select_for_update(skip_locked=skip).filter(pk=state_id, stale=True).first()
    if state is None:
        return False
    course_key, day = state.course_key, state.day
    blocks = Blocks() if state.sealed else count_blocks(course_key, day)
    count = DayCount(course_key, day, milestones_only=state.sealed, last_blocks=blocks.last)
    changed = _replace_people(count)
    counted_anew = _replace_counts(count)
    if state.sealed:
        clear_late(state, now=now)
    else:
        _replace_blocks(course_key, day, blocks)
        state.rows = count.rows
    state.stale, state.filled_at = False, now
    state.save()
    # From here on one worker at a time for each course: each sees what the one before has written.
    lock_course(course_key)
    if changed or counted_anew:
        _count_week(course_key, day)
        people = [LearnerToFill(course_key=course_key, person=person) for person in changed]
        LearnerToFill.objects.bulk_create(people, batch_size=BATCH, ignore_conflicts=True)
    return True


def lock_course(course_key: CourseKey) -> CourseFill:
    """The course's row, so that whoever else writes over all its days or learners waits. One query once it is there."""
    rows = CourseFill.objects.select_for_update().filter(course_key=course_key)
    found = rows.first()
    if found is None:  # not tried first: inserting what is there would lock it in a way that others can share
        CourseFill.objects.bulk_create([CourseFill(course_key=course_key)], ignore_conflicts=True)
        found = rows.get()
    return found


def _replace_people(count: DayCount) -> list[int]:
    """Writes what changed of people's days; whose did. On a sealed day only milestones change, and no row goes."""
    rows = LearnerDay.objects.filter(course_key=count.course_key, day=count.day)
    compared = rows.exclude(**NO_MILESTONES) if count.milestones_only else rows
    columns = MILESTONE_COLUMNS if count.milestones_only else DAY_COLUMNS[2:]
    people, changed = count.people(), []
    reached: int | None = None
    while True:
        new = {one.person: tuple(getattr(one, column) for column in columns) for one in islice(people, PEOPLE)}
        piece = compared if reached is None else compared.filter(person__gt=reached)
        more = len(new) == PEOPLE
        if more:
            reached = max(new)
            piece = piece.filter(person__lte=reached)
        old = {person: tuple(values) for person, *values in piece.values_list("person", *columns).iterator()}
        gone = [person for person in old if person not in new]
        for start in range(0, len(gone), BATCH):
            some = rows.filter(person__in=gone[start : start + BATCH])
            some.update(**NO_MILESTONES) if count.milestones_only else some.delete()
        different = [person for person, values in new.items() if old.get(person) != values]
        keys = {"course_key": count.course_key, "day": count.day}
        written = [LearnerDay(person=one, **keys, **dict(zip(columns, new[one], strict=True))) for one in different]
        upsert(written, key=("course_key", "person", "day"), columns=columns)
        changed += [*gone, *different]
        if not more:
            return changed


def _replace_counts(count: DayCount) -> bool:
    """Whether any of the day's metrics changed."""
    names = [
        name
        for name, metric in METRICS.items()
        if name != WEEKLY
        and (not count.milestones_only or (metric.unit is Unit.TIMES and set(metric.kinds) <= set(MILESTONES)))
    ]
    rows = DailyCount.objects.filter(course_key=count.course_key, day=count.day, metric__in=names)
    return _replace_values(rows, count.course_key, count.day, {name: count.metrics[name] for name in names})


def _count_week(course_key: CourseKey, day: date) -> None:
    """How many were active in the week of that day."""
    monday = monday_of(day)
    days = LearnerDay.objects.filter(course_key=course_key, day__gte=monday, day__lte=sunday_of(day), learning__gt=0)
    people = days.aggregate(people=Count("person", distinct=True))["people"]
    _replace_values(
        DailyCount.objects.filter(course_key=course_key, day=monday, metric=WEEKLY),
        course_key,
        monday,
        {WEEKLY: people},
    )


def _replace_values(rows: Any, course_key: CourseKey, day: date, values: dict[str, int]) -> bool:
    there = dict(rows.values_list("metric", "value"))
    gone = [name for name in there if not values.get(name)]
    if gone:
        rows.filter(metric__in=gone).delete()
    new = [
        DailyCount(course_key=course_key, metric=name, day=day, value=value)
        for name, value in values.items()
        if value and there.get(name) != value
    ]
    upsert(new, key=("course_key", "metric", "day"), columns=("value",))
    return bool(gone or new)


def _replace_blocks(course_key: CourseKey, day: date, found: Blocks) -> None:
    rows = BlockCount.objects.filter(course_key=course_key, day=day)
    there = {block: tuple(values) for block, *values in rows.values_list("block_id", *BLOCK_COLUMNS)}
    gone = [block for block in there if block not in found.people]
    for start in range(0, len(gone), BATCH):
        rows.filter(block_id__in=gone[start : start + BATCH]).delete()
    new = [
        BlockCount(course_key=course_key, day=day, block_id=block, **dict(zip(BLOCK_COLUMNS, values, strict=True)))
        for block, values in found.people.items()
        if there.get(block) != values
    ]
    upsert(new, key=("course_key", "day", "block_id"), columns=BLOCK_COLUMNS)
