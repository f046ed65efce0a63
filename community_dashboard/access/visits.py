"""A reader in a course: who asks for what, once it is known that they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, granted_to
from referral_xblock.api import Course, Role, get_host, seen_course


@dataclass(frozen=True)
class Visit:
    """What every page of a course knows of its reader."""

    course_key: CourseKey
    course: Course
    roles: frozenset[Role]
    may: frozenset[Capability]

    @property
    def may_moderation(self) -> bool:
        """For the navigation."""
        return Capability.MODERATION in self.may

    @property
    def may_growth(self) -> bool:
        """For the navigation."""
        return Capability.GROWTH in self.may

    @property
    def may_learners(self) -> bool:
        """For the navigation."""
        return Capability.LEARNERS in self.may

    @property
    def may_settings(self) -> bool:
        """For the navigation."""
        return Capability.SETTINGS in self.may

    @property
    def may_overview(self) -> bool:
        """For the navigation."""
        return Capability.OVERVIEW in self.may


class RefusedError(Exception):
    """The reader may not, or there is nothing: for somebody without right the two are one."""


class NoCourseError(Exception):
    """There is no such course; only said to somebody who might open it."""


def enter(user: Any, course: str, capability: Capability) -> Visit:
    """The visit of a signed-in person; RefusedError or NoCourseError. `course` is the key as it stood in the address."""
    try:
        course_key = CourseKey.from_string(course)
    except InvalidKeyError as error:
        raise RefusedError from error
    roles = get_host().roles(user, course_key) if user.is_authenticated else frozenset()
    granted = granted_to(roles)
    if capability not in granted:
        raise RefusedError
    found = seen_course(course_key)
    if found is None:
        raise NoCourseError
    return Visit(course_key, found, roles, granted)
