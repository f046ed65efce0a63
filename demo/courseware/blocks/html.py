"""A text with pictures and links."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.core import XBlock
from xblock.fields import Scope, String

from demo.courseware.cleaning import clean_html

MAX_TITLE = 255


@XBlock.wants("replace_urls")
class HtmlBlock(XBlock):
    """The text is cleaned each time it is shown: what the author wrote stays as it was."""

    display_name = String(scope=Scope.settings, default="")
    data = String(scope=Scope.content, default="")

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The text."""
        links = self.runtime.service(self, "replace_urls")
        text = clean_html(self.data or "")
        shown = {"html": links.replace_urls(text) if links else text, "language": self.runtime.course.language}
        return Fragment(render_to_string("demo/courseware/blocks/html.html", shown))

    public_view = author_view = student_view

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """A plain form; it needs no script."""
        shown = {
            "title": self.display_name,
            "text": self.data,
            "action": self.runtime.handler_url(self, "submit_studio_edits"),
            "csrf_token": (context or {}).get("csrf_token", ""),
            "key": self.scope_ids.usage_id.block_id,
        }
        return Fragment(render_to_string("demo/courseware/blocks/html_studio.html", shown))

    @XBlock.handler
    def submit_studio_edits(self, request: Request, suffix: str = "") -> Response:
        """Saves the form and goes back to the block's page in Studio."""
        if request.method != "POST":
            return Response(status=405, headers={"Allow": "POST"})
        self.display_name = request.POST.get("display_name", "").strip()[:MAX_TITLE]
        self.data = request.POST.get("data", "")
        return Response(status=303, headers={"Location": self.runtime.page_url(self)})
