"""Milestones, points and limits are tried on the last days before they hold; nothing is written by it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from referral_xblock.consent.stubs import new_stub
from referral_xblock.models import Journey, Purse, Reward
from referral_xblock.policy.queries import policy_of
from referral_xblock.rewards.actions import refuse_reward, settle_rewards
from referral_xblock.rewards.rehearsal import Fate, rehearse_rewards

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {"slug": "guide", "counts": "active", "number": 2, "title": "Guide"}
POINTS = {"slug": "points", "counts": "points", "number": 5, "title": "Host"}
GIFT = {
    "slug": "gift",
    "counts": "active",
    "number": 1,
    "title": "Guide",
    "friend_on": "active",
    "friend_title": "Guest",
}


@pytest.fixture
def inviters(friends):
    """`inviters(3, 2)`: one inviter for each number, who brought so many active friends ten days ago, hours apart."""

    def make(*numbers, days=10, prefix="inviter"):
        made = []
        for place, number in enumerate(numbers):
            one = get_user_model().objects.create_user(f"{prefix}{place}", f"{prefix}{place}@example.org", "secret")
            for friend in range(number):
                at = friends(f"-{prefix}{place}-{friend}", inviter=one, days=days, active=True)
                Journey.objects.filter(id=at.id).update(enrolled_at=at.enrolled_at + timedelta(hours=place))
            made.append(one)
        return made

    return make


@pytest.fixture
def tried(course_key, now):
    """What these changes of today's policy would have given, as {username: (before, after)} of the inviters' rewards."""

    def rehearse(side="inviter", **changes):
        found = rehearse_rewards(course_key, replace(policy_of(course_key), **changes), now=now)
        names = dict(get_user_model().objects.values_list("id", "username"))
        return {names[one.user_id]: (one.before, one.after) for one in found.rewards if one.side == side}

    return rehearse


def test_a_higher_number_would_have_given_fewer(inviters, milestones, tried):
    milestones(GUIDE)
    inviters(3, 2, 1)
    granted = (Fate.GRANTED, Fate.GRANTED)
    assert tried() == {"inviter0": granted, "inviter1": granted}
    assert tried(milestones=(GUIDE | {"number": 3},)) == {
        "inviter0": granted,
        "inviter1": (Fate.GRANTED, Fate.NOT_EARNED),
    }
    assert tried(milestones=(GUIDE | {"number": 1},))["inviter2"] == (Fate.NOT_EARNED, Fate.GRANTED)
    assert tried(milestones=()) == dict.fromkeys(["inviter0", "inviter1"], (Fate.GRANTED, Fate.NOT_EARNED))


def test_other_points_are_tried(inviters, milestones, tried):
    milestones(POINTS)
    inviters(2, 1)
    assert set(tried()) == {"inviter0"}
    weights = {"enrolled": 1, "active": 5, "completed": 6}
    assert tried(stage_weights=weights)["inviter1"] == (Fate.NOT_EARNED, Fate.GRANTED)


def test_the_budget_goes_to_who_earned_first(inviters, milestones, tried):
    milestones(GUIDE)
    inviters(2, 2, 2)
    after = {name: after for name, (_before, after) in tried(reward_budget=2).items()}
    assert after == {"inviter0": Fate.GRANTED, "inviter1": Fate.GRANTED, "inviter2": Fate.BUDGET}


def test_what_was_granted_before_uses_the_budget(inviters, milestones, tried, course_key, now):
    milestones(GUIDE)
    (early,) = inviters(2, days=40, prefix="early")
    settle_rewards(user_id=early.id, course_key=course_key, now=now)
    inviters(2, 2)
    found = tried(reward_budget=2)
    assert {name: after for name, (_before, after) in found.items()} == {
        "inviter0": Fate.GRANTED,
        "inviter1": Fate.BUDGET,
    }


def test_a_person_approves_each(inviters, milestones, tried):
    milestones(GUIDE)
    inviters(2)
    assert tried(reward_by_hand=True) == {"inviter0": (Fate.GRANTED, Fate.APPROVAL)}


def test_a_decision_of_the_team_stands_in_both(inviters, milestones, tried, cast, course_key, now):
    milestones(GUIDE, reward_by_hand=True)
    (one,) = inviters(2)
    settle_rewards(user_id=one.id, course_key=course_key, now=now)
    refuse_reward(actor=cast.ada, course_key=course_key, reward_id=Reward.objects.get().id, note="No.", now=now)
    assert tried(reward_by_hand=False) == {"inviter0": (Fate.AGAINST, Fate.AGAINST)}


def test_the_friends_side_is_tried_too(inviters, milestones, tried):
    milestones(GUIDE)
    inviters(1)
    assert tried(side="friend", milestones=(GIFT,)) == {"friend-inviter0-0": (Fate.NOT_EARNED, Fate.GRANTED)}


def test_what_was_reached_earlier_is_counted_apart(inviters, milestones, tried, course_key, now):
    milestones(GUIDE)
    inviters(1, 1, 2, days=40, prefix="early")
    lower = replace(policy_of(course_key), milestones=(GUIDE | {"number": 1},))
    found = rehearse_rewards(course_key, lower, now=now)
    assert (found.rewards, found.earlier, found.cut) == ([], 2, False)


def test_who_is_nobody_and_who_left_the_hold_period_open_earn_nothing(inviters, friends, milestones, tried, cast):
    milestones(GUIDE | {"number": 1})
    (gone,) = inviters(1)
    friends("fresh", days=1, active=True)
    assert set(tried()) == {"inviter0"}
    Journey.objects.filter(inviter=gone).update(inviter=new_stub())
    assert tried() == {}


def test_in_a_large_course_the_newest_are_tried_and_it_is_said(inviters, milestones, course_key, now):
    milestones(GUIDE | {"number": 1})
    inviters(1, 1, 1)
    inviters(1, days=40, prefix="early")
    policy = policy_of(course_key)
    found = rehearse_rewards(course_key, policy, now=now, most=2)
    assert (len(found.rewards), found.cut, found.earlier) == (2, True, None)
    found = rehearse_rewards(course_key, policy, now=now, most=3)
    assert (len(found.rewards), found.cut, found.earlier) == (3, False, None)


def test_what_was_tried_is_what_comes(inviters, milestones, tried, course_key, now):
    milestones(GUIDE | {"number": 3})
    people = inviters(3, 2, 1, 2)
    after = {name: fate.value for name, (_before, fate) in tried(milestones=(GUIDE,), reward_budget=2).items()}
    milestones(GUIDE, reward_budget=2)
    for one in people:
        settle_rewards(user_id=one.id, course_key=course_key, now=now)
    rows = Reward.objects.values_list("user__username", "state", "reason")
    assert {name: reason or state for name, state, reason in rows} == after


def test_nothing_is_written(inviters, milestones, tried, course_key):
    milestones(GUIDE)
    inviters(2, 2)
    before = policy_of(course_key)
    tried(milestones=(GUIDE | {"number": 1},), reward_budget=1)
    assert not Reward.objects.exists()
    assert not Purse.objects.exists()
    assert policy_of(course_key) == before


def test_it_costs_as_many_queries_for_ten_inviters_as_for_one(
    inviters, milestones, tried, course_key, now, django_assert_max_num_queries
):
    milestones(GUIDE)
    inviters(*[2] * 10)
    policy = policy_of(course_key)
    with django_assert_max_num_queries(5):
        rehearse_rewards(course_key, policy, now=now)
