"""Where something about one course is kept in the cache."""

from __future__ import annotations

import hashlib

from opaque_keys.edx.keys import CourseKey


def cache_key(what: str, course_key: CourseKey) -> str:
    """`what` and 32 hexadecimal digits: the course's own key may be too long for memcached. No query."""
    return f"{what}-{hashlib.sha256(str(course_key).encode()).hexdigest()[:32]}"
