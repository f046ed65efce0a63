"""What a segment is made of, the ready-made ones, and the limits of one's own. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from community_dashboard.activity.rollup.choosing import FACTS, OPERATORS, Chosen, Condition, Measure, Operator

MOST_CONDITIONS = 8  # that all hold
MOST_GROUPS = 4  # of which one holds
MOST_IN_GROUP = 4
MOST_OWN = 40  # of a course
LONGEST_NAME = 60
# The largest value that may be said of a measure: ten years, a count nobody reaches, per cent, yes.
LARGEST = {Measure.DAYS_AGO: 3650, Measure.COUNT: 100_000, Measure.SHARE: 100, Measure.FLAG: 1}
LONGEST_DEADLINE = 60  # days ahead that a definition may ask of
NOBODY = Chosen(persons=())


@dataclass(frozen=True)
class Definition:
    """Who is in a segment. `deadline` is in days: nobody is in it unless something is due within them; 0: always."""

    conditions: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    deadline: int = 0

    def chosen(self, *, days_to_deadline: float | None) -> Chosen:
        """The learners, given in how many days something is due next (None: nothing is known to be)."""
        if self.deadline and (days_to_deadline is None or days_to_deadline > self.deadline):
            return NOBODY
        return Chosen(conditions=self.conditions, any_of=self.any_of, team=False)


def _at_least(fact: str, value: int) -> Condition:
    return Condition(fact, Operator.AT_LEAST, value)


def _at_most(fact: str, value: int) -> Condition:
    return Condition(fact, Operator.AT_MOST, value)


_ENROLLED = Condition("enrolled", Operator.IS, 1)
_NOT_FINISHED = Condition("finished", Operator.IS, 0)

READY_MADE: dict[str, Definition] = {
    "never-started": Definition((_ENROLLED, Condition("started_days_ago", Operator.NEVER))),
    "returning": Definition((_ENROLLED, _at_least("pause", 14))),
    # Clearly less in the last days than in those before, or likely to drop out though seen of late.
    "drifting": Definition(
        (_ENROLLED, _NOT_FINISHED),
        (
            (_at_most("active_days_this_week", 0), _at_least("active_days_week_before", 1)),
            (_at_most("active_days_this_week", 1), _at_least("active_days_week_before", 3)),
            (_at_least("risk", 60), _at_most("seen_days_ago", 14)),
        ),
    ),
    "mentors": Definition((_ENROLLED, _at_least("progress", 60), _at_least("answers", 3))),
    "sleepers": Definition((_ENROLLED, _NOT_FINISHED, _at_least("seen_days_ago", 10)), deadline=7),
    # Who looks on: asked of what tracking events tell, so that nobody is one where a site tells none.
    "free-riders": Definition(
        (_ENROLLED, _at_most("tried", 0), _at_most("posts", 0), _at_most("answers", 0)),
        ((_at_least("opened", 5),), (_at_least("watched", 3),)),
    ),
    "alumni": Definition(
        (),
        (
            (Condition("finished", Operator.IS, 1),),
            (Condition("certified_days_ago", Operator.EVER),),
            (Condition("finished_before", Operator.IS, 1),),
        ),
    ),
}


def is_sound(condition: Condition) -> bool:
    """Whether a condition can be asked: a known fact, an operator of its measure, a value within reach."""
    fact = FACTS.get(condition.fact)
    if fact is None or condition.operator not in OPERATORS[fact.measure]:
        return False
    return 0 <= condition.value <= LARGEST[fact.measure]


def to_json(definition: Definition) -> dict[str, Any]:
    """As it is kept."""
    return {
        "conditions": [_told(one) for one in definition.conditions],
        "any_of": [[_told(one) for one in group] for group in definition.any_of],
        "deadline": definition.deadline,
    }


def from_json(kept: Mapping[str, Any]) -> Definition:
    """As it was kept. What this release does not know is left out; a group of which nothing is left goes whole."""
    groups = (tuple(_heard(group)) for group in kept.get("any_of", ()))
    return Definition(
        conditions=tuple(_heard(kept.get("conditions", ()))),
        any_of=tuple(group for group in groups if group),
        deadline=int(kept.get("deadline", 0)),
    )


def _told(condition: Condition) -> list[Any]:
    return [condition.fact, condition.operator.value, condition.value]


def _heard(rows: Any) -> list[Condition]:
    known = (
        Condition(fact, Operator(operator), int(value)) for fact, operator, value in rows if operator in set(Operator)
    )
    return [condition for condition in known if is_sound(condition)]
