"""The tab in a course's navigation: for the team, and for forum moderators, who have no instructor dashboard."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_noop

from community_dashboard.instructor_entry.shown import harmless, is_shown


@lru_cache(maxsize=4)
def _tab_on(base: type) -> type:
    class CommunityTab(base):
        """Added to every course without being stored in it, anew for each reader."""

        type = "community"
        title = gettext_noop("Community")  # the platform translates it for the reader
        priority = 290  # just before "Instructor"
        view_name = "community_dashboard:overview"
        is_dynamic = True
        is_default = False

        @classmethod
        @harmless(False)
        def is_enabled(cls, course: Any, user: Any = None) -> bool:
            """Whether this person may open the overview of this course."""
            return is_shown("COMMUNITY_SHOW_COURSE_TAB", user, course.id)

    return CommunityTab


def __getattr__(name: str) -> Any:
    """`CommunityTab`, built on the platform's own class when the entry point is loaded: that class is not ours to import."""
    if name != "CommunityTab":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from community_dashboard.host.chosen import get_host

    return _tab_on(get_host().course_tab_base())
