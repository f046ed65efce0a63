"""What a course learned, as numbers, and how a post is weighed with them. Plain Python: nothing but training needs scikit-learn.

A post is turned into *terms*: `z`, what our signs say of it; `e`, what they say of an error in the course; `q`, whether it asks
something; `s:<code>`, each sign of urgency; `w:<number>`, its words and pairs of
words, each as one of 4,096 numbers, so that a model stays small and no word of a learner stands in it. A weight for each term and
a bias make the log odds.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from community_dashboard.moderation.urgency.judging import (
    Urgency,
    asks,
    odds_to_score,
    reasons,
    signs_in,
    weigh,
    weigh_error,
)
from community_dashboard.moderation.urgency.text import prepared

NUMBERS = 4_096
MOST_WEIGHTS = 4_400  # every number, every sign, and some to spare
WORD = re.compile(r"[^\W\d_]{2,30}")
MOST_WORDS = 400


@dataclass(frozen=True)
class Weights:
    """What one course learned."""

    bias: float
    of: Mapping[str, float]

    def judge(self, title: str, body: str) -> Urgency:
        """The urgency of a post as this course's moderators would see it."""
        text = prepared(title, body)
        found = signs_in(text)
        terms = terms_of(text, found)
        log_odds = self.bias + math.fsum(self.of.get(term, 0.0) * value for term, value in terms.items())
        why = reasons(found)
        words = math.fsum(self.of.get(term, 0.0) * value for term, value in terms.items() if term.startswith("w:"))
        if words > 0.5:
            why = (*why[:3], "learned_words")
        return Urgency(odds_to_score(log_odds), why)


def terms_of(text: str, found: Iterable[str]) -> dict[str, float]:
    """The terms of a prepared text with the signs found in it."""
    words = WORD.findall(text)[:MOST_WORDS]
    numbers = {zlib.crc32(word.encode()) % NUMBERS for word in words}
    numbers |= {zlib.crc32(f"{one} {other}".encode()) % NUMBERS for one, other in pairwise(words)}
    each = 1 / math.sqrt(len(numbers)) if numbers else 0.0
    codes = frozenset(found)
    return {
        "z": weigh(codes),
        "e": weigh_error(text)[0],
        "q": float(asks(text)),
        **{f"s:{code}": 1.0 for code in sorted(codes)},
        **{f"w:{number}": each for number in sorted(numbers)},
    }


def read_weights(stored: Any) -> Weights | None:
    """The weights as they stand in the table; None if it is not exactly that (another version wrote it, or somebody meddled)."""
    if not isinstance(stored, dict) or stored.get("form") != 1:
        return None
    bias, of = stored.get("bias", ""), stored.get("of")
    if not isinstance(of, dict) or len(of) > MOST_WEIGHTS:
        return None
    if not all(type(value) in (int, float) and math.isfinite(value) for value in [bias, *of.values()]):
        return None
    return Weights(float(bias), {str(term): float(value) for term, value in of.items()})


def as_stored(weights: Weights) -> dict[str, Any]:
    """What `read_weights` reads: weights that say next to nothing are left out, the largest are kept."""
    kept = sorted(weights.of.items(), key=lambda item: -abs(item[1]))[:MOST_WEIGHTS]
    return {
        "form": 1,
        "bias": round(weights.bias, 4),
        "of": {term: round(value, 4) for term, value in kept if abs(value) >= 0.0001},
    }
