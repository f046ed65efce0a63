"""What this copy of the demo is made of: the course, the people, the addresses to open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from demo.campus.cast import CAST
from demo.campus.queries import shown_course_key
from demo.courseware import queries as courseware
from referral_xblock import __version__
from referral_xblock.host.chosen import get_host

VISITOR = {"username": None, "role": "visitor"}


def facts(*, now: datetime) -> dict[str, Any]:
    """The content of /demo/facts.json; addresses are absolute, and "" while no course is loaded.

    In a course without an invitation block they lead to its first unit, to its outline in Studio and by chen's link to the
    course as a whole. About six queries; the first call makes the share link of chen, as of `now`.
    """
    course_key = shown_course_key()
    people = {part.username: {"username": part.username, "role": part.role} for part in CAST}
    block = _invitation_block(course_key)
    return {
        "course_key": str(course_key or ""),
        "people": people | {"eli": VISITOR},
        "unit_url": _unit_url(course_key, block),
        "studio_url": _studio_url(course_key, block),
        "about_url": _absolute("campus:course_about", course_key) if course_key else "",
        "dashboard_url": f"{settings.LMS_ROOT_URL}/community/courses/{course_key}/" if course_key else "",
        "share_url": _share_url(course_key, block, now),
        "version": __version__,
    }


def invites_from_a_unit() -> bool:
    """Whether the course that is shown has an invitation block. Two queries."""
    return _invitation_block(shown_course_key()) is not None


def _invitation_block(course_key: Any) -> Any:
    return courseware.first_block(course_key, "referral") if course_key else None


def _absolute(name: str, *keys: Any) -> str:
    return settings.LMS_ROOT_URL + reverse(name, args=keys)


def _unit_url(course_key: Any, block: Any) -> str:
    key = block or (courseware.first_unit(course_key) if course_key else None)
    unit = get_host().unit(key) if key else None
    return unit.url if unit else ""


def _studio_url(course_key: Any, block: Any) -> str:
    if block:
        return _absolute("courseware:studio_block", course_key, block)
    return _absolute("courseware:studio", course_key) if course_key else ""


def _share_url(course_key: Any, block: Any, now: datetime) -> str:
    chen = get_user_model().objects.filter(username="chen").first()
    if course_key is None or chen is None:
        return ""
    from referral_xblock.api import share_address

    return share_address(chen, course_key, block or "", now=now)
