"""How a course learns from what its moderators decided. Needs scikit-learn (the extra `learning`), which only training imports.

Logistic regression over the terms of `weights.py`. What our signs say together is a term that is hardly held back, and what was
learned is mixed with the signs alone, which count the more the fewer the decisions: a course begins with our signs and moves away
from them as far as its decisions ask. Whether it helped is told by examples that were left out in turn: only what clearly beats
the signs alone is used.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from community_dashboard.moderation.urgency.judging import signs_in
from community_dashboard.moderation.urgency.text import prepared
from community_dashboard.moderation.urgency.weights import Weights, terms_of

FEWEST = 30  # examples
FEWEST_OF_EACH = 8  # urgent, and not
MOST = 3_000  # the newest; a course has some 400 posts a day, of which few are decided on
FOLDS = 5
LARGE = 3.0  # a term this much larger is held back so much less
STRENGTH = 1.0  # how freely the other terms may move
CLEARLY = 0.5  # standard deviations
SIGNS_COUNT = 30  # the signs alone speak as loud as so many decisions


@dataclass(frozen=True)
class Example:
    """A post and what a moderator made of it. `weight` is how clearly that was said."""

    title: str
    body: str
    urgent: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Learned:
    """What was learned, and how it did on examples that it had not seen."""

    weights: Weights
    examples: int
    urgent: int
    f1_signs: float
    f1_learned: float
    better: bool  # whether it is to be used


def can_learn() -> bool:
    """Whether scikit-learn is installed."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return False
    return True


def learn(examples: Sequence[Example]) -> Learned | None:
    """What these examples teach; None if they are too few or of one kind. The first `MOST` count: give the newest first.

    Under a second for 3,000 examples on one core. The same examples teach the same.
    """
    used = list(examples[:MOST])
    urgent = sum(one.urgent for one in used)
    if len(used) < FEWEST or min(urgent, len(used) - urgent) < FEWEST_OF_EACH:
        return None
    from sklearn.model_selection import StratifiedKFold

    texts = [prepared(one.title, one.body) for one in used]
    rows = [terms_of(text, signs_in(text)) for text in texts]
    truth = [one.urgent for one in used]
    importance = [one.weight for one in used]
    unseen = [0.0] * len(used)
    for seen, left_out in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, truth):
        fold = _fit([rows[i] for i in seen], [truth[i] for i in seen], [importance[i] for i in seen])
        for i in left_out:
            unseen[i] = _log_odds(fold, rows[i])
    by_signs, learned = [row["z"] >= 0 for row in rows], [value >= 0 for value in unseen]
    return Learned(
        _fit(rows, truth, importance),
        len(used),
        urgent,
        f1_signs=f1(by_signs, truth),
        f1_learned=f1(learned, truth),
        better=_is_better(learned, by_signs, truth),
    )


def f1(said: Sequence[bool], truth: Sequence[bool]) -> float:
    """The harmonic mean of precision and recall; 0 where nothing was found."""
    both = sum(a and b for a, b in zip(said, truth, strict=True))
    return 2 * both / (sum(said) + sum(truth)) if both else 0.0


def _is_better(learned: Sequence[bool], by_signs: Sequence[bool], truth: Sequence[bool]) -> bool:
    """Right more often than the signs, by more than the posts on which the two differ would give by chance."""
    differ = [one == true for one, other, true in zip(learned, by_signs, truth, strict=True) if one != other]
    return 2 * sum(differ) - len(differ) > CLEARLY * math.sqrt(len(differ))


def _fit(rows: list[dict[str, float]], truth: list[bool], importance: list[float]) -> Weights:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    vectorizer = DictVectorizer(sort=True)
    table = vectorizer.fit_transform([row | {name: row[name] * LARGE for name in ("z", "e")} for row in rows])
    with threadpool_limits(1):  # a worker has other work beside
        model = LogisticRegression(C=STRENGTH, max_iter=500).fit(table, truth, sample_weight=importance)
    of = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    of |= {name: of[name] * LARGE for name in ("z", "e")}
    share = sum(importance) / (sum(importance) + SIGNS_COUNT)
    of = {term: share * weight for term, weight in of.items()}
    of["z"] += 1 - share
    return Weights(share * float(model.intercept_[0]), of)


def _log_odds(weights: Weights, row: dict[str, float]) -> float:
    return weights.bias + sum(weights.of.get(term, 0.0) * value for term, value in row.items())
