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
    """The content of /demo/facts.json; addresses are absolute, and "" while no course with the block is loaded.

    About six queries; the first call makes the share link of chen, as of `now`.
    """
    course_key = shown_course_key()
    people = {part.username: {"username": part.username, "role": part.role} for part in CAST}
    block = courseware.first_block(course_key, "referral") if course_key else None
    return {
        "course_key": str(course_key or ""),
        "people": people | {"eli": VISITOR},
        "unit_url": _unit_url(block),
        "studio_url": _absolute("courseware:studio_block", course_key, block) if block else "",
        "about_url": _absolute("campus:course_about", course_key) if course_key else "",
        "dashboard_url": f"{settings.LMS_ROOT_URL}/community/courses/{course_key}/" if course_key else "",
        "share_url": _share_url(course_key, block, now),
        "version": __version__,
    }


def _absolute(name: str, *keys: Any) -> str:
    return settings.LMS_ROOT_URL + reverse(name, args=keys)


def _unit_url(block: Any) -> str:
    unit = get_host().unit(block) if block else None
    return unit.url if unit else ""


def _share_url(course_key: Any, block: Any, now: datetime) -> str:
    chen = get_user_model().objects.filter(username="chen").first()
    if block is None or chen is None:
        return ""
    from referral_xblock.api import share_address

    return share_address(chen, course_key, block, now=now)
