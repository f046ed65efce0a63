"""Steps in the filters of the two instructor dashboards; both show a link and leave everything else as it was."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from openedx_filters import PipelineStep
from web_fragments.fragment import Fragment

from community_dashboard.instructor_entry.shown import harmless, is_shown

KEY = "community_dashboard"
# After the platform's own, which end at 110. Equal numbers stand in the order in which they were added.
SORT_ORDER = 115
# Where the legacy page looks for the Mako file of the section, below one of MAKO_TEMPLATE_DIRS_BASE.
MAKO_PREFIX = "/community_dashboard/section/"


class AddDashboardTab(PipelineStep):
    """The new instructor dashboard: one more tab. With an absolute address it is followed as a link out of the MFE."""

    @harmless({})
    def run_filter(self, tabs: list[dict[str, Any]], user: Any, course_key: Any, **_more: Any) -> dict[str, Any]:
        """The list of tabs with ours, once, for those who may open the overview."""
        if any(tab.get("tab_id") == KEY for tab in tabs):
            return {}
        if not is_shown("COMMUNITY_SHOW_DASHBOARD_TAB", user, course_key):
            return {}
        ours = {"tab_id": KEY, "title": _("Community"), "url": _overview(course_key), "sort_order": SORT_ORDER}
        return {"tabs": [*tabs, ours]}


class AddDashboardSection(PipelineStep):
    """The legacy instructor dashboard: one more section, which says what is behind the link."""

    @harmless({})
    def run_filter(self, context: dict[str, Any], template_name: str, **_more: Any) -> dict[str, Any]:
        """The page's context with our section. The page is also for data researchers, who may not open the overview."""
        from referral_xblock.api import get_host

        request, course_key = get_host().signed_in_request(), context["course"].id
        if request is None or not is_shown("COMMUNITY_SHOW_DASHBOARD_SECTION", request.user, course_key):
            return {}
        body = render_to_string("community_dashboard/section.html", {"address": _overview(course_key)})
        section = {
            "fragment": Fragment(body),
            "section_key": KEY,
            "section_display_name": _("Community"),
            "course_id": str(course_key),
            "template_path_prefix": MAKO_PREFIX,
        }
        return {"context": {**context, "sections": [*context["sections"], section]}, "template_name": template_name}


def _overview(course_key: Any) -> str:
    from referral_xblock.api import absolute

    return absolute(reverse("community_dashboard:overview", args=[course_key]))
