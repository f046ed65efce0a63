"""What every list that is saved as a CSV file has: rows written one by one, no formulas, and numbers in the place of names."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any

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
    digest = hmac.new(secret, str(value).encode(), hashlib.sha256).digest()
    return f"p{int.from_bytes(digest[:8], 'big') % 10**14:014}"
