"""HTML that people wrote, made safe to show: one list of what may stay, for every page of a course."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

import nh3
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

TAGS = (nh3.ALLOWED_TAGS | {"section", "main", "tfoot"}) - {"map", "area"}
ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"lang", "dir", "title", "class"},
}
CLASSES = {("span", "separator")}  # stands between two languages, see courseware.css
SCHEMES = {"http", "https", "mailto", "tel"}
LINK = re.compile(r"""(?P<before>(?:src|href)=["'])/?(?:static/|asset-v1:[^"'@]*@asset\+block@)(?P<name>[^"'?#]+)""")


def clean_html(html: str) -> str:
    """The HTML without anything that runs, frames or styles. Plain text comes back escaped."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_known_classes,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _known_classes(tag: str, name: str, value: str) -> str | None:
    """`allowed_classes` by hand: nh3 has that from 0.3 on, and Teak is older."""
    if name != "class":
        return value
    return " ".join(one for one in value.split() if (tag, one) in CLASSES) or None


def point_to_files(html: str, course_key: CourseKey, files: Mapping[str, str]) -> str:
    """Studio's `/static/name` and `asset-v1:…@name` links turned into addresses of this course's own files.

    Links to files that the export did not bring are left as they are.
    """

    def replace(match: re.Match[str]) -> str:
        name = unquote(match["name"])
        if name not in files:
            return match[0]
        return match["before"] + reverse("courseware:file", args=[course_key, name])

    return LINK.sub(replace, html)
