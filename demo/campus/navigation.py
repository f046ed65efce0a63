"""The tabs and tools around a course: the campus's own, and those that plugins bring, found as the LMS finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from edx_django_utils.plugins import PluginManager


class CourseTabs(PluginManager):
    """Classes of tabs, by entry point."""

    NAMESPACE = "openedx.course_tab"


class CourseTools(PluginManager):
    """Course tools, by entry point."""

    NAMESPACE = "openedx.course_tool"


@dataclass(frozen=True)
class TabbedCourse:
    """A course as tabs know it."""

    id: Any  # its key


@dataclass(frozen=True)
class Link:
    """One entry of the bar, or of the tools."""

    title: str
    url: str


def course_tabs(user: Any, course_key: Any) -> list[Link]:
    """The bar for this person, in order of priority. What the tabs ask themselves: two queries here, none for a visitor."""
    course = TabbedCourse(course_key)
    dynamic = [plugin({}) for plugin in CourseTabs.get_available_plugins().values() if plugin.is_dynamic]
    shown = [tab for tab in dynamic if tab.is_enabled(course, user=user)]
    shown.sort(key=lambda tab: tab.priority or float("inf"))
    home = Link(_("Course"), reverse("campus:course_home", args=[course_key]))
    talk = [Link(_("Discussion"), reverse("campus_forum:threads", args=[course_key]))] if user.is_authenticated else []
    return [home, *talk, *(Link(_(tab.name), tab.link_func(course, reverse)) for tab in shown)]


def course_tools(request: HttpRequest, course_key: Any) -> list[Link]:
    """The tools for whoever asks. What they ask themselves: two queries here, none for a visitor."""
    tools = [tool for tool in CourseTools.get_available_plugins().values() if tool.is_enabled(request, course_key)]
    return [Link(tool.title(), tool.url(course_key)) for tool in sorted(tools, key=lambda tool: tool.title())]
