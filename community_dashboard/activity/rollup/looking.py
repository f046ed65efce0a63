"""Finds the days that have to be counted anew, without a row that every writer of the record would have to change.

Often: the rows above the number that was the highest ten minutes ago. Rows get their numbers before their transactions
end, so that one with a lower number may appear later: the last ten minutes are looked at again, and a day is counted anew
then only if the number of its rows differs. Once a day: the number of rows of every day. Who changes or deletes rows marks
their days itself (`activity/days.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate
from opaque_keys.edx.django.models import CourseKeyField

from community_dashboard.activity.days import Day, days_in, mark
from community_dashboard.activity.models import Activity, FillState, Place
from community_dashboard.activity.rollup.counting import record_of
from community_dashboard.activity.rollup.models import CourseFill

PLACE, DEEP_PLACE = "figures", "figures.deep"
SETTLED = timedelta(minutes=10)  # no transaction of the platform is open for longer
PIECE = 200_000  # numbers of rows in one look; of the last ten minutes no more are looked at again
DEEP_AFTER = timedelta(days=1)


@dataclass
class Reached:
    """How far the record was looked through. Numbers of rows."""

    settled: int = 0  # below and with it no row can appear any more
    seen: int = 0  # the highest that was looked at
    high: int = 0  # the highest when it was last measured
    measured_at: str = ""

    def measure(self, *, highest: int, now: datetime) -> None:
        """What was the highest ten minutes ago is settled now."""
        if self.measured_at and now - datetime.fromisoformat(self.measured_at) < SETTLED:
            return
        self.settled = max(self.settled, self.high)
        self.high, self.measured_at = highest, now.isoformat()


def look(*, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Marks the days of rows that came since the last look; False if it was stopped before the end.

    Pieces of 200,000 numbers, each a transaction; two at once take turns. Queries: four for a piece, and one for every day
    that is looked at again.
    """
    Place.objects.get_or_create(source=PLACE)
    while goes_on():
        if _look_at_piece(now):
            return True
    return False


def look_deeply(*, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Once a day compares the number of rows of every day with what was filled; False if it was stopped before the end.

    Two queries for each course, one of them over all its rows by an index alone. A course is a transaction.
    """
    place, _new = Place.objects.get_or_create(source=DEEP_PLACE)
    if place.finished_at and abs(now - place.finished_at) < DEEP_AFTER:  # a clock that was ahead holds nothing up
        return True
    while goes_on():
        if _look_at_course(now):
            return True
    return False


def begin_again(*, course_key: Any = None) -> None:
    """Has every day counted anew, of one course or of all, and everybody reckoned anew. Three statements, two for one course."""
    states, fills = FillState.objects.all(), CourseFill.objects.all()
    if course_key is not None:
        states, fills = states.filter(course_key=course_key), fills.filter(course_key=course_key)
    else:
        Place.objects.filter(source__in=[PLACE, DEEP_PLACE]).delete()
    states.update(stale=True)
    fills.update(filled_at=None, begun_at=None, reached=0)


@transaction.atomic
def _look_at_piece(now: datetime) -> bool:
    place = Place.objects.select_for_update().get(source=PLACE)
    reached = Reached(**json.loads(place.reached)) if place.reached else Reached()
    ahead = Activity.objects.filter(id__gt=reached.seen).aggregate(lowest=Min("id"), highest=Max("id"))
    highest, lowest = ahead["highest"] or reached.seen, ahead["lowest"] or reached.seen
    again = max(reached.settled, reached.seen - PIECE)
    until = min(highest, lowest - 1 + PIECE)
    new = days_in(Activity.objects.filter(id__gt=reached.seen, id__lte=until))
    looked_at = set(new)
    old = [day for day in days_in(Activity.objects.filter(id__gt=again, id__lte=reached.seen)) if day not in looked_at]
    mark([*new, *(day for day in old if _differs(day))])
    reached.seen = until
    done = until == highest
    if done:
        reached.measure(highest=highest, now=now)
        place.finished_at = now
    place.reached = json.dumps(asdict(reached))
    place.save()
    return done


def _differs(one: Day) -> bool:
    course_key, day = one
    state = FillState.objects.filter(course_key=course_key, day=day).first()
    return state is None or state.sealed or state.rows != record_of(course_key, day).count()


@transaction.atomic
def _look_at_course(now: datetime) -> bool:
    place = Place.objects.select_for_update().get(source=DEEP_PLACE)
    course_key = _course_after(place.reached or CourseKeyField.Empty)
    if course_key is None:
        place.reached, place.finished_at = "", now
        place.save()
        return True
    rows = Activity.objects.filter(course_key=course_key).annotate(day=TruncDate("happened_at", tzinfo=UTC))
    there: dict[date, int] = dict(rows.order_by().values_list("day").annotate(Count("id")))
    states = FillState.objects.filter(course_key=course_key).values_list("day", "rows", "sealed")
    filled = {day: rows for day, rows, sealed in states if not sealed}
    sealed = {day for day, _rows, is_sealed in states if is_sealed}
    differing = {day for day in {*there, *filled} - sealed if there.get(day, 0) != filled.get(day)}
    mark((course_key, day) for day in differing)
    place.reached = str(course_key)
    place.save()
    return False


def _course_after(course_key: Any) -> Any:
    """The next course of the record or of the figures. Two queries, each one step along an index."""
    found = [
        rows.filter(course_key__gt=course_key).order_by("course_key").values_list("course_key", flat=True).first()
        for rows in (Activity.objects, FillState.objects)
    ]
    return min((one for one in found if one is not None), key=str, default=None)
