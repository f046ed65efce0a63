"""How far two questions ask the same, 0 to 1. scikit-learn where it is installed; without it, a plainer measure of our own.

Learned: the mean of the cosines of TF-IDF over words with pairs of words, and over parts of words of three to five letters.
Plain: one such cosine over parts of words, which finds less. Two questions that name different numbers ("quiz 3", "quiz 4") or
are after different things ("until when", "where") are never the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from community_dashboard.moderation.answers.wording import aims_of, numbers_of, words_of

# Where precision was at least .95 on each of the sets A, B and C; see docs/urgency.md.
SAME_LEARNED, SAME_PLAIN = 0.5, 0.62
ONE_SIDED = 0.1


@dataclass(frozen=True)
class Question:
    """What somebody asked: the title and the beginning of the text."""

    title: str
    body: str

    @cached_property
    def words(self) -> list[str]:
        """Its words without endings."""
        return words_of(self.title, self.body)

    @cached_property
    def aims(self) -> frozenset[str]:
        """What it is after."""
        return aims_of(self.title, self.body)

    def against(self, other: Question) -> float:
        """How much speaks against the two being the same: 1, or a little where only one says what it is after."""
        mine, theirs = numbers_of(self.words), numbers_of(other.words)
        if mine and theirs and not (mine <= theirs or theirs <= mine):
            return 1.0
        if self.aims and other.aims:
            return 0.0 if self.aims & other.aims else 1.0
        return ONE_SIDED if self.aims or other.aims else 0.0


def is_learned() -> bool:
    """Whether scikit-learn is installed."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return False
    return True


def same_from(*, learned: bool) -> float:
    """The likeness from which on two questions are offered as the same."""
    return SAME_LEARNED if learned else SAME_PLAIN


def likeness(
    asked: Question, others: Sequence[Question], background: Sequence[Question] = (), *, learned: bool
) -> list[float]:
    """The likeness of each of the others to what was asked, less what speaks against it.

    `background` are questions of the course that tell which words are common in it. Some 0.2 s for 200 others and as many in the
    background.
    """
    if not others:
        return []
    measured = (_by_learning if learned else _plainly)([asked, *others, *background], len(others))
    return [max(0.0, value - asked.against(other)) for value, other in zip(measured, others, strict=True)]


def _by_learning(questions: Sequence[Question], others: int) -> list[float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [" ".join(question.words) for question in questions]
    if not any(texts):
        return [0.0] * others
    in_words = TfidfVectorizer(analyzer=_words_and_pairs, sublinear_tf=True).fit_transform(texts)
    in_parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit_transform(texts)
    near = [(rows[1 : others + 1] @ rows[0].T).toarray().ravel() for rows in (in_words, in_parts)]
    return [float(one + other) / 2 for one, other in zip(*near, strict=True)]


def _words_and_pairs(text: str) -> list[str]:
    words = text.split()
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def _plainly(questions: Sequence[Question], others: int) -> list[float]:
    counted = [_parts_of(question.words) for question in questions]
    known = Counter(part for parts in counted for part in parts)
    weighed = [
        {
            part: (1 + math.log(times)) * (1 + math.log((1 + len(counted)) / (1 + known[part])))
            for part, times in parts.items()
        }
        for parts in counted
    ]
    lengths = [math.sqrt(math.fsum(value * value for value in parts.values())) or 1.0 for parts in weighed]
    asked = weighed[0]
    return [
        math.fsum(value * asked.get(part, 0.0) for part, value in parts.items()) / (length * lengths[0])
        for parts, length in zip(weighed[1 : others + 1], lengths[1 : others + 1], strict=True)
    ]


def _parts_of(words: Sequence[str]) -> Counter[str]:
    parts: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        parts.update(padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1))
    return parts
