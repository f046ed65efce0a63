"""Reads: chances, their reasons in words, and how the last round went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.risk import counting, levels
from community_dashboard.engagement.risk.counting import Counted
from community_dashboard.engagement.risk.meaning import Means
from community_dashboard.engagement.risk.models import RiskReading, RiskRound
from community_dashboard.engagement.risk.reasons import from_stored
from community_dashboard.engagement.risk.words import sentence

SHOWN = 5  # people on a card
FRESH = timedelta(days=3)  # a chance that is older is not told as news
BATCH = 500


@dataclass(frozen=True)
class AtRisk:
    """One learner's chance, in thousandths, and why, in the reader's language. `before`: a week before; -1 if not known."""

    person: int
    chance: int
    before: int
    reasons: tuple[str, ...]

    @property
    def newly(self) -> bool:
        """Whether the chance is high now and was not a week before."""
        return self.chance >= levels.HIGH > self.before


@dataclass(frozen=True)
class NewlyAtRisk:
    """How many are newly at risk, and those with the highest chances. `day`: the last that is known of."""

    number: int
    people: tuple[AtRisk, ...]
    day: date | None


@dataclass(frozen=True)
class Round:
    """The last round. `within`: days ahead, 0 if there was no deadline to look ahead to. `version`: 0 for the rule."""

    day: date | None
    reckoned_at: datetime | None
    means: Means
    days: int
    within: int
    version: int
    counted: Counted
    asked_at: datetime | None
    tried_at: datetime | None
    outcome: str


@dataclass(frozen=True)
class Page:
    """Some learners, the highest chance first. `position`: how many stand before the first; `more`: whether others follow."""

    people: tuple[AtRisk, ...]
    position: int
    more: bool


ALL, HIGH, NEW = "all", "high", "new"
SHOWS = {ALL: Q(), HIGH: Q(chance__gte=levels.HIGH), NEW: Q(chance__gte=levels.HIGH, before__lt=levels.HIGH)}


def reasons_of(course_key: CourseKey, persons: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Why the chances of these people are as high as they are, the weightiest first. One query for 500 people."""
    wanted, found = list(dict.fromkeys(persons)), {}
    for start in range(0, len(wanted), BATCH):
        rows = RiskReading.objects.filter(course_key=course_key, person__in=wanted[start : start + BATCH])
        found.update({row.person: _sentences(row) for row in rows})
    return found


def newly_at_risk(course_key: CourseKey, *, now: datetime) -> NewlyAtRisk:
    """Whose chance is high now and was not a week before. Nobody, if the last round is older than three days. Three queries."""
    day = RiskRound.objects.filter(course_key=course_key).values_list("day", flat=True).first()
    if day is None or day < (now - FRESH).date():
        return NewlyAtRisk(0, (), day)
    rows = RiskReading.objects.filter(SHOWS[NEW], course_key=course_key)
    people = tuple(_at_risk(row) for row in rows.order_by("-chance", "-person")[:SHOWN])
    return NewlyAtRisk(rows.count() if len(people) == SHOWN else len(people), people, day)


def round_of(course_key: CourseKey) -> Round | None:
    """The last round of a course; None before there was one or learning was asked for. One query."""
    row = RiskRound.objects.filter(course_key=course_key).first()
    if row is None:
        return None
    return Round(
        row.day,
        row.reckoned_at,
        Means(row.means) if row.means else Means.LEARNING,
        row.days,
        row.within,
        row.version,
        counting.from_stored(row.counts),
        row.asked_at,
        row.tried_at,
        row.outcome,
    )


def counts_of(course_key: CourseKey) -> dict[str, int]:
    """How many each list has, by its name. One query."""
    rows = RiskReading.objects.filter(course_key=course_key)
    return rows.aggregate(**{name: _count(chosen) for name, chosen in SHOWS.items()})


def page(course_key: CourseKey, show: str, *, after: int | None, size: int) -> Page:
    """The next learners of one of `SHOWS`, after that person's place; from the first where the person has none. Four queries."""
    rows = RiskReading.objects.filter(SHOWS[show], course_key=course_key)
    last = rows.filter(person=after).first() if after is not None else None
    position = 0
    if last is not None:
        behind = Q(chance__lt=last.chance) | Q(chance=last.chance, person__lt=last.person)
        position = rows.count() - rows.filter(behind).count()
        rows = rows.filter(behind)
    found = list(rows.order_by("-chance", "-person")[: size + 1])
    return Page(tuple(_at_risk(row) for row in found[:size]), position, len(found) > size)


def _count(chosen: Q) -> Any:
    return Count("id", filter=chosen) if chosen else Count("id")


def _at_risk(row: RiskReading) -> AtRisk:
    return AtRisk(row.person, row.chance, row.before, _sentences(row))


def _sentences(row: RiskReading) -> tuple[str, ...]:
    return tuple(sentence(one, Means(row.means)) for one in from_stored(row.reasons))
