"""A post as its signs are looked for: lower case, without accents, markup, addresses and code. Plain Python."""

from __future__ import annotations

import html
import re
import unicodedata

READ = 4_000  # characters of a body; who needs help says so on the first pages
_CODE = re.compile(r"```.*?(?:```|\Z)|<(pre|code)\b.*?(?:</\1>|\Z)|`[^`\n]*`", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_ADDRESS = re.compile(r"\bhttps?://\S+|\bwww\.\S+|[^\s@]{1,64}@[^\s@]{1,255}")
_SPACE = re.compile(r"\s+")


def prepared(title: str, body: str) -> str:
    """Title and the beginning of the body in one line, " | " between them. Time grows with the length read, at most 4,000."""
    text = html.unescape(_TAG.sub(" ", _CODE.sub(" ", body[:READ])))
    text = _ADDRESS.sub(" ", f"{title[:300]} | {text}").replace("’", "'").casefold().replace("œ", "oe")
    letters = unicodedata.normalize("NFKD", text)
    return _SPACE.sub(" ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()
