"""A film: where it is, and its words to read. It is not played here: our pages load nothing from other hosts."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language_info
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Dict, List, Scope, String


class VideoBlock(XBlock):
    """A labelled box with a link to the film and its transcripts. Reading it through completes it, as with a text."""

    display_name = String(scope=Scope.settings, default="")
    youtube_id_1_0 = String(scope=Scope.settings, default="")
    html5_sources = List(scope=Scope.settings, default=[])
    transcript_texts = Dict(scope=Scope.content, default={})  # by language

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The box."""
        shown = {"title": self.display_name, "address": self._address(), "transcripts": self._transcripts()}
        return Fragment(render_to_string("demo/courseware/blocks/video.html", shown))

    public_view = author_view = student_view

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What an app needs to play the film itself."""
        return {"address": self._address(), "transcripts": sorted(self.transcript_texts)}

    def _address(self) -> str:
        sources = self.html5_sources if isinstance(self.html5_sources, list) else []
        if self.youtube_id_1_0:
            return f"https://www.youtube.com/watch?v={self.youtube_id_1_0}"
        # An address of another scheme could run in the page that links to it.
        return next((source for source in sources if str(source).startswith(("https://", "http://"))), "")

    def _transcripts(self) -> list[dict[str, Any]]:
        texts = self.transcript_texts if isinstance(self.transcript_texts, dict) else {}
        return [{"language": code, "name": _name(code), "lines": text.split("\n")} for code, text in texts.items()]


def _name(language: str) -> str:
    try:
        return get_language_info(language)["name_local"]
    except KeyError:
        return language
