"""Which milestones an inviter has earned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.rewards.earning import STAGE_WEIGHTS, Counted, Earned, Friend, Milestone, Rules, earned, points

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
RULES = Rules(weights=STAGE_WEIGHTS)
THREE_ACTIVE = Milestone("three-active", Counted.ACTIVE, 3)


def day(number):
    return START + timedelta(days=number)


def active(friend, enrolled=0, began=1, **known):
    return Friend(friend, day(enrolled), active_at=day(began), **known)


def test_a_milestone_is_earned_when_the_last_friend_it_needs_has_reached_the_stage():
    friends = [active(1), active(2, began=5), active(3, began=9), active(4, began=12)]
    assert earned(friends[:2], [THREE_ACTIVE], RULES, now=day(20)) == {}
    assert earned(friends, [THREE_ACTIVE], RULES, now=day(20)) == {
        "three-active": Earned("three-active", day(9), (1, 2, 3))
    }


def test_a_friend_counts_when_the_hold_period_is_over():
    friends = [active(1), active(2), active(3)]
    assert earned(friends, [THREE_ACTIVE], RULES, now=day(2)) == {}
    assert earned(friends, [THREE_ACTIVE], RULES, now=day(3))["three-active"].at == day(3)


def test_who_has_left_no_longer_carries_a_milestone_and_another_friend_may():
    friends = [active(1), active(2), active(3, left_at=day(6))]
    assert earned(friends, [THREE_ACTIVE], RULES, now=day(20)) == {}
    assert earned([*friends, active(4)], [THREE_ACTIVE], RULES, now=day(20))["three-active"].friends == (1, 2, 4)


def test_completing_implies_the_earlier_stages():
    friend = Friend(1, day(0), completed_at=day(8))
    reached = earned([friend], [Milestone("one", Counted.ACTIVE, 1)], RULES, now=day(9))
    assert reached["one"].at == day(8)


def test_a_friend_is_worth_what_the_friend_learns():
    enrolled, began = Friend(1, day(0)), active(1)
    completed = replace(began, completed_at=day(9))
    worth = [points([one], RULES, now=day(10)) for one in (enrolled, began, completed)]
    assert worth == [1, 3, 6]


def test_an_enrolment_by_which_nothing_is_learned_loses_its_weight():
    assert points([Friend(1, day(0))], RULES, now=day(13)) == 1
    assert points([Friend(1, day(0))], RULES, now=day(14)) == 0
    assert points([active(1)], RULES, now=day(300)) == 3


def test_the_cap_lets_the_earliest_friends_count():
    capped = replace(RULES, cap=2)
    friends = [active(number, enrolled=number, began=number + 1) for number in range(1, 6)]
    assert points(friends, capped, now=day(30)) == 6
    assert earned(friends, [THREE_ACTIVE], capped, now=day(30)) == {}


def test_points_may_be_a_milestone():
    five = Milestone("five-points", Counted.POINTS, 5)
    friends = [active(1), replace(active(2), completed_at=day(9))]
    assert earned(friends[:1], [five], RULES, now=day(20)) == {}
    assert earned(friends, [five], RULES, now=day(20))["five-points"] == Earned("five-points", day(9), (1, 2))


MOMENTS = st.none() | st.integers(0, 40).map(day)
FRIENDS = st.lists(
    st.builds(Friend, st.integers(1, 30), st.integers(0, 40).map(day), MOMENTS, MOMENTS, MOMENTS),
    unique_by=lambda one: one.id,
    max_size=8,
)
MILESTONES = [Milestone(f"{counts}-{number}", counts, number) for counts in Counted for number in (1, 2, 4)]


@given(FRIENDS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(friends, random):
    shuffled = friends * 3
    random.shuffle(shuffled)
    assert earned(shuffled, MILESTONES, RULES, now=day(50)) == earned(friends, MILESTONES, RULES, now=day(50))
    assert points(shuffled, RULES, now=day(50)) == points(friends, RULES, now=day(50))


@given(FRIENDS, st.data())
def test_a_friend_who_learns_more_never_lessens_what_is_earned(friends, data):
    if not friends:
        return
    chosen = data.draw(st.sampled_from(friends))
    further = [replace(one, completed_at=day(1)) if one is chosen else one for one in friends]
    assert points(further, RULES, now=day(50)) >= points(friends, RULES, now=day(50))
    before, after = (earned(some, MILESTONES, RULES, now=day(50)) for some in (friends, further))
    assert set(before) <= set(after)


@given(FRIENDS)
def test_what_is_earned_is_carried_by_friends_who_stayed(friends):
    staying = {one.id for one in friends if one.left_at is None}
    for reached in earned(friends, MILESTONES, RULES, now=day(50)).values():
        assert set(reached.friends) <= staying
        assert reached.at <= day(50)
