"""A course with two weeks of learning behind it, on a Monday morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup.filling import fill_course
from demo.campus import actions
from demo.campus.models import Profile

MONDAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)  # the tests' course begins in January
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Weeks:
    """The moment of the filling, and five learners: the first n of them learned in week n before it."""

    now: datetime
    learners: list[Any]


@pytest.fixture
def tell(course_key, tiny_course):
    """`tell(people, at)`: each of them completes a block and opens a discussion then."""

    def told(people: list[Any], at: datetime, *, where: Any = course_key) -> None:
        rows = []
        for person in people:
            mine = {"user_id": person.id, "course_key": where}
            rows.append(facts.completed(**mine, block_key=f"{at.date()}", at=at))
            rows.append(facts.posted(**mine, kind=Kind.POSTED, post=("thread", f"{person.id}{at}"), at=at))
        record_many(activities=rows)

    return told


@pytest.fixture
def weeks(cast, course_key, tell) -> Weeks:
    """Last week three learned and one enrolled, the week before two learned and four enrolled."""
    learners = [get_user_model().objects.create(username=f"l{n}", email=f"l{n}@example.org") for n in range(5)]
    for number, learner in enumerate(learners):
        Profile.objects.create(user=learner, name=learner.username)
        at = MONDAY - timedelta(days=12 if number else 3)
        actions.enrol(user=learner, course_key=course_key, mode="audit", by=None, now=at)
    tell(learners[:3], MONDAY - 4 * DAY)
    tell(learners[:2], MONDAY - 11 * DAY)
    fill_course(course_key, now=MONDAY)
    return Weeks(MONDAY, learners)
