"""The units of a course, kept for some minutes: pages that ask for them are opened often, and the platform may take a second."""

from __future__ import annotations

from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import OutlineUnit
from community_dashboard.host.chosen import get_host
from referral_xblock.api import cache_key

KEPT = 600  # seconds: what is changed in Studio shows after ten minutes at the latest


def outline_of(course_key: CourseKey) -> list[OutlineUnit]:
    """The units in the order of reading. No query while kept; nothing is kept of a course without units."""
    key = cache_key("community-outline", course_key)
    units = cache.get(key)
    if units is None:
        units = get_host().outline(course_key)
        if units:
            cache.set(key, units, KEPT)
    return units
