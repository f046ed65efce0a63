"""Draws the block's templates, also where this package is not among Django's installed apps (Studio's form, a workbench)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from web_fragments.fragment import Fragment
from xblock.core import XBlock


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(Path(__file__).parent / "templates")],
        libraries={"i18n": "django.templatetags.i18n", "referral": "referral_xblock.templatetags.referral"},
    )


def draw(
    block: XBlock, template: str, context: dict[str, Any], *, style: str, script: str = "", start: str = ""
) -> Fragment:
    """The template as a fragment. `style` and `script` name files in public/, `start` the function that the script brings.

    Icons and files come from where the runtime serves the block's own resources. No query.
    """

    def resource(name: str) -> str:
        return block.runtime.local_resource_url(block, f"public/{name}")

    words = {"icons_url": _on_this_host(resource("icons.svg")), "html_id": html_id(block)}
    html = _engine().get_template(f"referral_xblock/{template}").render(Context(words | context))
    fragment = Fragment(html)
    fragment.add_css_url(resource(style))
    if script:
        fragment.add_javascript_url(resource(script))
        fragment.initialize_js(start, {"csrf_cookie": settings.CSRF_COOKIE_NAME})
    return fragment


def _on_this_host(address: str) -> str:
    """The address of the symbols, as a path. Browsers take symbols from the page's own host alone, and a site's static files
    may lie elsewhere; the LMS and Studio serve the files of a block under this path as well."""
    elsewhere = "//" in address
    return "/xblock/resource/referral/public/icons.svg" if elsewhere else address


def html_id(block: XBlock) -> str:
    """A prefix for the ids in the block's markup, so that two blocks in one unit do not disturb each other."""
    usage = str(block.scope_ids.usage_id)
    return "referral-" + "".join(one if one.isalnum() else "-" for one in usage.rpartition("@")[2] or usage)
