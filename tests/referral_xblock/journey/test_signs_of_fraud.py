"""What holds an arrival for a person to look at, and what must never hold one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.data import Policy
from referral_xblock.journey.signs import WEIGHTS, Arrival, Rules, Sign, judge, mailbox
from referral_xblock.journey.suspicion import rules_of

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
SOON, LATE = START + timedelta(days=2), START + timedelta(days=40)


def arrival(friend, *, inviter=1, mail="", **known):
    known = {"clicked_at": START, "enrolled_at": START + timedelta(minutes=5), "blocks": 6} | known
    known.setdefault("last_block_at", known["enrolled_at"] + timedelta(days=3) if known["blocks"] else None)
    return Arrival(friend, inviter, mail or f"friend{friend}@example.org", "inviter@gmail.com", **known)


def signs(*arrivals, now=SOON, **options):
    return {friend: set(one.signs) for friend, one in judge(arrivals, now=now, **options).items()}


def test_an_ordinary_friend_has_no_sign():
    assert signs(arrival(2), arrival(3), now=LATE) == {}


@pytest.mark.parametrize("mail", ["inviter+2@gmail.com", "in.vit.er@gmail.com", "INVITER+x@GoogleMail.com"])
def test_the_inviters_own_mailbox_in_another_spelling_is_held(mail):
    assert judge([arrival(2, mail=mail)], now=SOON)[2].held


def test_two_friends_with_one_mailbox_are_both_held():
    found = judge([arrival(2, mail="eli+a@firm.example"), arrival(3, mail="eli+b@firm.example")], now=SOON)
    assert found[2].held
    assert found[3].held


def test_a_plus_in_an_address_says_nothing_by_itself():
    assert signs(arrival(2, mail="eli+mooc@firm.example")) == {}


def test_dots_matter_where_the_provider_minds_them():
    assert mailbox("a.b@firm.example") != mailbox("ab@firm.example")


def test_a_throw_away_address_is_a_sign_unless_its_domain_is_trusted():
    known = {"mail": "x@mailinator.com"}
    assert signs(arrival(2, **known), is_throw_away={"mailinator.com"}.__contains__) == {2: {Sign.THROW_AWAY}}
    trusting = Rules(trusted_domains=("mailinator.com",))
    assert signs(arrival(2, **known), is_throw_away={"mailinator.com"}.__contains__, rules=trusting) == {}


def test_twelve_new_accounts_in_an_hour_are_fast_and_eleven_are_not():
    def burst(how_many, **known):
        return [arrival(n, clicked_at=START + timedelta(minutes=2 * n), **known) for n in range(2, 2 + how_many)]

    assert all(Sign.SPEED in found for found in signs(*burst(12)).values())
    assert signs(*burst(11)) == {}
    assert signs(*burst(40, trusted_network=True)) == {}, "a lecture"
    assert signs(*burst(40, is_new=False)) == {}, "people who had their accounts"


def test_a_device_is_shared_among_friends_with_the_inviter_and_along_a_chain():
    siblings = signs(arrival(2, visitor="v"), arrival(3, visitor="v"))
    assert siblings == {2: {Sign.SAME_DEVICE}, 3: {Sign.SAME_DEVICE}}
    chain = signs(arrival(2, visitor="v"), arrival(3, inviter=2, visitor="v"))
    assert chain == {2: {Sign.SAME_DEVICE}, 3: {Sign.SAME_DEVICE}}
    assert signs(arrival(2, visitor="v"), arrival(3, inviter=9, visitor="v")) == {}, "strangers to each other"
    assert signs(arrival(2, visitor="v", trusted_network=True), arrival(3, visitor="v", trusted_network=True)) == {}


def test_a_ring_of_two_and_of_three_is_seen():
    assert signs(arrival(2), credited_elsewhere={(2, 1)}) == {2: {Sign.RING}}
    assert signs(arrival(2), credited_elsewhere={(2, 7), (7, 1)}) == {2: {Sign.RING}}
    assert signs(arrival(2), credited_elsewhere={(2, 7), (7, 8)}) == {}


def test_a_banned_source_holds():
    assert judge([arrival(2, channel="reddit")], rules=Rules(banned_channels=("reddit",)), now=SOON)[2].held
    assert judge([arrival(2, mail="x@a.shop.example")], rules=Rules(banned_domains=("shop.example",)), now=SOON)[2].held


def test_nobody_is_idle_before_there_was_time_to_begin():
    assert signs(arrival(2, blocks=0), now=SOON) == {}
    assert signs(arrival(2, blocks=0), now=LATE) == {2: {Sign.IDLE}}


def test_a_single_block_within_minutes_is_as_good_as_none():
    enrolled = START + timedelta(minutes=5)
    assert signs(arrival(2, blocks=1, last_block_at=enrolled + timedelta(minutes=3)), now=LATE) == {2: {Sign.IDLE}}
    assert signs(arrival(2, blocks=1, last_block_at=enrolled + timedelta(hours=3)), now=LATE) == {}


def test_friends_who_all_never_began_are_held_and_a_few_among_learners_are_not():
    idle = [arrival(n, blocks=0) for n in range(2, 5)]
    assert all(one.held for one in judge(idle, now=LATE).values())
    mixed = judge([*idle, arrival(5), arrival(6)], now=LATE)
    assert mixed
    assert not any(one.held for one in mixed.values())


@pytest.mark.parametrize("sign", sorted(set(WEIGHTS) - {Sign.SAME_MAILBOX, Sign.OWN_BROWSER, Sign.BANNED_SOURCE}))
def test_no_weak_sign_holds_alone(sign):
    assert WEIGHTS[sign] < Rules().hold_at


def test_the_courses_weights_are_what_counts_and_nought_switches_a_sign_off():
    lighter = Rules(weights=dict(WEIGHTS) | {Sign.SAME_MAILBOX: 30})
    found = judge([arrival(2, mail="inviter+2@gmail.com")], rules=lighter, now=SOON)[2]
    assert (found.score, found.held) == (30, False)
    off = Rules(weights=dict(WEIGHTS) | {Sign.SAME_MAILBOX: 0})
    assert judge([arrival(2, mail="inviter+2@gmail.com")], rules=off, now=SOON) == {}


def test_of_accounts_without_an_address_nothing_is_known():
    nameless = [replace(arrival(friend), friend_mail="", inviter_mail="") for friend in (2, 3)]
    assert judge(nameless, now=SOON) == {}


def test_who_has_only_registered_is_judged_by_all_but_idleness():
    burst = [arrival(n, clicked_at=START + timedelta(minutes=n), enrolled_at=None, blocks=0) for n in range(2, 20)]
    assert set().union(*signs(*burst, now=LATE).values()) == {Sign.SPEED}


def test_the_measured_weights_are_those_that_a_course_begins_with():
    assert Policy().fraud_weights == WEIGHTS
    assert rules_of(Policy()) == Rules()


ARRIVALS = st.lists(
    st.builds(
        arrival,
        st.integers(2, 9),
        inviter=st.integers(1, 9),
        clicked_at=st.integers(0, 300).map(lambda minutes: START + timedelta(minutes=minutes)),
        visitor=st.sampled_from(["", "v", "w"]),
        blocks=st.integers(0, 2),
        trusted_network=st.booleans(),
    ),
    unique_by=lambda one: one.friend_id,
    max_size=8,
)


@given(ARRIVALS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(arrivals, random):
    shuffled = arrivals * 2
    random.shuffle(shuffled)
    assert judge(shuffled, now=LATE) == judge(arrivals, now=LATE)


@given(ARRIVALS)
def test_on_a_trusted_network_neither_device_nor_speed_says_anything(arrivals):
    on_campus = [replace(one, trusted_network=True) for one in arrivals]
    assert not {Sign.SAME_DEVICE, Sign.SPEED} & set().union(*signs(*on_campus, now=LATE).values())
