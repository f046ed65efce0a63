"""What an export says of the course as a whole: policy, grading, the about page, pictures."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from demo.courseware.archive import PICTURES, OlxError
from demo.courseware.cleaning import clean_html

DEFAULT_PASSING_SHARE = 0.5


def read_about(files: dict[str, bytes], course_key: CourseKey, root: Element) -> dict[str, Any]:
    """The values of a `Course` row but its key, files and time of loading.

    `root` is the element of `course/<run>.xml`. Raises OlxError if a policy file is not the JSON it should be.
    """
    policy = _policy(files, str(course_key.run), root)
    grading = _json(files, f"policies/{course_key.run}/grading_policy.json")
    return {
        "title": _line(policy.get("display_name")) or course_key.course,
        "organisation": course_key.org,
        "number": course_key.course,
        "run": course_key.run,
        "summary": _plain(_page(files, "short_description")),
        "overview_html": clean_html(_page(files, "overview")),
        "language": _line(policy.get("language"))[:20],
        "start": _moment(policy.get("start")),
        "end": _moment(policy.get("end")),
        "open_to_public": policy.get("catalog_visibility", "both") == "both"
        and str(policy.get("invitation_only", False)).lower() != "true",
        "passing_share": _passing_share(grading),
        "picture": _picture(files, policy, root),
    }


def pictures(files: dict[str, bytes]) -> dict[str, bytes]:
    """The pictures of the export by their name below `static/`."""
    return {
        name.removeprefix("static/"): data
        for name, data in files.items()
        if name.startswith("static/") and any(name.lower().endswith(ending) for ending in PICTURES)
    }


def _policy(files: dict[str, bytes], run: str, root: Element) -> dict[str, Any]:
    policy = _json(files, f"policies/{run}/policy.json").get(f"course/{run}", {})
    return {**dict(root.items()), **(policy if isinstance(policy, dict) else {})}


def _json(files: dict[str, bytes], name: str) -> dict[str, Any]:
    if name not in files:
        return {}
    try:
        value = json.loads(files[name])
    except (ValueError, RecursionError) as error:
        raise OlxError(_("“%s” in this export is not valid JSON.") % name) from error
    return value if isinstance(value, dict) else {}


def _page(files: dict[str, bytes], name: str) -> str:
    return files.get(f"about/{name}.html", b"").decode("utf-8", errors="replace")


def _plain(html: str) -> str:
    text = nh3.clean(html, tags=set(), clean_content_tags={"script", "style"})
    for entity, character in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return re.sub(r"\s+", " ", text).strip()


def _line(value: Any) -> str:
    return re.sub(r"\s+", " ", str(value or "")).strip()[:255]


def _moment(value: Any) -> datetime | None:
    # Older exports write the date as JSON inside the attribute, with its quotation marks.
    try:
        moment = datetime.fromisoformat(str(value or "").strip('"'))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _passing_share(grading: dict[str, Any]) -> float:
    cutoffs = grading.get("GRADE_CUTOFFS")
    shares = (
        [share for share in cutoffs.values() if isinstance(share, int | float)] if isinstance(cutoffs, dict) else []
    )
    return min((share for share in shares if 0 < share <= 1), default=DEFAULT_PASSING_SHARE)


def _picture(files: dict[str, bytes], policy: dict[str, Any], root: Element) -> str:
    # The policy and the course element may name different pictures; the one that the export holds is meant.
    for name in (policy.get("course_image"), root.get("course_image"), "images_course_image.jpg"):
        if name and f"static/{name}" in files:
            return str(name)[:255]
    return ""
