"""Conditions on learners: each comparison against the same in Python, row by row."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.activity.rollup.choosing import FACTS, OPERATORS, Chosen, Condition, Measure, Operator
from community_dashboard.activity.rollup.people import states_of
from community_dashboard.activity.rollup.rows import STATE_COLUMNS, learners
from community_dashboard.models import LearnerState
from tests.people import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DAYS = {name for name, fact in FACTS.items() if fact.measure is Measure.DAYS_AGO}


def values(measure):
    return {
        Measure.DAYS_AGO: st.one_of(st.none(), st.integers(-2, 20).map(lambda days: NOW - days * DAY)),
        Measure.COUNT: st.integers(0, 5),
        Measure.SHARE: st.sampled_from([-1, 0, 10, 29, 30, 31, 500, 1000]),
        Measure.FLAG: st.booleans(),
    }[measure]


LEARNERS = st.lists(
    st.fixed_dictionaries(
        {fact.column: values(fact.measure) for fact in FACTS.values()}
        | {"cohort": st.integers(0, 2), "mode": st.sampled_from(["audit", "verified"]), "team": st.booleans()}
    ),
    min_size=1,
    max_size=6,
)
CONDITION = st.sampled_from(sorted(FACTS)).flatmap(
    lambda name: st.builds(
        Condition, st.just(name), st.sampled_from(OPERATORS[FACTS[name].measure]), st.integers(0, 14)
    )
)
CHOSEN = st.builds(
    Chosen,
    cohort=st.integers(0, 2),
    mode=st.sampled_from(["", "audit"]),
    conditions=st.lists(CONDITION, max_size=2).map(tuple),
    any_of=st.lists(st.lists(CONDITION, max_size=2).map(tuple), max_size=2).map(tuple),
    enrolled_from=st.one_of(st.none(), st.integers(0, 20).map(lambda days: NOW.date() - days * DAY)),
    enrolled_until=st.one_of(st.none(), st.integers(0, 20).map(lambda days: NOW.date() - days * DAY)),
    persons=st.one_of(st.none(), st.lists(st.integers(1, 6), max_size=3).map(tuple)),
    team=st.sampled_from([None, True, False]),
)


def holds(row, condition):
    fact = FACTS[condition.fact]
    value = getattr(row, fact.column)
    match fact.measure, condition.operator:
        case Measure.FLAG, _:
            return value == bool(condition.value)
        case Measure.DAYS_AGO, Operator.NEVER:
            return value is None
        case Measure.DAYS_AGO, Operator.EVER:
            return value is not None
        case Measure.DAYS_AGO, Operator.AT_LEAST:
            return value is not None and NOW - value >= condition.value * DAY
        case Measure.DAYS_AGO, Operator.AT_MOST:
            return value is not None and NOW - value <= condition.value * DAY
        case Measure.SHARE, Operator.NEVER:
            return value < 0
        case Measure.SHARE, Operator.EVER:
            return value >= 0
        case Measure.SHARE, Operator.AT_LEAST:
            return value >= 0 and value / 10 >= condition.value
        case Measure.SHARE, Operator.AT_MOST:
            return value >= 0 and value / 10 <= condition.value
        case _, Operator.AT_LEAST:
            return value >= condition.value
    return value <= condition.value


def is_chosen(row, chosen):
    day = row.enrolled_at.date() if row.enrolled_at else None
    return (
        all(holds(row, one) for one in chosen.conditions)
        and (not chosen.any_of or any(all(holds(row, one) for one in group) for group in chosen.any_of))
        and chosen.cohort in (0, row.cohort)
        and chosen.mode in ("", row.mode)
        and chosen.team in (None, row.team)
        and (chosen.enrolled_from is None or (day is not None and day >= chosen.enrolled_from))
        and (chosen.enrolled_until is None or (day is not None and day <= chosen.enrolled_until))
        and (chosen.persons is None or row.person in chosen.persons)
    )


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(people=LEARNERS, chosen=CHOSEN)
def test_a_query_finds_whom_python_finds(course_key, people, chosen):
    with transaction.atomic():
        LearnerState.objects.bulk_create(
            LearnerState(course_key=course_key, person=number, filled_at=NOW, **columns)
            for number, columns in enumerate(people, start=1)
        )
        rows = states_of(course_key, range(1, 10)).values()
        assert set(learners(course_key, chosen, now=NOW).values_list("person", flat=True)) == {
            row.person for row in rows if is_chosen(row, chosen)
        }
        transaction.set_rollback(True)


def test_rows_have_every_column_of_their_table():
    own = {field.name for field in LearnerState._meta.fields} - {"id", "course_key"}
    assert set(STATE_COLUMNS) == own
