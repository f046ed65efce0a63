"""What each moderator keeps for the page: filters under a name, and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.queue.keys import clean_keys
from community_dashboard.moderation.queue.models import SavedFilter, Shortcuts

MOST_FILTERS = 30


def save_filter(*, by: Any, course_key: CourseKey, name: str, query: str) -> bool:
    """Keeps a filter under a name, in the place of one of that name. False, and nothing is kept, if there are thirty."""
    rows = SavedFilter.objects.filter(user=by, course_key=course_key)
    if rows.filter(name=name).update(query=query):
        return True
    if rows.count() >= MOST_FILTERS:
        return False
    SavedFilter.objects.get_or_create(user=by, course_key=course_key, name=name, defaults={"query": query})
    return True


def drop_filter(*, by: Any, course_key: CourseKey, number: int) -> None:
    """Forgets one of the own filters. One statement."""
    SavedFilter.objects.filter(user=by, course_key=course_key, pk=number).delete()


def choose_keys(*, by: Any, on: bool, keys: Mapping[str, str]) -> None:
    """Keeps which keys somebody uses; what is not allowed, or is our own choice, is left out. Raises TwiceError."""
    Shortcuts.objects.update_or_create(user=by, defaults={"on": on, "keys": clean_keys(keys)})
