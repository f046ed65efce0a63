"""Who may open a unit, and who may change one. Both ask the host once."""

from __future__ import annotations

from typing import Any

from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host


def roles_in(user: Any, course_key: CourseKey) -> frozenset[Role]:
    """What the person is in the course; nothing for visitors."""
    return get_host().roles(user, course_key) if user.is_authenticated else frozenset()


def may_learn(roles: frozenset[Role]) -> bool:
    """Learners who are enrolled now, and the course team."""
    return bool(roles & {Role.LEARNER, Role.COURSE_STAFF})


def may_author(roles: frozenset[Role]) -> bool:
    """The course team."""
    return Role.COURSE_STAFF in roles
