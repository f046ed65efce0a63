"""Errors that know what to tell the person. Plain Python."""

from __future__ import annotations

from typing import Any


class SentenceError(Exception):
    """It was not done. `sentence` says why, in the reader's language when it is shown; `str(error)` too."""

    sentence: Any = ""

    def __init__(self, sentence: Any = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)
