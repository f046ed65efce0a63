"""Pasts of learners in a few characters, and simulated courses as rows of the figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from benchmarks.drift_world import SimulatedDay, World
from community_dashboard.models import CourseFill, FillState, LearnerDay, LearnerState
from demo.courseware.models import Course

TODAY = date(2026, 3, 1)  # a Sunday


@dataclass(frozen=True)
class Told:
    """One learner's past."""

    days: tuple[SimulatedDay, ...]
    person: int = 1
    enrolled_on: date | None = None
    left_on: date | None = None
    finished_on: date | None = None
    country: str = field(default="")


def past(text: str, *, last: date = TODAY, person: int = 1, **more: Any) -> Told:
    """One character a day up to and with `last`: "." nothing, "l" learning without completing, a digit: so many blocks."""
    days = []
    for back, letter in enumerate(reversed(text.replace(" ", ""))):
        if letter != ".":
            blocks = 0 if letter == "l" else int(letter)
            days.append(SimulatedDay(last - timedelta(days=back), learning=max(1, blocks), completed=blocks))
    return Told(tuple(reversed(days)), person, **more)


def load(world: World, course_key: Any, *, now: datetime) -> dict[int, int]:
    """Puts a simulated course into the figures, its last day being yesterday; account by number in the world.

    The course is graded, so that passing is what finishes it.
    """
    Course.objects.filter(course_key=course_key).update(graded=True)
    shift = now.date() - timedelta(days=1) - world.last
    users = get_user_model()
    names = {one.person: f"{str(course_key)[-9:]}-{one.person}" for one in world.learners}
    users.objects.bulk_create(
        [users(username=name, email=f"{number}@example.org") for number, name in names.items()], batch_size=1000
    )
    ids = dict(users.objects.filter(username__in=names.values()).values_list("username", "id"))
    persons = {number: ids[name] for number, name in names.items()}
    rows, states = [], []
    for one in world.learners:
        person = persons[one.person]
        states.append(
            LearnerState(
                course_key=course_key,
                person=person,
                enrolled=one.left_on is None,
                finished=one.finished_on is not None,
                filled_at=now,
            )
        )
        by_day = {day.day: _row(course_key, person, day, shift) for day in one.days}
        for day, column in ((one.enrolled_on, "enrolled_at"), (one.left_on, "left_at"), (one.finished_on, "passed_at")):
            if day is not None:
                row = by_day.setdefault(day, LearnerDay(course_key=course_key, person=person, day=day + shift))
                setattr(row, column, _noon(day + shift))
        rows += by_day.values()
    LearnerState.objects.bulk_create(states, batch_size=1000)
    LearnerDay.objects.bulk_create(rows, batch_size=1000)
    filled(course_key, first=world.first + shift, now=now)
    return persons


def filled(course_key: Any, *, first: date, now: datetime) -> None:
    """Says that the figures of these days are whole."""
    CourseFill.objects.update_or_create(course_key=course_key, defaults={"filled_at": now})
    days = [first + timedelta(days=number) for number in range((now.date() - first).days + 1)]
    FillState.objects.filter(course_key=course_key).delete()
    FillState.objects.bulk_create(
        [FillState(course_key=course_key, day=day, stale=False, rows=1, filled_at=now) for day in days]
    )


def _row(course_key: Any, person: int, day: SimulatedDay, shift: timedelta) -> LearnerDay:
    counts = {
        name: getattr(day, name)
        for name in ("learning", "completed", "watched", "tried", "opened", "posted", "answered")
    }
    return LearnerDay(
        course_key=course_key, person=person, day=day.day + shift, last_at=_noon(day.day + shift), **counts
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
