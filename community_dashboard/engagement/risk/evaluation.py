"""How a way of reckoning chances did in weeks that it had not seen: what the page about the model shows. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from community_dashboard.engagement.risk import judging
from community_dashboard.engagement.risk.samples import Sample

GROUP = 10  # people: figures of smaller groups are not kept
AS_WELL = 0.01  # of the area: less is chance


@dataclass(frozen=True)
class Part:
    """One of the three parts: first and last day of prediction, examples, and how many of them dropped out."""

    first: date
    last: date
    examples: int
    dropped: int


@dataclass(frozen=True)
class Judged:
    """How one way of reckoning did in the latest weeks. Shares of 1; None where it cannot be told."""

    area: float | None
    calibration_error: float | None  # None for what gives no chances
    log_loss: float | None
    precision: float | None  # among the first `capacity` of each day of prediction, on average
    bins: tuple[judging.Bin, ...] = ()


@dataclass(frozen=True)
class Group:
    """How the better of the two did for people of whom a trait says the same."""

    trait: str  # "country", "language"
    value: str
    people: int
    area: float | None
    said: float
    true: float


@dataclass(frozen=True)
class Evaluation:
    """What the page about the model shows."""

    learned: Part
    adjusted: Part
    judged: Part
    model: Judged
    rule: Judged
    days_since: Judged  # the days since somebody last learned, and nothing else
    capacity: int
    groups: tuple[Group, ...] = ()
    sources: tuple[str, ...] = ()  # keys of the courses it learned from

    @property
    def better(self) -> bool:
        """Whether the model is to be used: what came true surprised it less than the rule, and it orders people as well."""
        mine, other = self.model, self.rule
        if mine.area is None or other.area is None or mine.log_loss is None or other.log_loss is None:
            return False
        return mine.log_loss < other.log_loss and mine.area >= other.area - AS_WELL


def judge(chances: Sequence[float], rows: Sequence[Sample], capacity: int, *, are_chances: bool = True) -> Judged:
    """How these chances of these examples did."""
    truth = [row.dropped for row in rows]
    by_day: dict[date, tuple[list[float], list[bool]]] = {}
    for chance, row in zip(chances, rows, strict=True):
        found = by_day.setdefault(row.on, ([], []))
        found[0].append(chance)
        found[1].append(row.dropped)
    found_first = [judging.precision(*of_day, first=capacity) for of_day in by_day.values()]
    bins = judging.reliability(chances, truth) if are_chances else ()
    return Judged(
        judging.area(chances, truth),
        judging.calibration_error(bins) if are_chances else None,
        judging.log_loss(chances, truth) if are_chances else None,
        sum(found_first) / len(found_first) if found_first else None,
        bins,
    )


def groups_of(
    chances: Sequence[tuple[Sample, float]], *, trait: str, values: Mapping[int, str], shown: Sequence[str]
) -> tuple[Group, ...]:
    """How the chances did for each of the `shown` values of a trait; by person `values` says who has which."""
    found: dict[str, list[tuple[Sample, float]]] = {value: [] for value in shown}
    for row, chance in chances:
        if values.get(row.facts.person) in found:
            found[values[row.facts.person]].append((row, chance))
    groups = []
    for value, some in found.items():
        people = len({row.facts.person for row, _ in some})
        if people >= GROUP:
            said, truth = [chance for _, chance in some], [row.dropped for row, _ in some]
            means = sum(said) / len(said), sum(truth) / len(truth)
            groups.append(Group(trait, value, people, judging.area(said, truth), *means))
    return tuple(groups)


def as_stored(evaluation: Evaluation) -> dict[str, Any]:
    """For a JSON column; days as text."""
    stored = asdict(evaluation)
    for part in ("learned", "adjusted", "judged"):
        stored[part] |= {name: stored[part][name].isoformat() for name in ("first", "last")}
    return stored


def from_stored(stored: Mapping[str, Any]) -> Evaluation:
    """What `as_stored` made."""

    def part(name: str) -> Part:
        return Part(**stored[name] | {day: date.fromisoformat(stored[name][day]) for day in ("first", "last")})

    def judged(name: str) -> Judged:
        return Judged(**stored[name] | {"bins": tuple(judging.Bin(**one) for one in stored[name]["bins"])})

    return Evaluation(
        part("learned"),
        part("adjusted"),
        part("judged"),
        judged("model"),
        judged("rule"),
        judged("days_since"),
        stored["capacity"],
        tuple(Group(**one) for one in stored["groups"]),
        tuple(stored["sources"]),
    )
