"""A small course, loaded, and people in it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from demo.courseware import actions, queries
from demo.courseware.runtime import CourseRuntime
from referral_xblock.data import Role
from tests.demo.courseware.exports import as_folder, small


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def moss(db, tmp_path, now) -> SimpleNamespace:
    """The small course: `key`, and the keys of its two units `u1`, `u2` and of its blocks `h1`, `d1`, `p1`."""
    key = actions.load_course(as_folder(tmp_path / "moss", small()), now)
    named = {"u1": "vertical", "u2": "vertical", "h1": "html", "d1": "drag-and-drop-v2", "p1": "problem"}
    return SimpleNamespace(key=key, **{name: key.make_usage_key(kind, name) for name, kind in named.items()})


@pytest.fixture
def people(moss, now) -> SimpleNamespace:
    """`ada` leads the small course, `chen` and `bo` learn in it, `dara` is only signed in."""
    from demo.campus.models import CourseRole, Enrolment

    made = {
        name: get_user_model().objects.create_user(name, f"{name}@example.org")
        for name in ("ada", "bo", "chen", "dara")
    }
    CourseRole.objects.create(user=made["ada"], course_key=moss.key, role=Role.COURSE_STAFF)
    for name in ("bo", "chen"):
        Enrolment.objects.create(user=made[name], course_key=moss.key, active=True, created=now)
    return SimpleNamespace(**made)


@pytest.fixture
def runtime_for():
    """`runtime_for(course_key, user, authoring=True)`: the runtime of a request of that person."""

    def make(course_key: CourseKey, user: Any, **about: Any) -> CourseRuntime:
        return CourseRuntime(user=user, course=queries.course(course_key), roles=frozenset(), **about)

    return make


@pytest.fixture
def demo_course() -> Path:
    """The folder of the course that the demo brings."""
    return Path(__file__).parents[3] / "demo" / "course"
