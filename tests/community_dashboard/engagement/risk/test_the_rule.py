"""The rule needs no course's past: what makes the chance higher, and how high it is."""

from __future__ import annotations

import math

import pytest

from community_dashboard.engagement.risk import rule
from community_dashboard.engagement.risk.facts import Peers, facts_of
from community_dashboard.engagement.risk.meaning import Means
from tests.community_dashboard.engagement.risk.pasts import TODAY, past

NOBODY = Peers([])


def chance(text: str, *, peers: Peers = NOBODY, ahead: int = 10, means: Means = Means.LEARNING) -> float:
    return rule.chance(facts_of(past(text), on=TODAY, means=means, ahead=ahead), peers)


def test_it_is_the_stated_formula():
    facts = facts_of(past("l..l..l..l..l..l..l"), on=TODAY, means=Means.LEARNING, ahead=10)
    gone = 0.02 / (facts.rate + 0.02)

    def seen_nothing(expected, days):
        return gone + (1 - gone) * math.exp(-expected - 0.02 * days)

    expected = seen_nothing(facts.missed + facts.expected, 10) / seen_nothing(facts.missed, 0)
    assert facts.pause == 0
    assert rule.chance(facts, NOBODY) == pytest.approx(expected)


def test_the_longer_away_by_the_own_rhythm_the_likelier():
    steady = "l" * 28
    weekly = "l......" * 4 + "l"
    rising = [chance(steady + "." * away) for away in range(7)]
    assert rising == sorted(rising)
    assert chance(steady + "." * 5) - chance(steady) > chance(weekly + "." * 5) - chance(weekly) > 0


def test_who_comes_seldom_is_likelier_not_to_be_seen():
    assert chance("l" * 28) < chance("l..l" * 7) < chance("l......" * 4 + "l")


def test_a_newcomer_is_likelier_to_stop():
    assert chance("l") > chance("l" * 28)


def test_fewer_days_than_in_the_week_before_and_being_behind_count():
    assert chance("lllllll" + "l.l.l.l") > chance("l.l.l.l" + "l.l.l.l")
    peers = Peers([(20, 40)] * 10)
    assert chance("1" * 21, peers=peers) == chance("1" * 21)  # 21 blocks are half of 40
    assert chance("1..1..1..1..1..1..1..1", peers=Peers([(21, 40)] * 10)) > chance("1..1..1..1..1..1..1..1")


def test_the_more_days_ahead_the_less_likely_that_nothing_is_seen():
    assert chance("l.l" * 7, ahead=5) > chance("l.l" * 7, ahead=10) > chance("l.l" * 7, ahead=21)


def test_progress_asks_for_blocks():
    assert chance("l" * 28, means=Means.PROGRESS) > chance("1" * 28, means=Means.PROGRESS)
    assert chance("1" * 28, means=Means.PROGRESS) == pytest.approx(chance("l" * 28))


@pytest.mark.parametrize("text", ["l", "l......", "9" * 70, "l" + "." * 6, "1" + "." * 50 + "l"])
def test_every_chance_is_a_chance(text):
    assert 0.01 <= chance(text) <= 0.99


def test_own_weekdays_are_known():
    """Of somebody who comes on Sundays alone, a Sunday missed says more than the six days before it together."""
    sundays = "......l" * 8
    missed = facts_of(past(sundays + "......."), on=TODAY, means=Means.LEARNING, ahead=10).missed
    waiting = facts_of(past(sundays + "......"), on=TODAY, means=Means.LEARNING, ahead=10).missed
    assert missed - waiting > waiting
