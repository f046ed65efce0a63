"""What is kept of a text: a readable beginning, and a fingerprint that is the same for the same words. Plain Python and nh3.

Texts are Markdown or HTML as people wrote them, up to a megabyte: only their beginning is looked at.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

import nh3

LOOKED_AT = 20_000  # characters of a body
EXCERPT = 300
_READ_FOR_EXCERPT = 2_000
_MARKUP = re.compile(r"[<&]")
_PICTURE_OR_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*[^)\n]*\)")
_MARKS = re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)|(?<!\w)[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}(?!\w)")
_UNFINISHED_TAG = re.compile(r"<[^<>]*$")
_BETWEEN = re.compile(r"[\W_]+")  # accents too, once they are letters of their own
_THANKS = re.compile(
    r"\b(?:thanks?|thank you|thx|cheers|merci|super|parfait|perfect|great|ok|okay|d'accord|compris|understood|got it)\b",
    re.IGNORECASE,
)
_LONGEST_THANKS = 120


def plain_text(text: str) -> str:
    """The words of a Markdown or HTML text on one line; text that people wrote, so still to be escaped where it is shown."""
    if _MARKUP.search(text):
        text = html.unescape(nh3.clean(text, tags=set()))
    if "](" in text:
        text = _PICTURE_OR_LINK.sub(r"\1", text)
    return " ".join(_MARKS.sub("", text).split())


def excerpt_of(body: str) -> str:
    """The beginning of the body as plain text, at most 300 characters, ending with an ellipsis where it was cut."""
    if len(body) <= _READ_FOR_EXCERPT:
        text, cut = plain_text(body), False
    else:
        text, cut = plain_text(_UNFINISHED_TAG.sub("", body[:_READ_FOR_EXCERPT])), True
    return text if len(text) <= EXCERPT and not cut else text[: EXCERPT - 1].rstrip() + "…"


def fingerprint_of(title: str, body: str) -> str:
    """32 hexadecimal digits, the same for texts of the same words: case, accents, punctuation and spaces do not count.

    "" for a text without words, of which there may be many that have nothing in common.
    """
    plain = f"{title} {body[:LOOKED_AT]}".casefold()
    words = _BETWEEN.sub("", plain if plain.isascii() else unicodedata.normalize("NFKD", plain))
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest() if words else ""


def is_thanks(excerpt: str) -> bool:
    """Whether a text only thanks or agrees: short, says so, and asks nothing."""
    return len(excerpt) <= _LONGEST_THANKS and "?" not in excerpt and _THANKS.search(excerpt) is not None
