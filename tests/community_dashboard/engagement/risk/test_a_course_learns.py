"""Learning on simulated courses: strictly in time, calibrated, kept as numbers, and used only where it is better."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks import drift_world
from benchmarks.at_risk import calendars_of
from community_dashboard.engagement.risk import evaluation, model
from community_dashboard.engagement.risk.learning import Learned, Outcome, learn
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.samples import collect, dates, together

POLICY = Policy()


def samples_of(world, policy=POLICY):
    calendars = calendars_of(world)
    ahead = dates(world.first, world.last, policy, calendars)
    return collect(world.learners, ahead, policy, calendars=calendars)


@pytest.fixture(scope="module")
def world():
    return drift_world.make_world(seed=1, learners=900)


@pytest.fixture(scope="module")
def learned(world) -> Learned:
    found = learn(samples_of(world), capacity=20, sources=("here",))
    assert isinstance(found, Learned)
    return found


def test_the_same_examples_teach_the_same(world, learned):
    assert learn(samples_of(world), capacity=20, sources=("here",)) == learned


def test_its_parts_follow_each_other_in_time(learned):
    found = learned.evaluation
    assert found.learned.last < found.adjusted.first <= found.adjusted.last < found.judged.first
    assert (found.adjusted.first - found.learned.last).days >= POLICY.days
    assert (found.judged.first - found.adjusted.last).days >= POLICY.days
    assert {row.on for row, _ in learned.chances} <= {
        row.on for row in [one for one, _ in learned.chances] if row.on >= found.judged.first
    }
    assert len(learned.chances) == found.judged.examples


def test_it_tells_better_than_the_days_since_the_last_learning(learned):
    found = learned.evaluation
    assert found.model.area > found.days_since.area > 0.5


def test_the_higher_the_log_odds_the_higher_the_chance(learned):
    chances = [learned.model.adjusted(raw / 10) for raw in range(-80, 80)]
    assert chances == sorted(chances) and chances[0] < chances[-1]
    assert learned.model.slope > 0
    assert all(0.01 <= one <= 0.99 for one in chances)


def test_adjusting_makes_chances_agree_with_what_happened(world, learned):
    """Told everything twice as surely as it was, the adjustment finds its way back."""
    unadjusted = replace(learned.model, slope=2 * learned.model.slope, shift=2 * learned.model.shift)
    samples = samples_of(world)
    rows = [row for row, _ in learned.chances]
    chances = [unadjusted.chance(row.facts, samples.peers[row.on]) for row in rows]
    assert evaluation.judge(chances, rows, 20).log_loss > learned.evaluation.model.log_loss


def test_it_is_kept_as_numbers(learned):
    stored = json.loads(json.dumps([model.as_stored(learned.model), evaluation.as_stored(learned.evaluation)]))
    assert model.from_stored(stored[0]) == learned.model
    assert evaluation.from_stored(stored[1]) == learned.evaluation


@pytest.mark.parametrize(
    "damage",
    [
        {"terms": ["rule"]},
        {"weights": [1.0]},
        {"weights": "many"},
        {"slope": -1.0},
        {"slope": None},
        {"spreads": [0.0] * len(model.TERMS)},
    ],
)
def test_what_is_damaged_is_not_used(learned, damage):
    assert model.from_stored(model.as_stored(learned.model) | damage) is None
    assert model.from_stored({}) is None


def test_only_what_is_better_than_the_rule_is_used(learned):
    good = learned.evaluation
    assert replace(good, rule=replace(good.model, log_loss=good.model.log_loss + 0.01)).better
    assert not replace(good, rule=good.model).better
    assert not replace(good, rule=replace(good.model, area=good.model.area + 0.02, log_loss=9.0)).better
    assert not replace(good, model=replace(good.model, area=None)).better


def test_too_short_a_course_teaches_nothing(world):
    short = samples_of(replace(world, last=world.first.replace(month=2, day=1)))
    assert learn(short, capacity=20) == Outcome.TOO_SHORT


def test_too_few_learners_teach_nothing(world):
    assert learn(samples_of(replace(world, learners=world.learners[:60])), capacity=20) == Outcome.TOO_FEW


def test_without_scikit_learn_nothing_is_learned_and_nothing_breaks(world, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert learn(samples_of(world), capacity=20) == Outcome.NO_LIBRARY


def test_other_meanings_are_learned_too(world):
    for policy in (Policy(Means.PROGRESS, 7), Policy(Means.DEADLINE, 7)):
        found = learn(samples_of(world, policy), capacity=20)
        assert isinstance(found, Learned), (policy, found)
        assert found.evaluation.model.area > 0.6


def test_an_earlier_run_teaches_a_young_one():
    earlier = samples_of(drift_world.make_world(seed=2, learners=700))
    young = drift_world.make_world(seed=4, learners=700)
    moved = timedelta(days=364)
    later = replace(
        young,
        first=young.first + moved,
        last=young.first + moved + (young.last - young.first) // 3,
        learners=tuple(
            replace(
                one,
                enrolled_on=one.enrolled_on + moved,
                left_on=one.left_on and one.left_on + moved,
                finished_on=one.finished_on and one.finished_on + moved,
                days=tuple(replace(day, day=day.day + moved) for day in one.days),
            )
            for one in young.learners
        ),
    )
    own = samples_of(later)
    assert learn(own, capacity=20) == Outcome.TOO_SHORT
    found = learn(together([earlier, own]), capacity=20)
    assert isinstance(found, Learned)
    assert found.evaluation.learned.last < young.last < later.first < found.evaluation.judged.last
