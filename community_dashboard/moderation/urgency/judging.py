"""From signs to an urgency between 0 and 1, and to what is told about it. Plain Python; under 1 ms a post."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from community_dashboard.moderation.urgency import course_errors, signs
from community_dashboard.moderation.urgency.text import prepared

AT = 0.5  # from here on a post is called urgent, or a report of an error
START = -3.4  # of a post without any sign: one in thirty is urgent all the same
ERROR_START = -2.6
MOST_REASONS = 4
QUESTION = re.compile(
    r"\?|\b(?:how (?:do|can|to)|where (?:do|can|is)|what (?:is|does)|comment (?:faire|on)|ou (?:est|sont|trouver)"
    r"|c(?:'est)? (?:quoi|koi)"
    r"|quelqu'un (?:peut|sait|a)\b|(?:do|does) any(?:one|body)|i (?:do not|don't) understand|je (?:ne )?comprends? pas)"
)
_URGENT = tuple((sign, re.compile(sign.pattern)) for sign in signs.SIGNS)
_ERROR = tuple((sign, re.compile(sign.pattern)) for sign in course_errors.SIGNS)
# Two signs that mean more together than each alone.
TOGETHER: tuple[tuple[frozenset[str], frozenset[str], float], ...] = (
    (
        frozenset({"cannot", "broken", "lost", "locked_out", "money", "accused", "key_wrong"}),
        frozenset({"closes", "hours_left", "needed_by", "last_chance", "graded", "many"}),
        1.2,
    ),
    (frozenset({"many"}), frozenset({"broken", "cannot", "outage", "key_wrong"}), 0.6),
)


@dataclass(frozen=True)
class Urgency:
    """How urgent, 0 to 1, and the codes of the signs that say so, the strongest first; see `words.py`."""

    score: float
    why: tuple[str, ...]

    @property
    def is_urgent(self) -> bool:
        """Whether it is called urgent."""
        return self.score >= AT


def signs_in(text: str) -> frozenset[str]:
    """Codes of the signs of urgency in a prepared text."""
    return frozenset(sign.code for sign, pattern in _URGENT if pattern.search(text))


def weigh(found: Iterable[str]) -> float:
    """What the signs say together, as log odds."""
    codes = frozenset(found)
    total = START + math.fsum(sign.weight for sign in signs.SIGNS if sign.code in codes)
    return total + math.fsum(more for some, others, more in TOGETHER if codes & some and codes & others)


def reasons(found: Iterable[str], weights: dict[str, float] | None = None) -> tuple[str, ...]:
    """The signs that speak for it, the strongest first, at most four; `weights` replaces our own."""
    own = weights or {sign.code: sign.weight for sign in signs.SIGNS}
    speaking = sorted((code for code in set(found) if own.get(code, 0) > 0), key=lambda code: (-own[code], code))
    return tuple(speaking[:MOST_REASONS])


def odds_to_score(log_odds: float) -> float:
    """Log odds as a share between 0 and 1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, log_odds))))


def judge(title: str, body: str) -> Urgency:
    """The urgency of a post by the signs alone."""
    found = signs_in(prepared(title, body))
    return Urgency(odds_to_score(weigh(found)), reasons(found))


def weigh_error(text: str) -> tuple[float, dict[str, float]]:
    """Log odds that a prepared text reports an error in the course, and the weights of the signs found."""
    found = {sign.code: sign.weight for sign, pattern in _ERROR if pattern.search(text)}
    return ERROR_START + math.fsum(found.values()), found


def judge_error(title: str, body: str) -> Urgency:
    """How far a post reports an error in the course, likewise."""
    log_odds, found = weigh_error(prepared(title, body))
    return Urgency(odds_to_score(log_odds), reasons(found, found))


def asks(text: str) -> bool:
    """Whether a prepared text asks something."""
    return QUESTION.search(text) is not None
