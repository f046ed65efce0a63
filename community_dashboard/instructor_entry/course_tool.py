"""The link among the course tools of the course's home page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community_dashboard.instructor_entry.shown import harmless, is_shown


class CommunityTool:
    """Answers what the platform asks of a course tool.

    It asks for `title` and `icon_classes` with the course key in one place and without in another.
    """

    @classmethod
    def analytics_id(cls) -> str:
        """How the tool is named in tracking events."""
        return "community.dashboard"

    @classmethod
    @harmless(False)
    def is_enabled(cls, request: Any, course_key: Any) -> bool:
        """Whether whoever asks may open the overview of this course."""
        return is_shown("COMMUNITY_SHOW_COURSE_TOOL", request.user, course_key)

    @classmethod
    def title(cls, course_key: Any = None) -> str:
        """The words of the link, in the reader's language."""
        return _("Community")

    @classmethod
    def icon_classes(cls, course_key: Any = None) -> str:
        """Classes of Font Awesome."""
        return "fa fa-users"

    @classmethod
    def url(cls, course_key: Any) -> str:
        """The path of the overview; the platform makes it absolute."""
        return reverse("community_dashboard:overview", args=[course_key])

    @classmethod
    def data(cls) -> None:
        """Nothing is sent along: the link is followed, not posted."""
