"""The estimate of moderators: Erlang's formula, and the error on weeks that are made at random and replayed."""

import random
import statistics

import pytest

from community_dashboard.moderation.clock.forecast import (
    ASSUMED,
    MOST_SERVERS,
    Work,
    enough_in_replay,
    has_to_wait,
    moderators_needed,
    replayed,
    share_in_time,
    share_of_week,
    weekly_profile,
    work_of,
)

OPEN = 40 * 3600  # of a week
FIVE_MINUTES = Work((300,) * 40)


@pytest.mark.parametrize(
    ("servers", "load", "waits"),
    [(1, 0.5, 0.5), (2, 1.0, 1 / 3), (5, 4.0, 0.5541), (10, 8.0, 0.4092), (3, 3.0, 1.0)],  # tables of Erlang's C
)
def test_the_share_that_waits_is_that_of_the_tables(servers, load, waits):
    assert has_to_wait(servers, load) == pytest.approx(waits, abs=1e-4)


def test_a_single_server_waits_as_the_textbook_says():
    # M/M/1: P(wait > t) = ρ·exp(-(μ - λ)t)
    assert 1 - share_in_time(1, rate=1 / 600, work=300, target=300 + 600) == pytest.approx(0.5 * 2.718281828**-1)


def test_more_moderators_never_answer_less():
    profile = weekly_profile([[draw * 60 for draw in range(2000)]], open_seconds=OPEN)
    shares = [share_of_week(servers, profile, work=300, target=3600) for servers in range(1, 12)]
    assert shares == sorted(shares) and shares[-1] > 0.99


def test_the_time_for_one_is_the_gap_between_two_acts_without_pauses():
    acts = [(1, 0), (2, 10), (1, 300), (2, 250), (1, 300), (1, 301), (1, 5000), (2, 9000), (1, 5100)]
    assert sorted(work_of(acts).samples) == [100, 240, 300]
    assert work_of(acts).mean == ASSUMED and not work_of(acts).measured
    assert FIVE_MINUTES.mean == 300 and FIVE_MINUTES.measured


def test_a_replay_serves_who_comes_first():
    assert replayed([0, 0, 0, 10_000], FIVE_MINUTES, servers=1) == [300, 600, 900, 300]
    assert replayed([0, 0, 0, 10_000], FIVE_MINUTES, servers=2) == [300, 300, 600, 300]


def test_nothing_needs_nobody_and_the_impossible_is_said():
    assert moderators_needed([0.0] * 10, work=300, target=3600, share=0.9) == 0
    assert enough_in_replay([], FIVE_MINUTES, target=3600, share=0.9) == 0
    assert moderators_needed([1.0] * 10, work=7200, target=3600, share=0.9) == MOST_SERVERS


def world(draw, per_week, at_opening):
    """Five weeks of five days: busier at their beginning and before noon, some of it from the night before; weeks differ."""
    weeks = []
    for _week in range(5):
        number = max(0, round(draw.gauss(per_week * draw.lognormvariate(0, 0.15), per_week**0.5)))
        weeks.append(
            [
                min(4, int(draw.triangular(0, 5, 1))) * 28_800
                + (0 if draw.random() < at_opening else min(28_799, max(0, int(draw.gauss(11_520, 7_200)))))
                for _post in range(number)
            ]
        )
    return weeks


def test_the_estimate_is_off_by_less_than_a_fifth_on_average():
    errors = []
    for seed in range(3):
        draw = random.Random(seed)
        for at_opening in (0, 0.3, 0.6):
            for per_week in (50, 200, 800, 3000):
                weeks = world(draw, per_week, at_opening)
                for minutes in (2, 7):
                    work = Work(tuple(max(20, int(draw.lognormvariate(0, 0.7) * minutes * 60)) for _ in range(300)))
                    for hours in (1, 4, 24):
                        target = hours * 3600
                        profile = weekly_profile(weeks[:4], open_seconds=OPEN)
                        estimate = moderators_needed(profile, work=work.mean, target=target, share=0.9)
                        enough = enough_in_replay(weeks[4], work, target=target, share=0.9)
                        errors.append(abs(estimate - enough) / enough)
    assert statistics.mean(errors) < 0.2
    assert sum(error <= 0.2 for error in errors) / len(errors) > 0.75
