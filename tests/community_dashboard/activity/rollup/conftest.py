"""A course with a little history, filled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from community_dashboard.activity.actions import record_many
from community_dashboard.models import Activity
from tests.community_dashboard.activity.rollup.stories import fact, make_people


@pytest.fixture
def people(course_key) -> list[Any]:
    """Five accounts; of the first four, enrolled, the second and third are still in the course."""
    Activity.objects.all().delete()
    return make_people(course_key)


@pytest.fixture
def tell(course_key):
    """`tell(people, ("completed", 0, 1, -60), …)`: (what, who, which block, minutes from now)."""

    def told(people: list[Any], *happened: tuple[str, int, int, int]) -> list[Any]:
        new = [fact(one, people, course_key) for one in happened]
        record_many(activities=new)
        return new

    return told


@pytest.fixture
def week(people, tell) -> list[Any]:
    """What four people did in the week before."""
    day = timedelta(days=1) // timedelta(minutes=1)
    return tell(
        people,
        *(("enrolled", who, 0, -9 * day) for who in range(4)),
        *(("completed", who, number, -(who + number) * day - 5) for who in range(3) for number in range(3)),
        ("watched", 0, 1, -30), ("tried", 1, 2, -day), ("posted", 2, 0, -2 * day), ("answered", 0, 0, -2 * day),
        ("endorsed", 4, 0, -2 * day), ("left", 3, 0, -3 * day), ("passed", 0, 0, -40), ("brought", 1, 0, -day),
    )  # fmt: skip
