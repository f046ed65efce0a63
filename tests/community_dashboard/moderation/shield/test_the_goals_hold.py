"""One world of each set of the benchmark: the goals are met, and the same seed draws the same world."""

import pytest

from benchmarks.shield import measure, missed_goals
from benchmarks.shield_world import SEEDS, SETS
from benchmarks.shield_world.reading import read_texts
from benchmarks.shield_world.world import draw_world


@pytest.mark.parametrize("which", SETS)
def test_the_attack_is_held_and_honest_newcomers_are_not(which):
    result = measure(which, SEEDS[which][:1])
    assert missed_goals(result) == []
    assert result.first > 200 and result.of(attack=True)[0] > 400


@pytest.mark.parametrize("which", SETS)
def test_a_seed_draws_the_same_world(which):
    assert draw_world(which, 3).posts == draw_world(which, 3).posts
    assert draw_world(which, 3).posts != draw_world(which, 4).posts


def test_the_sets_share_no_text():
    of = {
        which: {
            text.body
            for name in ("attack_{}", "genuine_{}_fr", "genuine_{}_en")
            for text in read_texts(name.format(which))
        }
        for which in SETS
    }
    assert not of["a"] & of["b"] and all(len(texts) > 100 for texts in of.values())
