"""What could not be filled: noted once for each day and step, tried again with growing distance, solved when it succeeds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from opaque_keys.edx.django.models import CourseKeyField

from community_dashboard.activity.rollup.models import FillError

DAYS, PEOPLE = "days", "people"
FIRST_WAIT = timedelta(minutes=3)
LONGEST_WAIT = timedelta(days=1)
LONGEST_WORDS = 500


def note(*, course_key: Any, day: date | None, step: str, words: str, now: datetime, times: int = 1) -> None:
    """One more failure of this step of this day. Two statements."""
    rows = FillError.objects.filter(course_key=course_key or CourseKeyField.Empty, day=day, step=step)
    row = rows.order_by("id").first()
    text = words[:LONGEST_WORDS]
    if row is None:
        FillError.objects.create(course_key=course_key, day=day, step=step, words=text, tries=times, happened_at=now)
    elif row.solved_at is None:
        FillError.objects.filter(pk=row.pk).update(tries=F("tries") + times, words=text, happened_at=now)
    else:
        FillError.objects.filter(pk=row.pk).update(tries=times, words=text, happened_at=now, solved_at=None)


def solve(*, course_key: Any, day: date | None, step: str, now: datetime) -> None:
    """It succeeded. One statement."""
    rows = FillError.objects.filter(course_key=course_key, day=day, step=step, solved_at=None)
    rows.update(solved_at=now)


def failing(step: str, *, now: datetime) -> dict[tuple[Any, date | None], bool]:
    """What of this step has failed and is not solved: (course, day), and whether it is time to try again. One query.

    After so many failures in a row it waits 3 minutes, 6, 12 … and at last a day.
    """
    rows = FillError.objects.filter(step=step, solved_at=None)
    return {
        (course_key, day): happened_at + min(FIRST_WAIT * 2 ** min(tries - 1, 20), LONGEST_WAIT) <= now
        for course_key, day, tries, happened_at in rows.values_list("course_key", "day", "tries", "happened_at")
    }


def words_of(error: BaseException) -> str:
    """An error in a few words, without what it says of rows."""
    return type(error).__name__
