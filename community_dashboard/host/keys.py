"""Which keys name a course: hosts answer empty for every other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocator

BATCH = 500  # ids in one query


def is_course(key: Any) -> bool:
    """True for a course or a CCX of one; False for libraries, texts and None."""
    return isinstance(key, CourseKey) and not isinstance(key, LibraryLocator)


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """The distinct ids in lists of 500, in their order."""
    distinct = list(dict.fromkeys(ids))
    for start in range(0, len(distinct), BATCH):
        yield distinct[start : start + BATCH]
