"""The draft of a note for the unit: the question in the words that those who asked have in common, and the answer. Plain Python.

Nobody is named in it. It is text to copy into the course, for its author to read first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from community_dashboard.moderation.answers.likeness import Question

MOST_WAYS = 5


@dataclass(frozen=True)
class Note:
    """What the draft is made of. Texts are people's own: hostile, to be escaped where they are shown as HTML."""

    question: str  # the title that has most in common with the others
    ways: tuple[str, ...]  # other titles
    askers: int
    answer: str


def draft_note(asked: Sequence[Question], answer: str) -> Note:
    """The note for these questions, the first of which is the open post's; at least one."""
    shared = Counter(word for question in asked for word in set(question.words))
    ranked = sorted(range(len(asked)), key=lambda at: (-_common(asked[at], shared), at))
    titles = [asked[at].title.strip() or _beginning(asked[at].body) for at in ranked]
    others = list(dict.fromkeys(title for title in titles[1:] if title.casefold() != titles[0].casefold()))
    return Note(titles[0], tuple(others[:MOST_WAYS]), len(asked), answer.strip())


def _common(question: Question, shared: Counter[str]) -> float:
    """How much of a title others say too: the mean over its words, so that a long one wins nothing by its length."""
    words = set(Question(question.title, "").words) or set(question.words)
    return sum(shared[word] for word in words) / (len(words) + 1)


def _beginning(text: str) -> str:
    return text if len(text) <= 120 else text[:119].rstrip() + "…"
