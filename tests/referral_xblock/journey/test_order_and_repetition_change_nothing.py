"""The outcome is a function of the ledger as a set."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.data import Policy, Status
from referral_xblock.journey.attribution import (
    ACTIVE,
    COMPLETED,
    ENROLLED,
    LAPSED,
    PRESENT,
    REGISTERED,
    UNENROLLED,
    Event,
    Touch,
    attribute,
)

START = datetime(2027, 3, 1, tzinfo=UTC)
FRIEND = 5
MOMENTS = st.integers(0, 80 * 24).map(lambda hours: START + timedelta(hours=hours))
TOUCHES = st.lists(
    st.builds(
        lambda moment, inviter, number, kind, same, staff, admitted: Touch(
            moment, f"{kind}:{number}", inviter * 10, inviter, kind, same, staff, admitted
        ),
        MOMENTS,
        st.integers(1, FRIEND),
        st.integers(1, 50),
        st.sampled_from(["link", "code"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)
KINDS = st.sampled_from([REGISTERED, ENROLLED, PRESENT, UNENROLLED, ACTIVE, COMPLETED, LAPSED])
EVENTS = st.lists(st.builds(Event, MOMENTS, KINDS, st.booleans()), max_size=8)
POLICIES = st.builds(Policy, window_days=st.integers(1, 365), credit=st.sampled_from(["first", "last"]))


@given(TOUCHES, EVENTS, POLICIES, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_outcome(touches, events, policy, chance):
    expected = attribute(touches, events, user_id=FRIEND, policy=policy)
    more_touches = touches + [touch for touch in touches if chance.random() < 0.5]
    more_events = events + [event for event in events if chance.random() < 0.5]
    chance.shuffle(more_touches)
    chance.shuffle(more_events)
    assert attribute(more_touches, more_events, user_id=FRIEND, policy=policy) == expected


@given(TOUCHES, EVENTS, POLICIES)
def test_nobody_is_ever_credited_for_their_own_journey(touches, events, policy):
    outcome = attribute(touches, events, user_id=FRIEND, policy=policy)
    assert outcome.credited is None or outcome.credited.inviter_id != FRIEND
    if outcome.status is Status.CREDITED:
        assert outcome.credited is not None


@given(TOUCHES, EVENTS, POLICIES)
def test_what_is_not_credited_always_has_a_reason_once_somebody_invited(touches, events, policy):
    outcome = attribute(touches, events, user_id=FRIEND, policy=policy)
    if touches and outcome.status is not Status.CREDITED:
        assert outcome.reason.value
