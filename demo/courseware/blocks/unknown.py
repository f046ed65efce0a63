"""Stands in for every block whose type is not installed here."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String


class UnknownBlock(XBlock):
    """A box that says which block would stand here. Nobody can complete it, so it counts for nothing."""

    completion_mode = XBlockCompletionMode.EXCLUDED
    display_name = String(scope=Scope.settings, default="")

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The box."""
        return placeholder(self)

    public_view = author_view = student_view


def placeholder(block: XBlock) -> Fragment:
    """The labelled box for a block that cannot be shown here."""
    context = {"title": block.display_name, "block_type": block.scope_ids.block_type}
    return Fragment(render_to_string("demo/courseware/blocks/unknown.html", context))
