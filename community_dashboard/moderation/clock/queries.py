"""Reads of the clock: what a course promises, in which hours it works, who waits and who is past the target."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.clock.models import CourseHours, CourseTarget
from community_dashboard.moderation.clock.targets import DEFAULTS, Target, TargetKind, Targets, kind_of_thread
from community_dashboard.moderation.clock.times import ALWAYS, Calendar
from community_dashboard.moderation.clock.waits import Clocked, Wait, clocked
from community_dashboard.moderation.projection.answering import Waiting, silent_discussions, waiting_threads

LOOKED_BACK = timedelta(days=60)


def targets_of(course_key: CourseKey) -> Targets:
    """What the course promises, an entry for every kind. One query."""
    rows = CourseTarget.objects.filter(course_key=course_key).values_list("kind", "hours", "share")
    own = {TargetKind(row[0]): Target(TargetKind(row[0]), *row[1:]) for row in rows}
    return {**DEFAULTS, **own}


def calendar_of(course_key: CourseKey) -> Calendar:
    """The hours of the course; every moment where it has said nothing. One query."""
    row = CourseHours.objects.filter(course_key=course_key).values_list("zone", "week", "holidays").first()
    if row is None:
        return ALWAYS
    zone, week, holidays = row
    openings = tuple(tuple((start, until) for start, until in day) for day in week)
    return Calendar(zone, openings, frozenset(date.fromisoformat(day) for day in holidays))


def waits_for_answers(
    course_key: CourseKey,
    targets: Targets,
    now: datetime,
    *,
    thread_ids: Collection[str] | None = None,
    topic_id: str | None = None,
    group_id: int | None = None,
) -> list[Wait]:
    """Every open question whose author waits for an answer, by whomever, the longest first. One query.

    Where the course promises something for other threads too, those of the last two months without an answer follow: a second
    query.
    """
    which = {"thread_ids": thread_ids, "topic_id": topic_id, "group_id": group_id}
    rows = waiting_threads(course_key, **which)
    if targets[TargetKind.ANY].hours:
        rows += silent_discussions(course_key, start=now - LOOKED_BACK, end=now, **which)
    return [_wait(row) for row in rows]


def breaches(course_key: CourseKey, now: datetime, *, thread_ids: Collection[str] | None = None) -> list[Clocked]:
    """The threads past their target, the longest waiting first: of these threads, or of the whole course. Three queries.

    Urgent posts and reports wait since the queue knows of them: `waits.clocked` says which are past their target.
    """
    targets = targets_of(course_key)
    if not any(targets[kind].hours for kind in (TargetKind.QUESTION, TargetKind.ANY)):
        return []
    waits = waits_for_answers(course_key, targets, now, thread_ids=thread_ids)
    if not waits:
        return []
    found = clocked(waits, calendar=calendar_of(course_key), targets=targets, now=now)
    return [one for one in found if one.is_past(now)]


def _wait(row: Waiting) -> Wait:
    ref = PostRef(PostKind.THREAD, row.thread_id)
    return Wait(ref, kind_of_thread(row.thread_type), row.since, row.title, row.topic_id, row.group_id)
