"""How far the figures of the whole site are behind what happened: what waits, and since when not everything is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.models import Activity, FillState, Place
from community_dashboard.activity.rollup.looking import DEEP_AFTER, DEEP_PLACE, PLACE
from community_dashboard.activity.rollup.mishaps import DAYS, PEOPLE
from community_dashboard.activity.rollup.models import CourseFill, FillError, LearnerToFill

WHOLE_PLACE = "figures.whole"


@dataclass(frozen=True)
class Lag:
    """What is not counted yet, and the moments that tell for how long."""

    started: bool  # there is something to count
    looked_at: datetime | None  # when the record was last looked through; None: never
    compared_at: datetime | None  # when its days were last compared one by one, once a day
    whole_at: datetime | None  # up to when nothing waited, or when counting began; None: it never did
    days: int  # stale days of courses, those that failed among them
    people: int  # whose days changed
    courses: int  # in which it is more than a day ago that everybody was reckoned


@dataclass(frozen=True)
class Failed:
    """What could not be counted in one of the steps, and the one of them that was tried most often."""

    number: int
    course_key: CourseKey
    day: date | None  # None where the learners of the course could not be reckoned
    words: str
    tries: int


def will_be_whole(*, now: datetime) -> None:
    """Before the first run ever: from now on it counts for how long not everything is counted. One query afterwards."""
    Place.objects.get_or_create(source=WHOLE_PLACE, defaults={"finished_at": now})


def was_whole(*, now: datetime) -> None:
    """A run that began now left nothing but what failed. One statement."""
    Place.objects.filter(source=WHOLE_PLACE).update(finished_at=now)


def lag(*, now: datetime) -> Lag:
    """How far the figures are behind. Five queries, of which two count rows that wait."""
    reached = dict(
        Place.objects.filter(source__in=[PLACE, DEEP_PLACE, WHOLE_PLACE]).values_list("source", "finished_at")
    )
    return Lag(
        started=Activity.objects.exists(),
        looked_at=reached.get(PLACE),
        compared_at=reached.get(DEEP_PLACE),
        whole_at=reached.get(WHOLE_PLACE),
        days=FillState.objects.filter(stale=True).count(),
        people=LearnerToFill.objects.count(),
        courses=CourseFill.objects.exclude(filled_at__gte=now - DEEP_AFTER).count(),
    )


def failed() -> list[Failed]:
    """What could not be counted and is not solved, by step. Two queries for each. Rows that came too late are no failure."""
    found = []
    for step in (DAYS, PEOPLE):
        rows = FillError.objects.filter(step=step, solved_at=None)
        worst = rows.order_by("-tries", "id").first()
        if worst is not None:
            found.append(Failed(rows.count(), worst.course_key, worst.day, worst.words, worst.tries))
    return found
