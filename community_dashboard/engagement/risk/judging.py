"""How good chances are, held against what came true. Plain Python.

All functions take the chances (0 to 1; any number will do where only the order counts) and whether it came true, in the same
order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Those of whom about the same was said: from `low` to below `low` + 10 %. Shares from 0 to 1."""

    low: float
    people: int
    said: float  # the mean of what was said
    true: float  # the share of which it came true


def area(chances: Sequence[float], truth: Sequence[bool]) -> float | None:
    """The chance that of two people, one of whom dropped out, that one had the higher chance; equals count half.

    The area under the ROC curve. None if all did or nobody did.
    """
    positive = sum(truth)
    negative = len(truth) - positive
    if not positive or not negative:
        return None
    order = sorted(zip(chances, truth, strict=True))
    ranks, begin = 0.0, 0
    while begin < len(order):
        end = begin
        while end < len(order) and order[end][0] == order[begin][0]:
            end += 1
        ranks += sum(true for _, true in order[begin:end]) * (begin + 1 + end) / 2
        begin = end
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)


def reliability(chances: Sequence[float], truth: Sequence[bool]) -> tuple[Bin, ...]:
    """Ten bins of equal width; empty ones are left out."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for chance, true in zip(chances, truth, strict=True):
        found.setdefault(min(BINS - 1, int(chance * BINS)), []).append((chance, true))
    return tuple(
        Bin(
            number / BINS,
            len(some),
            sum(chance for chance, _ in some) / len(some),
            sum(true for _, true in some) / len(some),
        )
        for number, some in sorted(found.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far what was said lies from what came true, on average over people (the expected calibration error)."""
    people = sum(one.people for one in bins)
    return sum(one.people * abs(one.said - one.true) for one in bins) / people if people else 0.0


def log_loss(chances: Sequence[float], truth: Sequence[bool]) -> float:
    """The mean surprise; the smaller the better. Chances must lie between 0 and 1, both excluded."""
    return -sum(math.log(c if t else 1 - c) for c, t in zip(chances, truth, strict=True)) / len(truth)


def precision(chances: Sequence[float], truth: Sequence[bool], *, first: int) -> float:
    """The share of which it came true among the `first` with the highest chances; of equals, in proportion."""
    order = sorted(chances, reverse=True)[:first]
    if not order:
        return 0.0
    last = order[-1]
    surely = [true for chance, true in zip(chances, truth, strict=True) if chance > last]
    equal = [true for chance, true in zip(chances, truth, strict=True) if chance == last]
    left = len(order) - len(surely)
    return (sum(surely) + left * sum(equal) / len(equal)) / len(order)
