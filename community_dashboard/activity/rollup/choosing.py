"""Which learners a figure or a list is about: conditions on facts of a learner. Plain Python; `rows.py` makes queries of it.

A *fact* is something one may ask of `LearnerState`. Facts in days count from `now` back to a moment, so that a definition
("not seen for 10 days") stays true as time goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Measure(StrEnum):
    """What a fact is counted in, and so what may be said of it."""

    DAYS_AGO = "days_ago"  # days since a moment; "never" where there is none
    COUNT = "count"
    SHARE = "share"  # per cent, 0 to 100; "unknown" where nobody knows
    FLAG = "flag"


class Operator(StrEnum):
    """How a fact is compared. NEVER: the moment has not come, or the share is not known."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"
    NEVER = "never"
    EVER = "ever"


@dataclass(frozen=True)
class Fact:
    """One thing that may be asked: the column of `LearnerState` that knows it, and its measure."""

    column: str
    measure: Measure


FACTS: dict[str, Fact] = {
    "enrolled": Fact("enrolled", Measure.FLAG),
    "enrolled_days_ago": Fact("enrolled_at", Measure.DAYS_AGO),
    "started_days_ago": Fact("started_at", Measure.DAYS_AGO),
    "seen_days_ago": Fact("last_at", Measure.DAYS_AGO),
    "left_days_ago": Fact("left_at", Measure.DAYS_AGO),
    "passed_days_ago": Fact("passed_at", Measure.DAYS_AGO),
    "certified_days_ago": Fact("certified_at", Measure.DAYS_AGO),
    "active_days": Fact("days", Measure.COUNT),
    "active_days_this_week": Fact("days_7", Measure.COUNT),
    "active_days_week_before": Fact("days_before_7", Measure.COUNT),
    "pause": Fact("pause", Measure.COUNT),
    "completed": Fact("completed", Measure.COUNT),
    "watched": Fact("watched", Measure.COUNT),
    "tried": Fact("tried", Measure.COUNT),
    "opened": Fact("opened", Measure.COUNT),
    "progress": Fact("progress", Measure.SHARE),
    "grade": Fact("grade", Measure.SHARE),
    "finished": Fact("finished", Measure.FLAG),
    "finished_before": Fact("finished_before", Measure.FLAG),
    "posts": Fact("posts", Measure.COUNT),
    "answers": Fact("answers", Measure.COUNT),
    "invited": Fact("invited", Measure.COUNT),
    "risk": Fact("risk", Measure.SHARE),
}

OPERATORS: Mapping[Measure, tuple[Operator, ...]] = {
    Measure.DAYS_AGO: (Operator.AT_LEAST, Operator.AT_MOST, Operator.NEVER, Operator.EVER),
    Measure.COUNT: (Operator.AT_LEAST, Operator.AT_MOST),
    Measure.SHARE: (Operator.AT_LEAST, Operator.AT_MOST, Operator.NEVER, Operator.EVER),
    Measure.FLAG: (Operator.IS,),
}


@dataclass(frozen=True)
class Condition:
    """One comparison: `value` is days, a number, per cent, or 1 and 0 for a flag; ignored for NEVER and EVER."""

    fact: str
    operator: Operator
    value: int = 0


@dataclass(frozen=True)
class Chosen:
    """Some of the learners of a course; with nothing said, all. Everything that is said must hold."""

    cohort: int = 0  # 0: whichever
    mode: str = ""
    conditions: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()  # one of these groups holds wholly
    enrolled_from: date | None = None  # days of UTC, both included
    enrolled_until: date | None = None
    persons: tuple[int, ...] | None = None  # one of these accounts
    team: bool | None = None  # False: without the course team, True: the team alone

    @property
    def everybody(self) -> bool:
        """Whether it is about all who are in the figures by day, so that these answer."""
        return self == Chosen()


EVERYBODY = Chosen()
