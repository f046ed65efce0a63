"""Fills the figures: which days are stale, those days, then where people stand. Repeatable; what is killed is done again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.models import FillState
from community_dashboard.activity.rollup import mishaps
from community_dashboard.activity.rollup.days import fill_day
from community_dashboard.activity.rollup.lagging import was_whole, will_be_whole
from community_dashboard.activity.rollup.looking import look, look_deeply
from community_dashboard.activity.rollup.models import CourseFill
from community_dashboard.activity.rollup.rounds import courses_with_work, fill_learners
from referral_xblock.api import patiently

log = logging.getLogger(__name__)
PAGE = 1000  # stale days that are known at a time
FOR_DAYS = 0.7  # of the time, so that the learners are not left behind while a whole history is filled


@dataclass(frozen=True)
class Filled:
    """What one run came to."""

    days: int
    people: int
    failed: int  # days and courses that could not be filled; each is noted
    finished: bool  # nothing was left to do but what failed


def fill(*, now: datetime, seconds: float | None = None, clock: Callable[[], float] = time.monotonic) -> Filled:
    """Brings all figures to what the record and the platform say, for so many seconds, then leaves the rest to the next run.

    Several at once share the days and take turns in a course. An error stops its own day, or the learners of its course, alone.
    """
    began = clock()
    will_be_whole(now=now)

    def within(share: float) -> Callable[[], bool]:
        return lambda: seconds is None or clock() - began < seconds * share

    whole = look(now=now, goes_on=within(FOR_DAYS)) and look_deeply(now=now, goes_on=within(FOR_DAYS))
    days, failed_days = _fill_days(now, within(FOR_DAYS))
    people, failed_courses = _fill_courses(now, within(1))
    left = FillState.objects.filter(stale=True).count() - failed_days
    finished = whole and left <= 0 and within(1)()
    if finished:
        was_whole(now=now)
    return Filled(days, people, failed_days + failed_courses, finished)


def fill_course(course_key: CourseKey, *, now: datetime) -> Filled:
    """All of one course at once, for tests and demonstrations. An error is raised."""
    look(now=now)
    days = 0
    for number in (
        FillState.objects.filter(course_key=course_key, stale=True).order_by("day").values_list("pk", flat=True)
    ):
        days += fill_day(number, now=now)
    CourseFill.objects.filter(course_key=course_key).update(filled_at=None)
    return Filled(days, fill_learners(course_key, now=now), 0, True)


def _fill_days(now: datetime, goes_on: Callable[[], bool]) -> tuple[int, int]:
    """The newest first, so that today is never behind; what failed before waits its time."""
    failing, filled, failed = mishaps.failing(mishaps.DAYS, now=now), 0, 0
    for number, course_key, day in _stale_days():
        if not goes_on():
            break
        if not failing.get((course_key, day), True):
            failed += 1
            continue
        try:
            done = patiently(partial(fill_day, number, now=now))
        except Exception as error:
            log.exception("The figures of %s on %s cannot be filled.", course_key, day)
            words = mishaps.words_of(error)
            mishaps.note(course_key=course_key, day=day, step=mishaps.DAYS, words=words, now=now)
            failed += 1
            continue
        filled += done
        if done and (course_key, day) in failing:
            mishaps.solve(course_key=course_key, day=day, step=mishaps.DAYS, now=now)
    return filled, failed


def _stale_days() -> Iterator[tuple[int, Any, date]]:
    """Each once. A query for 1,000, so that a whole site's history is never in memory."""
    rows = FillState.objects.filter(stale=True).order_by("-day", "id")
    page = rows
    while found := list(page.values_list("pk", "course_key", "day")[:PAGE]):
        yield from found
        number, _course, day = found[-1]
        page = rows.filter(Q(day__lt=day) | Q(day=day, id__gt=number))


def _fill_courses(now: datetime, goes_on: Callable[[], bool]) -> tuple[int, int]:
    failing, people, failed = mishaps.failing(mishaps.PEOPLE, now=now), 0, 0
    for course_key in courses_with_work(now=now):
        if not goes_on():
            break
        if not failing.get((course_key, None), True):
            failed += 1
            continue
        try:
            people += patiently(partial(fill_learners, course_key, now=now, goes_on=goes_on))
        except Exception as error:
            log.exception("The learners of %s cannot be brought up to date.", course_key)
            mishaps.note(course_key=course_key, day=None, step=mishaps.PEOPLE, words=mishaps.words_of(error), now=now)
            failed += 1
            continue
        if (course_key, None) in failing:
            mishaps.solve(course_key=course_key, day=None, step=mishaps.PEOPLE, now=now)
    return people, failed
