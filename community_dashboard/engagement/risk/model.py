"""What a course learned, as numbers: weights over what is known of a learner, made into a chance. Plain Python.

Logistic regression over standardised terms, one of which is what the rule says; then two numbers (Platt's) that make its
chances agree with weeks that came after those it learned from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from community_dashboard.engagement.risk import rule
from community_dashboard.engagement.risk.facts import Facts, Peers

TERMS = (
    "rule",
    "pause",
    "missed",
    "expected",
    "overdue",
    "month",
    "trend",
    "blocks",
    "blocks_trend",
    "acts",
    "acts_trend",
    "lead",
    "started",
    "once",
    "posts",
    "longest",
)
FAR = 4.0  # standard deviations: nobody is taken to be further from the others


def terms(facts: Facts, peers: Peers) -> tuple[float, ...]:
    """The numbers that the weights belong to, in the order of TERMS."""
    return (
        logit(rule.chance(facts, peers)),
        math.log1p(facts.pause),
        facts.missed,
        math.log(facts.expected + 0.1),
        math.log1p(facts.pause / facts.rhythm) if facts.rhythm else 0.0,
        math.log1p(facts.month),
        float(facts.week - facts.week_before),
        math.log1p(facts.done_week),
        math.log1p(facts.done_week) - math.log1p(facts.done_before),
        math.log1p(facts.acts),
        math.log1p(facts.acts) - math.log1p(facts.acts_before),
        peers.lead(facts),
        math.log1p(facts.started),
        float(facts.worked <= 1),
        math.log1p(facts.posts),
        math.log1p(facts.longest),
    )


@dataclass(frozen=True)
class Model:
    """Weights in the order of TERMS. `slope` and `shift` make the regression's log-odds those of what came true."""

    middles: tuple[float, ...]  # of the terms, where it was trained
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    slope: float = 1.0
    shift: float = 0.0

    def raw(self, values: tuple[float, ...]) -> float:
        """The log-odds before they are adjusted."""
        total = self.bias
        for value, middle, spread, weight in zip(values, self.middles, self.spreads, self.weights, strict=True):
            total += weight * max(-FAR, min(FAR, (value - middle) / spread))
        return total

    def chance(self, facts: Facts, peers: Peers) -> float:
        """From 0.01 to 0.99."""
        return self.adjusted(self.raw(terms(facts, peers)))

    def adjusted(self, raw: float) -> float:
        """The chance for such log-odds; the larger, the larger."""
        return min(rule.MOST, max(rule.LEAST, sigmoid(self.slope * raw + self.shift)))


def as_stored(model: Model) -> dict[str, Any]:
    """For a JSON column."""
    return {"terms": list(TERMS)} | asdict(model)


def from_stored(stored: Mapping[str, Any]) -> Model | None:
    """What `as_stored` made; None for what was stored by a version that knew other terms, or is damaged."""
    if tuple(stored.get("terms", ())) != TERMS:
        return None
    try:
        values = {field.name: stored[field.name] for field in fields(Model)}
        numbers = {name: tuple(map(float, value)) if isinstance(value, list | tuple) else float(value)
                   for name, value in values.items()}  # fmt: skip
        model = Model(**numbers)  # type: ignore[arg-type]
        whole = {len(model.middles), len(model.spreads), len(model.weights)} == {len(TERMS)}
    except (KeyError, TypeError, ValueError):
        return None
    return model if whole and all(model.spreads) and model.slope > 0 else None


def logit(chance: float) -> float:
    """Log-odds."""
    return math.log(chance / (1 - chance))


def sigmoid(value: float) -> float:
    """The chance for log-odds, however far out."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
