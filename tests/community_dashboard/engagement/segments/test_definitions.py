"""Definitions: how they are kept, what cannot be said, and the words for everything that can."""

import pytest

from community_dashboard.activity.rollup.choosing import FACTS, OPERATORS, Condition, Measure, Operator
from community_dashboard.engagement.segments.definitions import (
    READY_MADE,
    Definition,
    from_json,
    is_sound,
    to_json,
)
from community_dashboard.engagement.segments.sentences import COMPARISONS, FACT_NAMES, clause_of, sentence_of

EVERYTHING = [
    Condition(name, operator, value)
    for name, fact in FACTS.items()
    for operator in OPERATORS[fact.measure]
    for value in (0, 1, 7)
    if is_sound(Condition(name, operator, value))
]


@pytest.mark.parametrize("key", READY_MADE)
def test_what_is_kept_comes_back_whole(key):
    assert from_json(to_json(READY_MADE[key])) == READY_MADE[key]


def test_what_this_release_does_not_know_is_left_out():
    kept = {
        "conditions": [["enrolled", "is", 1], ["shoe_size", "at_least", 40], ["posts", "rhymes_with", 1]],
        "any_of": [[["shoe_size", "at_least", 40]], [["posts", "at_least", 2]]],
    }
    assert from_json(kept) == Definition(
        (Condition("enrolled", Operator.IS, 1),), ((Condition("posts", Operator.AT_LEAST, 2),),)
    )
    assert from_json({}) == Definition()


@pytest.mark.parametrize(
    "condition",
    [
        Condition("shoe_size", Operator.AT_LEAST, 40),
        Condition("enrolled", Operator.AT_LEAST, 1),
        Condition("posts", Operator.NEVER),
        Condition("grade", Operator.AT_LEAST, 101),
        Condition("posts", Operator.AT_MOST, -1),
        Condition("seen_days_ago", Operator.AT_LEAST, 100_000),
    ],
)
def test_what_makes_no_sense_is_not_sound(condition):
    assert not is_sound(condition)


def test_every_fact_has_a_name_and_every_comparison_words():
    assert set(FACT_NAMES) == set(FACTS)
    assert set(COMPARISONS) == set(Operator) - {Operator.IS}, "of a flag one says yes or no"
    clauses = {clause_of(condition) for condition in EVERYTHING}
    assert all(clauses) and not any("%(" in clause for clause in clauses)
    # Of counts, "at most nought" has words of its own; the moments' "ever" and "never" have no number.
    different = {
        (c.fact, c.operator, c.value if c.operator not in (Operator.NEVER, Operator.EVER) else 0) for c in EVERYTHING
    }
    assert len(clauses) == len(different)


def test_a_sentence_joins_conditions_and_groups():
    enrolled, posted = Condition("enrolled", Operator.IS, 1), Condition("posts", Operator.AT_LEAST, 1)
    silent, watched = Condition("answers", Operator.AT_MOST, 0), Condition("watched", Operator.AT_LEAST, 2)
    assert sentence_of(Definition()) == "All learners."
    assert sentence_of(Definition((enrolled, posted, silent))) == (
        "Learners who are enrolled, began at least 1 discussion and answered nobody."
    )
    assert sentence_of(Definition((), ((enrolled, posted), (silent,), (watched,)))) == (
        "Learners who are enrolled and began at least 1 discussion; or answered nobody; or played a video at least 2 times."
    )
    assert sentence_of(Definition((enrolled,), ((posted,), (silent,)), 1)) == (
        "While something is due within 1 day: learners who are enrolled, and who began at least 1 discussion; "
        "or answered nobody."
    )
    assert FACTS["grade"].measure is Measure.SHARE
