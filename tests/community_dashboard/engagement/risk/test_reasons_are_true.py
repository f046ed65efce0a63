"""Each reason says what a recount of the days says, and only what makes the chance higher."""

from __future__ import annotations

import itertools
from datetime import timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_dashboard.engagement.risk import rule
from community_dashboard.engagement.risk.facts import Peers, facts_of
from community_dashboard.engagement.risk.meaning import Means, counts, looked_at
from community_dashboard.engagement.risk.reasons import Name, Reason, as_stored, from_stored, reasons
from community_dashboard.engagement.risk.words import sentence, trend
from tests.community_dashboard.engagement.risk.pasts import TODAY, past

OTHERS = [(21, 12)] * 10 + [(21, 14)] * 10


def why(text, *, peers=None, means=Means.LEARNING):
    peers = peers or Peers([])
    facts = facts_of(past(text), on=TODAY, means=means, ahead=10)
    return reasons(facts, peers, lambda other: rule.chance(other, peers))


def said(text, **more):
    return [sentence(one, more.get("means", Means.LEARNING)) for one in why(text, **more)]


def test_a_pause_longer_than_usual():
    assert said("l..l..l..l..l..l..l.....")[0] == "5 days without learning; usually every 3 days"
    assert said("lllllllllllllllll...")[0] == "3 days without learning; usually every day"
    assert said("l....l.....")[0].startswith("5 days without learning") is True
    assert "usually" not in said("l....l.....")[0]


def test_a_pause_as_usual_is_no_reason():
    assert not [one for one in why("l......l......l......l......l.....") if one.name is Name.PAUSE]


def test_fewer_days_and_less_done():
    found = said("2222222" + "2222222" + "2......")
    assert "learned on 1 day of the last 7, on 7 of the 7 before" in found


def test_behind_the_others():
    peers = Peers(OTHERS)
    found = why("1" + "l" * 21, peers=peers)
    assert Reason(Name.BEHIND, (1, 13)) in found
    assert sentence(Reason(Name.BEHIND, (1, 13))) == (
        "1 block completed; half of those who began in the same week have 13 or more"
    )


def test_one_day_only():
    assert said("l...") == ["learned on one day only, 3 days ago"]


def test_progress_speaks_of_blocks():
    assert said("1..1..1..1..1..lllll", means=Means.PROGRESS)[0] == (
        "7 days without a completed block; usually every 3 days"
    )


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=".l1239", min_size=1, max_size=70), means=st.sampled_from(list(Means)))
def test_every_reason_agrees_with_a_recount(text, means):
    told = past(text)
    if not looked_at(told, on=TODAY):
        return
    peers = Peers(OTHERS)
    ago = {(TODAY - day.day).days: day for day in told.days}
    found = why(text, peers=peers, means=means)
    assert len(found) <= 3
    for one in found:
        figures = one.figures
        if one.name is Name.PAUSE:
            works = sorted(age for age, day in ago.items() if counts(day, means) and age < 56)
            start = min(56, max(ago))
            assert figures[0] == (works[0] if works else start)
            gaps = [b - a for a, b in itertools.pairwise(works)]
            assert figures[1] == (max(1, round(sum(gaps) / len(gaps))) if len(works) >= 3 else 0)
            assert figures[0] >= 2
        elif one.name is Name.RARE:
            assert figures == (sum(age < 28 for age in ago),)
        elif one.name is Name.FEWER:
            assert figures == (sum(age < 7 for age in ago), sum(7 <= age < 14 for age in ago))
            assert figures[0] < figures[1]
        elif one.name is Name.NOTHING:
            assert figures == (14,) and not any(day.completed for age, day in ago.items() if age < 14)
        elif one.name is Name.LESS:
            week = sum(day.completed for age, day in ago.items() if age < 7)
            before = sum(day.completed for age, day in ago.items() if 7 <= age < 14)
            assert figures == (week, before) and week < before
        elif one.name is Name.BEHIND:
            assert figures == (sum(day.completed for day in told.days), int(median([done for _, done in OTHERS])))
            assert max(ago) // 7 == 3
        elif one.name is Name.NEW:
            assert figures == (max(ago),) and max(ago) < 7
        elif one.name is Name.ONCE:
            assert figures == (max(ago),) and len(ago) == 1
        else:
            ages = sorted(age for age in ago if age < 56)
            assert figures == (max(b - a for a, b in itertools.pairwise(ages)),)
        assert sentence(one, means)


def test_reasons_are_kept_as_numbers():
    found = (Reason(Name.PAUSE, (5, 3)), Reason(Name.NEW, (2,)))
    assert from_stored(as_stored(found)) == found
    assert from_stored([["forgotten", 1], [], ["new", 2]]) == (Reason(Name.NEW, (2,)),)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (700, 400, "rising, from 40 % a week before"),
        (400, 700, "falling, from 70 % a week before"),
        (420, 400, "about as a week before"),
        (420, -1, "not looked at a week before"),
    ],
)
def test_the_trend_in_words(now, before, words):
    assert trend(now, before).replace("\xa0", " ").replace("\u202f", " ") == words


def test_the_pause_is_counted_from_the_last_day_of_learning():
    facts = facts_of(past("l..l."), on=TODAY, means=Means.LEARNING, ahead=10)
    assert (facts.pause, facts.idle, facts.started) == (1, 1, 4)
    assert facts_of(past("l"), on=TODAY + timedelta(days=2), means=Means.LEARNING, ahead=10).pause == 2
