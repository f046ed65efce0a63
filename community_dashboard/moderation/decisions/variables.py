"""Names in braces in a canned reply: "Hello {name}". A brace that is meant is written twice. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMES = ("name", "unit", "course", "moderator")
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class UnknownNameError(ValueError):
    """A name that cannot be filled: unknown, or without a value here. `name` is "" for a brace that stands alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def names_in(text: str) -> list[str]:
    """The names in a text, in their order. Raises UnknownNameError."""
    return [_known(match) for match in _TOKEN.finditer(text) if match[0] not in ("{{", "}}")]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its names filled. Raises UnknownNameError for one that is unknown or has no value."""

    def value(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        name = _known(match)
        if not values.get(name):
            raise UnknownNameError(name)
        return values[name]

    return _TOKEN.sub(value, text)


def _known(match: re.Match[str]) -> str:
    name = (match[1] or "").strip() if match[0] not in ("{", "}") else ""
    if name not in NAMES:
        raise UnknownNameError(name)
    return name
