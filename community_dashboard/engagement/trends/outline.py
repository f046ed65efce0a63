"""The units of a course, kept for some minutes: pages that ask for them are opened often, and the platform may take a second."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import OutlineUnit
from community_dashboard.host.chosen import get_host

KEPT = 600  # seconds: what is changed in Studio shows after ten minutes at the latest


def outline_of(course_key: CourseKey) -> list[OutlineUnit]:
    """The units in the order of reading. No query while kept; nothing is kept of a course without units."""
    key = "community-outline-" + hashlib.sha256(str(course_key).encode()).hexdigest()[:32]
    units = cache.get(key)
    if units is None:
        units = get_host().outline(course_key)
        if units:
            cache.set(key, units, KEPT)
    return units
