"""Area, calibration and precision against counting by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_dashboard.engagement.risk import judging

PAIRS = st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1, max_size=60)


@given(pairs=PAIRS)
def test_the_area_is_the_share_of_pairs_in_the_right_order(pairs):
    chances, truth = zip(*pairs, strict=True)
    dropped = [chance for chance, true in pairs if true]
    stayed = [chance for chance, true in pairs if not true]
    if not dropped or not stayed:
        assert judging.area(chances, truth) is None
        return
    right = sum((a > b) + 0.5 * (a == b) for a in dropped for b in stayed)
    assert judging.area(chances, truth) == pytest.approx(right / (len(dropped) * len(stayed)))


@given(pairs=PAIRS)
def test_bins_hold_everybody_once(pairs):
    chances, truth = zip(*pairs, strict=True)
    bins = judging.reliability(chances, truth)
    assert sum(one.people for one in bins) == len(pairs)
    assert sum(one.people * one.true for one in bins) == pytest.approx(sum(truth))
    assert sum(one.people * one.said for one in bins) == pytest.approx(sum(chances))


def test_the_calibration_error():
    bins = judging.reliability([0.75] * 4 + [0.15] * 4, [True, True, True, False, False, False, False, True])
    assert [(one.low, one.people, one.said, one.true) for one in bins] == [(0.1, 4, 0.15, 0.25), (0.7, 4, 0.75, 0.75)]
    assert judging.calibration_error(bins) == pytest.approx(0.05)
    assert judging.calibration_error(()) == 0


def test_precision_counts_equals_in_proportion():
    chances, truth = [0.9, 0.8, 0.5, 0.5, 0.5, 0.5], [True, False, True, False, False, False]
    assert judging.precision(chances, truth, first=2) == 0.5
    assert judging.precision(chances, truth, first=4) == pytest.approx((1 + 2 * 0.25) / 4)
    assert judging.precision(chances, truth, first=50) == pytest.approx(2 / 6)
    assert judging.precision([], [], first=50) == 0


def test_log_loss_is_the_mean_surprise():
    assert judging.log_loss([0.5, 0.25], [True, False]) == pytest.approx(-(math.log(0.5) + math.log(0.75)) / 2)
