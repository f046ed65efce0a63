"""A class of learners of whom each did something else, with the figures filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.access.sealing import sealed
from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup.filling import fill_course
from demo.campus import actions
from demo.campus.models import Profile

TIMES = 12


@dataclass(frozen=True)
class SchoolClass:
    """`pupils[n]` enrolled n hours ago, wrote n threads and was last seen n days before `at`; the last two never did anything."""

    course_key: Any
    pupils: list[Any]
    at: Any  # the moment of the filling

    def url(self, pupil: Any) -> str:
        """The page of one of them."""
        return f"/community/courses/{self.course_key}/learners/person/{sealed(pupil.id, self.course_key)}/"


@pytest.fixture
def page(course_key) -> str:
    """The address of the list."""
    return f"/community/courses/{course_key}/learners/"


@pytest.fixture
def enrol(course_key, now):
    """`enrol(username, name)`: an account that enrols `ago` before now."""

    def one(
        username: str, name: str = "", *, ago: timedelta = timedelta(), mode: str = "audit", where: Any = course_key
    ) -> Any:
        user = get_user_model().objects.create(username=username, email=f"{username}@example.org")
        Profile.objects.create(user=user, name=name)
        actions.enrol(user=user, course_key=where, mode=mode, by=None, now=now - ago)
        return user

    return one


@pytest.fixture
def school_class(cast, course_key, tiny_course, now, enrol) -> SchoolClass:
    """Twelve pupils beside the cast."""
    at = now + timedelta(days=20)
    pupils, told = [], []
    for number in range(TIMES):
        pupil = enrol(f"pupil{number:02}", f"Pupil {number:02}", ago=timedelta(hours=number))
        pupils.append(pupil)
        if number >= TIMES - 2:
            continue
        seen = at - timedelta(days=number, minutes=5)
        told.append(
            facts.completed(
                user_id=pupil.id, course_key=course_key, block_key=tiny_course.completable[number % 3], at=seen
            )
        )
        told += [
            facts.posted(
                kind=Kind.POSTED,
                post=("thread", str(100 * number + thread)),
                user_id=pupil.id,
                course_key=course_key,
                at=seen - timedelta(minutes=thread + 1),
            )
            for thread in range(number)
        ]
    record_many(activities=told)
    fill_course(course_key, now=at)
    return SchoolClass(course_key, pupils, at)


@pytest.fixture
def names_in(client_of):
    """`names_in(user, address)`: the learners on a page of the list, in their order, and the answer."""
    import re

    def read(user: Any, address: str) -> tuple[list[str], Any]:
        response = client_of(user).get(address)
        found = re.findall(r'<th scope="row"><a [^>]*><bdi>([^<]*)</bdi>', response.content.decode())
        return found, response

    return read
