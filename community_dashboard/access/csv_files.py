"""What every list saved as a file has: rows written one by one, no formulas, numbers in the place of names, a plain name."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse
from opaque_keys.edx.keys import CourseKey

BYTE_ORDER_MARK = (
    "\ufeff"  # spreadsheet programs take the file for UTF-8 only with it; the platform's files have it too
)
FORMULA = re.compile(r"^\s*[=+\-@]|^[\t\r]")


class Line:
    """What a csv.writer writes to: it hands the line on."""

    def write(self, text: str) -> str:
        """The line as it was written."""
        return text


def neutralise(cell: Any) -> str:
    """The cell as text that no spreadsheet program takes for a formula."""
    text = "" if cell is None else str(cell)
    return "'" + text if FORMULA.match(text) else text


def pseudonym(value: object, *, secret: bytes) -> str:
    """A number for a person that is the same throughout one file and means nothing in another."""
    digest = hmac.digest(secret, str(value).encode(), "sha256")
    return f"p{int.from_bytes(digest[:8], 'big') % 10**14:014}"


def file_name(course_key: CourseKey, name: str, *parts: str, ending: str = ".csv") -> str:
    """What a file is called: the list, the course and what it was narrowed to, in plain characters."""
    said = (name, course_key.org, course_key.course, course_key.run or "", *parts)
    return "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-") for part in said if part)[:180] + ending


def attachment(chunks: Iterable[str | bytes], *, name: str, content_type: str) -> StreamingHttpResponse:
    """A file that is sent while it is written, and saved instead of shown."""
    response = StreamingHttpResponse(chunks, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
