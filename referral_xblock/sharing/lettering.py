"""Words on a picture: which of them a font can write, and how they break into lines."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import grapheme
from PIL import ImageFont, features

logger = logging.getLogger(__name__)

# Pillow's own font has no accented letter. This one (Open Sans Semibold, Apache-2.0) writes Latin, Greek and Cyrillic.
OWN_FONT = str(Path(__file__).parent / "fonts" / "open-sans-semibold.ttf")
NOT_A_CHARACTER = "\uffff"  # no font has it, so it shows what a font draws for what it does not have
ELLIPSIS = "…"
VARIATIONS = re.compile("[\ufe00-\ufe0f]")  # ask for the emoji or the plain form of the sign before


@lru_cache(maxsize=32)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """The font at this size in pixels; our own for no path, and for one that cannot be read, which is logged."""
    try:
        return ImageFont.truetype(path or OWN_FONT, size)
    except OSError:
        logger.warning("The font %s cannot be read; the preview card uses its own.", path)
        return ImageFont.truetype(OWN_FONT, size)


@lru_cache(maxsize=1)
def can_join() -> bool:
    """Whether this Pillow joins letters and orders right-to-left text; without it such scripts come out wrong."""
    return bool(features.check("raqm") and features.check("fribidi"))


def writable(text: str, path: str = "") -> str:
    """The text in one line as the font can write it, "" if it cannot.

    Symbols and emoji that the font lacks are left out; one missing letter makes the whole text unwritable, since a word with
    a hole is worse than none.
    """
    text = VARIATIONS.sub("", unicodedata.normalize("NFC", text))
    missing = {one for one in set(text) if _is_missing(one, path)}
    text = " ".join("".join(one for one in text if one not in missing).split())
    if any(unicodedata.category(one)[0] in "LNM" for one in missing) or not any(map(str.isalnum, text)):
        return ""
    if not can_join() and any(_needs_joining(one) for one in text):
        return ""
    return text


@lru_cache(maxsize=4096)
def _is_missing(one: str, path: str) -> bool:
    """Whether the font draws this character as it draws what it does not have."""
    if one.isspace():
        return False
    if unicodedata.category(one) in {"Cc", "Cf", "Cs"}:
        return one not in "\u200c\u200d"  # these two shape the letters beside them and are themselves not seen
    face = font(path, 24)
    return _picture(face, one) == _picture(face, NOT_A_CHARACTER)


def _picture(face: ImageFont.FreeTypeFont, one: str) -> tuple[tuple[int, int], bytes]:
    mask = face.getmask(one)
    return mask.size, bytes(mask)


def _needs_joining(one: str) -> bool:
    return unicodedata.bidirectional(one) in {"R", "AL", "AN"} or unicodedata.category(one) in {"Mn", "Mc"}


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int, most: int) -> tuple[list[str], bool]:
    """At most `most` lines of at most `width` pixels, and whether the whole text is in them (else the last ends in "…").

    Breaks at spaces, and within a word only if the word alone is wider than a line, as in scripts without spaces.
    """
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        line, rest = _take_line(rest, face, width)
        lines.append(line)
    if rest and lines:
        lines[-1] = _end_early(lines[-1], face, width)
    return lines, not rest


def _take_line(text: str, face: ImageFont.FreeTypeFont, width: int) -> tuple[str, str]:
    """The first line and what is left."""
    line = ""
    words = text.split(" ")
    while words and face.getlength(f"{line} {words[0]}".strip()) <= width:
        line = f"{line} {words.pop(0)}".strip()
    if line:
        return line, " ".join(words)
    letters = list(grapheme.graphemes(text))
    taken = 1
    while taken < len(letters) and face.getlength("".join(letters[: taken + 1])) <= width:
        taken += 1
    return "".join(letters[:taken]).strip(), "".join(letters[taken:]).strip()


def _end_early(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    """The line with an ellipsis, shortened by words, then by letters, until both fit."""
    while line and face.getlength(line + ELLIPSIS) > width:
        shorter = line.rpartition(" ")[0]
        line = shorter or "".join(list(grapheme.graphemes(line))[:-1])
    return line.rstrip(" .,;:–—-") + ELLIPSIS
