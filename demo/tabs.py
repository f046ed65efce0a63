"""What a course tab inherits here, in the shape that the platform's tabs have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class CourseTab:
    """One entry of a course's navigation, built from a `tab_dict` as the platform builds it.

    A plugin's class sets `type`, `title`, `view_name` (a named address that takes the course key), `priority`, and says
    in `is_enabled` whether a person sees it. Keys of `tab_dict` that count: name, tab_id, course_staff_only, is_hidden,
    link_func.
    """

    type = ""
    title: Any = None
    view_name: str | None = None
    priority: int | None = None
    is_dynamic = False
    is_default = True
    is_hidden = False
    course_staff_only = False

    def __init__(self, tab_dict: Mapping[str, Any]) -> None:
        self.name = tab_dict.get("name", self.title)
        self.tab_id = tab_dict.get("tab_id", getattr(self, "tab_id", self.type))
        self.course_staff_only = tab_dict.get("course_staff_only", False)
        self.is_hidden = tab_dict.get("is_hidden", False)
        self.tab_dict = tab_dict

    @property
    def link_func(self) -> Callable[[Any, Callable[..., str]], str]:
        """A function of a course (it has `id`) and of `reverse` that gives the tab's address."""
        view_name = self.view_name
        return self.tab_dict.get("link_func", lambda course, reverse: reverse(view_name, args=[str(course.id)]))

    @classmethod
    def is_enabled(cls, course: Any, user: Any = None) -> bool:
        """Whether this person sees the tab in this course; every tab says so itself."""
        raise NotImplementedError
