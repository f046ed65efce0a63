"""Bars that begin at zero. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence

FULL = 1000


def bar_lengths(numbers: Sequence[int | None]) -> list[str]:
    """The length of each number's bar, the largest being 1000; "0" for None. Text, so that no locale puts a comma in."""
    largest = max((number for number in numbers if number), default=0)
    return [str(round(FULL * (number or 0) / largest)) if largest else "0" for number in numbers]
