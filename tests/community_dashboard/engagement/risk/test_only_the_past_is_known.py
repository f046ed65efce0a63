"""Whatever happens after the day of prediction: the facts, the chance and the reasons of that day stay the same."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import drift_world, drift_world_b
from benchmarks.drift_world import SimulatedDay
from community_dashboard.engagement.risk.facts import Peers, facts_of
from community_dashboard.engagement.risk.learning import divide
from community_dashboard.engagement.risk.meaning import Means, Policy, looked_at
from community_dashboard.engagement.risk.samples import collect, dates
from tests.community_dashboard.engagement.risk.pasts import TODAY, past

DAYS = st.text(alphabet=".l1239", min_size=1, max_size=70).filter(lambda text: text.strip("."))


@settings(max_examples=150, deadline=None)
@given(before=DAYS, after=DAYS, means=st.sampled_from(list(Means)), end=st.sampled_from(["", "finished_on", "left_on"]))
def test_planted_days_change_no_fact(before, after, means, end):
    known = past(before)
    planted = past(before + after, last=TODAY + timedelta(days=len(after)))
    if end:
        planted = replace(planted, **{end: TODAY + timedelta(days=1)})
    assert facts_of(planted, on=TODAY, means=means, ahead=10) == facts_of(known, on=TODAY, means=means, ahead=10)
    assert looked_at(planted, on=TODAY) == looked_at(known, on=TODAY)


def test_planted_weeks_change_no_fact_and_no_peer_of_a_whole_course():
    policy = Policy()
    for world in (drift_world.make_world(seed=3, learners=150), drift_world_b.make_world(seed=3, learners=150)):
        on = world.first + timedelta(days=40)
        planted = [
            replace(one, days=(*(day for day in one.days if day.day <= on), *_busy(on)), finished_on=None)
            if one.finished_on is None or one.finished_on > on
            else one
            for one in world.learners
        ]
        asked = {on: policy.days}
        honest, spoilt = (collect(some, asked, policy) for some in (world.learners, planted))
        assert [row.facts for row in honest.rows] == [row.facts for row in spoilt.rows]
        assert not any(row.dropped for row in spoilt.rows)  # what became of them is another matter
        assert any(row.dropped for row in honest.rows)
        for week in range(6):
            assert honest.peers[on].median(7 * week) == spoilt.peers[on].median(7 * week)


def _busy(on):
    return [SimulatedDay(on + timedelta(days=n), learning=9, completed=9) for n in range(1, 11)]


def test_no_part_holds_what_came_out_in_the_next():
    policy = Policy()
    for length in range(30, 200, 7):
        ahead = dates(TODAY - timedelta(days=length), TODAY, policy)
        parts = divide(ahead)
        if parts is None:
            assert length < 50
            continue
        for (_, last), (first, _) in itertools.pairwise(parts):
            assert last + timedelta(days=policy.days) <= first
        assert parts[-1][1] + timedelta(days=policy.days) <= TODAY


def test_days_of_prediction_prefer_no_weekday():
    found = dates(TODAY - timedelta(days=120), TODAY, Policy())
    assert {on.weekday() for on in found} == set(range(7))


def test_peers_are_those_of_the_same_week_and_at_least_ten():
    peers = Peers([(3, done) for done in range(10)] + [(9, 50)] * 9)
    assert peers.median(0) == 4.5
    assert peers.median(9) is None
