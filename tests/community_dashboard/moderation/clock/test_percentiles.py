"""Percentiles are the nearest rank, and who is not answered is counted beside."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from community_dashboard.moderation.clock.percentiles import nearest_rank, summed_up, summed_up_by

TIMES = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10_000)), st.integers(0, 10_000)), max_size=60)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=80), st.integers(1, 100))
def test_the_percentile_is_the_least_time_that_enough_did_not_exceed(times, percent):
    found = nearest_rank(sorted(times), percent)
    assert found in times
    assert sum(time <= found for time in times) * 100 >= percent * len(times)
    below = [time for time in times if time < found]
    assert not below or sum(time <= max(below) for time in times) * 100 < percent * len(times)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=80))
def test_the_median_is_the_lower_of_the_two_in_the_middle(times):
    assert nearest_rank(sorted(times), 50) == statistics.median_low(times)


@given(TIMES, st.integers(0, 5_000))
def test_everybody_is_counted_once(times, target):
    found = summed_up(times, target=target)
    assert found.asked == len(times)
    assert found.unanswered == sum(taken is None for taken, _wait in times)
    open_in_time = sum(taken is None and (not target or wait <= target) for taken, wait in times)
    assert found.in_time + found.late + open_in_time == len(times)


@given(TIMES)
def test_parts_add_up_to_the_whole(times):
    keys = [index % 3 for index in range(len(times))]
    parts = summed_up_by(keys, times, target=100)
    whole = summed_up(times, target=100)
    assert sum(part.asked for part in parts.values()) == whole.asked
    assert sum(part.in_time for part in parts.values()) == whole.in_time
    assert sum(part.late for part in parts.values()) == whole.late


def test_nobody_has_no_percentile_and_no_share():
    found = summed_up([], target=60)
    assert (found.median, found.ninetieth, found.share_in_time) == (None, None, None)
    waiting = summed_up([(None, 30), (None, 90)], target=60)
    assert (waiting.median, waiting.late, waiting.longest_wait, waiting.share_in_time) == (None, 1, 90, 0.0)
