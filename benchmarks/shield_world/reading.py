"""Reads the hand-written texts and fills their gaps.

A file has kinds (`# kind`), and texts that end with `---`: a line with the title (`-` for an answer in somebody's thread), then
the body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

FOLDER = Path(__file__).with_name("texts")
CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")


@dataclass(frozen=True)
class Written:
    """A text as it stands in a file."""

    kind: str
    title: str  # "" for an answer
    body: str


def read_texts(name: str) -> list[Written]:
    """The texts of one file in its order."""
    found: list[Written] = []
    kind, lines = "", []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and not lines:
            kind = line[2:].strip()
        elif line == "---":
            title = "" if lines[0] == "-" else lines[0]
            found.append(Written(kind, title, "\n".join(lines[1:]).strip()))
            lines = []
        else:
            lines.append(line)
    return found


def fill(text: str, gaps: Mapping[str, str], draw: Random) -> str:
    """The text with one of every `{this|that}` and its `{gaps}` filled."""
    while CHOICE.search(text):
        text = CHOICE.sub(lambda match: draw.choice(match[1].split("|")), text, count=1)
    for name, value in gaps.items():
        text = text.replace("{" + name + "}", value)
    return text
