"""Percentiles are the nearest rank, and who is not answered is counted beside."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from community_dashboard.moderation.clock.percentiles import nearest_rank, summed_up, summed_up_by, waiting

TIMES = st.lists(st.one_of(st.integers(0, 10_000), st.integers(0, 10_000).map(waiting)), max_size=60)


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
    waits = [waiting(time) for time in times if time < 0]
    assert found.asked == len(times)
    assert found.unanswered == len(waits)
    assert found.longest_wait == max(waits, default=0)
    open_in_time = sum(not target or wait <= target for wait in waits)
    assert found.in_time + found.late + open_in_time == len(times)


@given(st.integers(0, 10_000))
def test_who_waits_is_never_taken_for_answered(so_far):
    assert waiting(so_far) < 0
    assert waiting(waiting(so_far)) == so_far


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
    found = summed_up([waiting(30), waiting(60), waiting(90)], target=60)
    assert (found.median, found.late, found.longest_wait, found.share_in_time) == (None, 1, 90, 0.0)
