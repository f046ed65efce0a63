"""How a course learns who drops out. Needs scikit-learn (the extra `learning`), which only training imports.

Strictly in time: it learns from the earliest weeks, its chances are adjusted to later ones, and whether it is better than the
rule is told by the latest, which neither has seen. Between two of these parts lie as many days as it takes to show who
dropped out, so that no part holds anything that became known in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from community_dashboard.engagement.risk import rule
from community_dashboard.engagement.risk.evaluation import Evaluation, Judged, Part, judge
from community_dashboard.engagement.risk.model import Model, terms
from community_dashboard.engagement.risk.samples import Sample, Samples

FEWEST, FEWEST_OF_EACH = 150, 15  # examples in each part; of those who dropped out and of those who did not
SHARES = (5, 2, 3)  # how the days of prediction are best divided: learning, adjusting, judging
STRENGTH = 0.03  # how freely the weights may move


class Outcome(StrEnum):
    """How learning ended. The values are stored."""

    LEARNED = "learned"
    NO_LIBRARY = "no_library"  # scikit-learn is not installed
    TOO_SHORT = "too_short"  # too few weeks to divide in three
    TOO_FEW = "too_few"  # too few learners, or too few who dropped out or who stayed
    UPSIDE_DOWN = "upside_down"  # what it learned was wrong the other way round in later weeks


@dataclass(frozen=True)
class Learned:
    """The model, how it did, and the examples of the latest weeks with the chances that it gave them."""

    model: Model
    evaluation: Evaluation
    chances: tuple[tuple[Sample, float], ...]


def can_learn() -> bool:
    """Whether scikit-learn is installed."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return False
    return True


def divide(ahead: Mapping[date, int]) -> tuple[tuple[date, date], ...] | None:
    """First and last day of prediction of the three parts; None if there are too few days for three.

    `ahead`: how many days after each day of prediction it shows who dropped out.
    """
    days = sorted(ahead)
    best: tuple[float, tuple[tuple[date, date], ...]] | None = None
    for end in range(1, len(days)):
        middle = _after(days, days[:end], ahead)
        for stop in range(1, len(middle)):
            latest = _after(days, middle[:stop], ahead)
            if not latest:
                break
            sizes = (end, stop, len(latest))
            balance = min(size / share for size, share in zip(sizes, SHARES, strict=True))
            if best is None or balance > best[0]:
                parts = (days[:end], middle[:stop], latest)
                best = balance, tuple((part[0], part[-1]) for part in parts)
    return best[1] if best else None


def _after(days: Sequence[date], part: Sequence[date], ahead: Mapping[date, int]) -> list[date]:
    """The days of prediction on which everything about `part` had come out."""
    known = max(day + timedelta(days=ahead[day]) for day in part)
    return [day for day in days if day >= known]


def learn(samples: Samples, *, capacity: int, sources: Sequence[str] = ()) -> Learned | Outcome:
    """What these examples teach, and how it did; or why nothing was learned. Seconds for 50,000 examples on one core.

    The same examples teach the same.
    """
    if not can_learn():
        return Outcome.NO_LIBRARY
    bounds = divide(samples.ahead)
    if bounds is None:
        return Outcome.TOO_SHORT
    learning, adjusting, latest = (samples.between(*bound) for bound in bounds)
    if not all(map(_enough, (learning, adjusting, latest))):
        return Outcome.TOO_FEW
    model = _adjust(_fit(samples, learning), samples, adjusting)
    if model is None:
        return Outcome.UPSIDE_DOWN

    def judged(chance: Callable[[Sample], float]) -> Judged:
        return judge([chance(row) for row in latest], latest, capacity)

    chances = [model.chance(row.facts, samples.peers[row.on]) for row in latest]
    evaluation = Evaluation(
        learned=_part(bounds[0], learning),
        adjusted=_part(bounds[1], adjusting),
        judged=_part(bounds[2], latest),
        model=judge(chances, latest, capacity),
        rule=judged(lambda row: rule.chance(row.facts, samples.peers[row.on])),
        days_since=judge([float(row.facts.idle) for row in latest], latest, capacity, are_chances=False),
        capacity=capacity,
        sources=tuple(sources),
    )
    return Learned(model, evaluation, tuple(zip(latest, chances, strict=True)))


def _enough(rows: Sequence[Sample]) -> bool:
    dropped = sum(row.dropped for row in rows)
    return len(rows) >= FEWEST and min(dropped, len(rows) - dropped) >= FEWEST_OF_EACH


def _part(bound: tuple[date, date], rows: Sequence[Sample]) -> Part:
    return Part(*bound, len(rows), sum(row.dropped for row in rows))


def _fit(samples: Samples, rows: Sequence[Sample]) -> Model:
    import numpy
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    table = numpy.array([terms(row.facts, samples.peers[row.on]) for row in rows])
    middles, spreads = table.mean(axis=0), table.std(axis=0)
    spreads[spreads < 1e-6] = 1.0
    table = numpy.clip((table - middles) / spreads, -4, 4)
    with threadpool_limits(1):  # a worker has other work beside
        found = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, [row.dropped for row in rows])

    def numbers(values: Any) -> tuple[float, ...]:
        return tuple(map(float, values))

    return Model(numbers(middles), numbers(spreads), numbers(found.coef_[0]), float(found.intercept_[0]))


def _adjust(model: Model, samples: Samples, rows: Sequence[Sample]) -> Model | None:
    """The same order with chances as they came true in `rows` (Platt's way); None if the order was the wrong way round."""
    from sklearn.linear_model import LogisticRegression

    said = [[model.raw(terms(row.facts, samples.peers[row.on]))] for row in rows]
    found = LogisticRegression(C=100.0).fit(said, [row.dropped for row in rows])
    slope, shift = float(found.coef_[0][0]), float(found.intercept_[0])
    return replace(model, slope=slope, shift=shift) if slope > 0 else None
