"""The two estimates of the growth page: against tables, against a plain recount, and against simulated courses."""

from __future__ import annotations

import random
from math import exp, sqrt
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.journey.growth import Group, incrementality, k_factor, student_quantile

counts = st.lists(st.integers(0, 9), min_size=2, max_size=40)


def lumpy(dice: random.Random, mean: float, evenness: float) -> int:
    """How many one learner brings: few bring many. The smaller the evenness, the lumpier (negative binomial)."""
    threshold, brought, chance = exp(-dice.gammavariate(evenness, mean / evenness)), 0, dice.random()
    while chance > threshold:
        brought, chance = brought + 1, chance * dice.random()
    return brought


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799), (100000, 1.9600)],
)
def test_quantiles_are_those_of_the_printed_tables(freedom, quantile):
    assert student_quantile(freedom) == pytest.approx(quantile, abs=5e-5)


def test_quantiles_fall_steadily_between_whole_freedoms():
    found = [student_quantile(1 + step / 7) for step in range(60)]
    assert found == sorted(found, reverse=True)


@given(brought=counts, idle=st.integers(0, 20))
def test_a_group_has_the_mean_and_the_variance_of_its_counts(brought, idle):
    everybody = brought + [0] * idle
    group = Group(len(everybody), tuple(brought))
    assert group.mean == pytest.approx(fmean(everybody))
    assert group.variance == pytest.approx(variance(everybody))


def test_a_group_is_made_of_its_members_alone():
    assert Group.of({1, 2, 3}, {2: 5, 9: 4}) == Group(3, (5,))


@given(brought=counts)
def test_k_is_the_mean_and_lies_in_its_interval(brought):
    k = k_factor(brought)
    assert k.value == pytest.approx(fmean(brought))
    assert 0 <= k.low <= k.value <= k.high


@given(brought=counts.filter(any))
def test_the_ends_of_the_interval_of_k_solve_its_equation(brought):
    k, spread = k_factor(brought), max(1.0, variance(brought) / fmean(brought))
    bound = student_quantile(len(brought) - 1) ** 2 * spread / len(brought)
    for end in (k.low, k.high):
        assert (k.value - end) ** 2 == pytest.approx(bound * end, abs=1e-9)


def test_inviters_who_brought_nobody_yet_leave_room_for_some():
    k = k_factor([0] * 40)
    assert (k.value, k.low) == (0, 0)
    assert k.high == pytest.approx(student_quantile(39) ** 2 / 40)


@pytest.mark.parametrize("few", [[], [3]])
def test_fewer_than_two_inviters_are_no_basis(few):
    assert k_factor(few) is None


@given(
    prompted=st.lists(st.integers(20, 40), min_size=8, max_size=8),
    held_out=st.lists(st.integers(0, 40), min_size=8, max_size=8),
)
def test_the_interval_of_the_effect_is_that_of_welch_where_spread_is_wide(prompted, held_out):
    wide = [count * count for count in prompted], [count * count for count in held_out]
    everybody = wide[0] + wide[1]
    if min(variance(wide[0]), variance(wide[1])) < fmean(everybody):
        return  # the floor holds there; the next test looks at it
    ours, theirs = (variance(group) / 8 for group in wide)
    freedom = (ours + theirs) ** 2 / (ours**2 / 7 + theirs**2 / 7)
    reach = student_quantile(freedom) * sqrt(ours + theirs)
    extra = incrementality(prompted=Group(8, tuple(wide[0])), held_out=Group(8, tuple(wide[1])))
    assert extra.value == pytest.approx(8 * (fmean(wide[0]) - fmean(wide[1])))
    assert (extra.low, extra.high) == (pytest.approx(extra.value - 8 * reach), pytest.approx(extra.value + 8 * reach))


def test_a_small_group_that_happened_to_bring_nobody_does_not_look_certain():
    extra = incrementality(prompted=Group(90, (1,) * 9), held_out=Group(10, ()))
    assert extra.value == pytest.approx(9)
    assert extra.low < 0 < extra.high


@pytest.mark.parametrize(
    ("prompted", "held_out"),
    [
        (Group(1, (1,)), Group(9, (1,))),
        (Group(9, (1,)), Group(1, ())),
        (Group(0, ()), Group(0, ())),
        (Group(9, ()), Group(9, ())),
    ],
)
def test_without_two_people_in_each_group_or_anybody_brought_nothing_is_said(prompted, held_out):
    assert incrementality(prompted=prompted, held_out=held_out) is None


@pytest.mark.slow
@pytest.mark.parametrize(("inviters", "mean", "evenness"), [(10, 0.5, 50), (30, 0.3, 1), (100, 0.3, 0.5), (40, 2, 0.5)])
def test_the_interval_of_k_covers_the_truth_in_simulated_courses(inviters, mean, evenness):
    dice = random.Random(20260302)
    courses = [k_factor([lumpy(dice, mean, evenness) for _ in range(inviters)]) for _ in range(400)]
    covered = fmean(k.low <= mean <= k.high for k in courses)
    assert 0.90 <= covered <= 0.995


@pytest.mark.slow
@pytest.mark.parametrize(
    ("learners", "with_prompt", "without", "evenness"), [(450, 0.3, 0.2, 0.5), (450, 0.2, 0.2, 0.5), (300, 1.0, 0.6, 2)]
)
def test_the_interval_of_the_effect_covers_the_truth_in_simulated_courses(learners, with_prompt, without, evenness):
    dice = random.Random(20260302)
    ours, theirs = learners * 9 // 10, learners // 10
    covered = 0
    for _course in range(300):
        extra = incrementality(
            prompted=Group(ours, tuple(lumpy(dice, with_prompt, evenness) for _ in range(ours))),
            held_out=Group(theirs, tuple(lumpy(dice, without, evenness) for _ in range(theirs))),
        )
        covered += extra.low <= ours * (with_prompt - without) <= extra.high
    assert covered / 300 >= 0.92


def test_the_interval_of_k_agrees_with_a_bootstrap_where_there_is_much_to_see():
    dice = random.Random(7)
    brought = [lumpy(dice, 0.8, 1) for _ in range(600)]
    means = sorted(fmean(dice.choices(brought, k=600)) for _ in range(1000))
    k = k_factor(brought)
    assert k.low == pytest.approx(means[25], abs=0.02)
    assert k.high == pytest.approx(means[974], abs=0.02)
