"""When two labels are the same: however large or small they are written, and however many spaces are in them. Plain Python."""

from __future__ import annotations

import hashlib
import unicodedata


def tidy(label: str) -> str:
    """The label as it is kept: one space between words, none around them, no signs that cannot be seen."""
    seen = "".join(
        sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", label)
    )
    return " ".join(seen.split())


def key_of(label: str) -> str:
    """A number for the label in 32 letters, since databases differ in which texts they hold for the same."""
    folded = unicodedata.normalize("NFKC", tidy(label)).casefold()
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()
