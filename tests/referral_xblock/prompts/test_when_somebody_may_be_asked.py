"""The rule of the prompt, for every history."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.prompts.rules import (
    FRESH,
    GOOD,
    QUIET_AFTER_A_STUMBLE,
    QUIET_BEFORE_A_DEADLINE,
    REST,
    STANDS,
    History,
    Kind,
    Moment,
    best,
    may_prompt,
)

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
moments_in_time = st.integers(0, 60 * 24 * 30).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
moments = st.lists(st.builds(Moment, kind=st.sampled_from(Kind), at=moments_in_time), max_size=6)
histories = st.builds(
    History,
    prompted_at=st.none() | moments_in_time,
    prompted_for=st.sampled_from(["", "unit a", "unit b"]),
    answered_at=st.none() | moments_in_time,
    never=st.booleans(),
)
GOOD_ONE = Moment(Kind.UNIT, BEGIN)


def ask(history=None, moment=GOOD_ONE, **values):
    facts = {"what": "unit a", "held_out": False, "deadline": None, "now": BEGIN} | values
    return may_prompt(history or History(), moment, **facts)


def test_after_a_good_moment_one_may_be_asked():
    assert ask()


@given(history=histories, now=moments_in_time, deadline=st.none() | moments_in_time)
def test_never_without_a_moment_held_out_or_after_never(history, now, deadline):
    assert not ask(history, None, now=now, deadline=deadline)
    assert not ask(history, held_out=True, now=now, deadline=deadline)
    assert not (history.never and ask(history, now=now, deadline=deadline))


@given(history=histories, now=moments_in_time, deadline=moments_in_time)
def test_never_before_a_deadline(history, now, deadline):
    if timedelta(0) <= deadline - now < QUIET_BEFORE_A_DEADLINE:
        assert not ask(history, now=now, deadline=deadline)
    else:
        assert ask(history, now=now, deadline=deadline) == ask(history, now=now)


@given(moments=moments, now=moments_in_time)
def test_the_moment_spoken_of_is_good_fresh_and_after_every_stumble(moments, now):
    moment = best(moments, now=now)
    stumbles = [one.at for one in moments if one.kind is Kind.STUMBLE]
    if moment is not None:
        assert moment.kind in GOOD and timedelta(0) <= now - moment.at < FRESH
        assert all(at < moment.at and now - at >= QUIET_AFTER_A_STUMBLE for at in stumbles)
    elif not stumbles:
        assert not [one for one in moments if one.kind in GOOD and timedelta(0) <= now - one.at < FRESH]


@given(moments=moments, now=moments_in_time)
def test_the_order_of_what_happened_says_nothing(moments, now):
    one, other = best(moments, now=now), best(list(reversed(moments)), now=now)
    assert (one and one.kind) == (other and other.kind)


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 60 * 24 * 4), st.sampled_from("abc"), st.sampled_from(["", "", "not now", "never"])),
        max_size=60,
    )
)
def test_at_most_one_new_prompt_in_seven_days_over_all_courses(steps):
    """Somebody has a good moment at every step, in one of three courses, and looks at once."""
    now, history, begun = BEGIN, History(), []
    for minutes, course, answer in steps:
        now += timedelta(minutes=minutes)
        what = f"unit {course}"
        if ask(history, Moment(Kind.UNIT, now), what=what, now=now):
            assert not history.never
            if not history.stands(what, now):
                begun.append(now)
                history = History(now, what, history.answered_at, history.never)
            else:
                assert now - begun[-1] < STANDS and history.prompted_for == what
        if answer:
            history = History(history.prompted_at, history.prompted_for, now, history.never or answer == "never")
    assert all(later - earlier >= REST for earlier, later in pairwise(begun))


@pytest.mark.parametrize(
    ("minutes", "what", "answered", "seen"),
    [
        (59, "unit a", False, True),
        (60, "unit a", False, False),
        (5, "unit b", False, False),
        (5, "unit a", True, False),
    ],
)
def test_a_prompt_stands_for_an_hour_until_it_is_answered(minutes, what, answered, seen):
    now = BEGIN + timedelta(minutes=minutes)
    history = History(BEGIN, "unit a", BEGIN + timedelta(minutes=1) if answered else None)
    assert ask(history, what=what, now=now) is seen


def test_not_now_keeps_quiet_for_seven_days():
    history = History(answered_at=BEGIN)
    assert not ask(history, now=BEGIN + REST - timedelta(seconds=1))
    assert ask(history, now=BEGIN + REST)
