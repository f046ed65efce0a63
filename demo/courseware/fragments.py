"""What blocks hand over, put on a page under a strict content policy: nothing inline, every script and style a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock

FOLDER = "courseware/inline"
KINDS = {"application/javascript": "js", "text/javascript": "js", "text/css": "css"}


@dataclass(frozen=True)
class Parts:
    """A fragment as a page needs it: the body, and the addresses of its styles and scripts in their order."""

    body: SafeString
    styles: list[str]
    scripts: list[str]
    has_script: bool  # a block wants to be started in the browser


def wrap(block: XBlock, view: str, fragment: Fragment, course_key: CourseKey) -> Fragment:
    """The fragment inside the element that the browser's runtime looks for, with the init function and its arguments."""
    family = block.entry_point.replace(".", "-")
    arguments = getattr(fragment, "json_init_args", None)
    context = {
        "classes": f"xblock {family} {family}-{view} xblock-{view}",
        "key": block.scope_ids.usage_id,
        "block_type": block.scope_ids.block_type,
        "course_key": course_key,
        "name": block.name or "",
        "init": fragment.js_init_fn or "",
        "version": fragment.js_init_version or "",
        "arguments": json_script(arguments) if arguments is not None else "",
        "studio": getattr(block.runtime, "is_author_mode", False),
        "body": SafeString(fragment.body_html()),  # made by the block's own code from its own templates
    }
    wrapped = Fragment(render_to_string("demo/courseware/blocks/wrapper.html", context))
    wrapped.add_fragment_resources(fragment)
    return wrapped


def take_apart(fragments: Iterable[Fragment]) -> Parts:
    """The fragments of a page as one body and two lists of addresses, each address once."""
    fragments = list(fragments)
    styles: dict[str, None] = {}
    scripts: dict[str, None] = {}
    for resource in (resource for fragment in fragments for resource in fragment.resources):
        ending = KINDS.get(resource.mimetype)
        if ending is None:
            continue  # raw HTML for the head of a page: nothing that a strict page could use
        address = resource.data if resource.kind == "url" else _as_file(resource.data, ending)
        (styles if ending == "css" else scripts)[address] = None
    body = SafeString("".join(fragment.body_html() for fragment in fragments))
    return Parts(body, list(styles), list(scripts), has_script='data-init="' in body)


def browser_runtime() -> list[str]:
    """The scripts that start blocks: the workbench's runtime as it is published, and ours that teaches it our addresses."""
    vendored = ("js/vendor/jquery.min.js", "js/vendor/jquery.cookie.js", "js/runtime/1.js")
    return [*(static(f"workbench/{name}") for name in vendored), static("demo/courseware.js")]


def _as_file(text: str, ending: str) -> str:
    """Blocks may bring their script as text; under our policy it must be a file, so it becomes one, named by its content."""
    name = f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.{ending}"
    if not default_storage.exists(f"{FOLDER}/{name}"):
        default_storage.save(f"{FOLDER}/{name}", ContentFile(text.encode()))
    return reverse("courseware:inline", args=[name])


def inline_file(name: str) -> Any | None:
    """An open file that `take_apart` made, or None."""
    path = f"{FOLDER}/{name}"
    return default_storage.open(path) if default_storage.exists(path) else None
