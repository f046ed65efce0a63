"""The keys of the queue: what each does, and which one it is. They act while the list has the focus alone. Plain Python.

One key moves or chooses; Enter does what was chosen, Escape leaves it. All can be changed and switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What a key does: ours. The choices are named like `moderation.data.Choice`.
DEFAULTS: dict[str, str] = {
    "next": "j",
    "previous": "k",
    "approve": "a",
    "hide": "h",
    "restore": "b",
    "endorse": "v",
    "close": "c",
    "pin": "p",
    "reply": "r",
    "edit": "e",
    "move": "m",
    "silence": "s",
    "warn": "w",
    "snooze": "z",
    "assign": "t",
    "note": "n",
    "undo": "u",
    "help": "?",
}


class TwiceError(Exception):
    """One key was given to two acts: `key`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True)
class Keys:
    """The keys of one person."""

    on: bool
    of: Mapping[str, str]  # act → key, complete


def keys_of(on: bool = True, changed: Mapping[str, str] | None = None) -> Keys:
    """The keys of somebody who changed these."""
    return Keys(on, {**DEFAULTS, **(changed or {})})


def clean_keys(asked: Mapping[str, str]) -> dict[str, str]:
    """Of the asked keys those that differ from ours. One printable character each; raises TwiceError.

    Capital letters are keys of their own: they are typed with Shift.
    """
    wanted = {**DEFAULTS, **{act: key for act, key in asked.items() if act in DEFAULTS and _is_key(key)}}
    seen: set[str] = set()
    for key in wanted.values():
        if key in seen:
            raise TwiceError(key)
        seen.add(key)
    return {act: key for act, key in wanted.items() if key != DEFAULTS[act]}


def _is_key(text: str) -> bool:
    return len(text) == 1 and text.isprintable() and not text.isspace()
