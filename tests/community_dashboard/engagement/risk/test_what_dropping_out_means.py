"""The three meanings, and who is looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community_dashboard.engagement.risk.meaning import Means, Policy, dropped_out, horizon, looked_at
from tests.community_dashboard.engagement.risk.pasts import TODAY, past

TEN = TODAY - timedelta(days=10)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("l......", True),  # seven days ago counts
        ("l.......", False),
        ("......l", True),
        (".......", False),
    ],
)
def test_who_learned_in_the_last_seven_days_is_looked_at(text, who):
    assert looked_at(past(text), on=TODAY) is who


def test_who_finished_or_left_is_never_looked_at():
    assert not looked_at(past("l", finished_on=TODAY), on=TODAY)
    assert not looked_at(past("l", left_on=TODAY), on=TODAY)
    assert looked_at(past("l", finished_on=TODAY + timedelta(days=1)), on=TODAY)
    assert looked_at(past("l", left_on=TODAY + timedelta(days=1)), on=TODAY)


@pytest.mark.parametrize(
    ("after", "learning", "progress"),
    [
        ("..........", True, True),
        ("l.........", False, True),
        (".........l", False, True),  # the tenth day still counts
        ("....2.....", False, False),
    ],
)
def test_ten_days_without(after, learning, progress):
    told = past("l" + after)
    assert dropped_out(told, on=TEN, within=10, means=Means.LEARNING) is learning
    assert dropped_out(told, on=TEN, within=10, means=Means.PROGRESS) is progress


def test_the_eleventh_day_is_too_late():
    assert dropped_out(past("l..........l"), on=TEN - timedelta(days=1), within=10, means=Means.LEARNING)


def test_finishing_is_no_dropping_out_and_leaving_is():
    assert not dropped_out(past("l..........", finished_on=TODAY), on=TEN, within=10, means=Means.LEARNING)
    assert dropped_out(past("l.l........", left_on=TODAY), on=TEN, within=10, means=Means.LEARNING)
    assert not dropped_out(
        past("l.l........", left_on=TODAY + timedelta(days=1)), on=TEN, within=10, means=Means.LEARNING
    )


def test_a_deadline_is_looked_ahead_to_if_it_lies_within_the_days():
    policy = Policy(Means.DEADLINE, 10)
    soon, later = TODAY + timedelta(days=4), TODAY + timedelta(days=11)
    assert horizon(policy, on=TODAY, deadlines=(later, soon)) == 4
    assert horizon(policy, on=TODAY, deadlines=(later, TODAY)) is None
    assert horizon(Policy(Means.PROGRESS, 14), on=TODAY) == 14


def test_work_for_a_deadline_is_a_block_or_an_answered_problem():
    on = TODAY - timedelta(days=3)
    assert dropped_out(past("l.l."), on=on, within=3, means=Means.DEADLINE)
    assert not dropped_out(past("l.1."), on=on, within=3, means=Means.DEADLINE)
