"""Course, chapter, sequence and unit: blocks that hold blocks."""

from __future__ import annotations

import logging
from typing import Any

from django.template.loader import render_to_string
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String

log = logging.getLogger(__name__)


class Container(XBlock):
    """Shows its children one below the other. A child that fails costs the reader that child, not the unit."""

    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR
    display_name = String(scope=Scope.settings, default="")

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Every child's own view."""
        fragment = Fragment()
        for child in self.get_children():
            try:
                rendered = child.render("student_view", context)
            except Exception:
                log.exception("Block %s could not be shown", child.scope_ids.usage_id)
                rendered = Fragment(render_to_string("demo/courseware/blocks/broken.html"))
            fragment.add_content(rendered.body_html())
            fragment.add_fragment_resources(rendered)
        return fragment


class CourseBlock(Container):
    """The root of a course."""


class ChapterBlock(Container):
    """A part of a course."""


class SequentialBlock(Container):
    """A row of units."""


class VerticalBlock(Container):
    """A unit: what a learner opens at once."""
