"""A retired person leaves no badge, no hash of an address, no words; who invited keeps what was earned by them."""

import pytest

from referral_xblock.models import Badge, Purse, Reward
from referral_xblock.retirement import retire
from referral_xblock.rewards import passes
from referral_xblock.rewards.actions import revoke_reward, settle_rewards

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {
    "slug": "guide", "counts": "active", "number": 1, "title": "Guide", "badge": "Bee guide",
    "friend_on": "active", "friend_badge": "New bee",
}  # fmt: skip


@pytest.fixture
def earned(friends, milestones, cast, course_key, now, badge_key):
    """chen and a friend, both with a badge; returns the friend."""
    milestones(GUIDE)
    friend = friends(1, active=True).user
    for person in (cast.chen, friend):
        settle_rewards(user_id=person.id, course_key=course_key, now=now)
    assert Badge.objects.count() == 2
    return friend


def test_the_badge_goes_and_the_reward_is_nobodys(earned, cast, course_key, now):
    chens = Badge.objects.get(reward__user=cast.chen)
    retire(cast.chen, email="chen@example.org")
    assert not Reward.objects.filter(user=cast.chen).exists()
    assert not Badge.objects.filter(public_id=chens.public_id).exists()
    stub = Reward.objects.get(side="inviter")
    assert stub.user.username.startswith("anonymous_")
    assert (stub.state, Purse.objects.get().granted) == ("granted", 2)
    passes.continue_pass(clock=lambda: now)
    assert Badge.objects.count() == 1, "nobody gets no badge"


def test_a_retired_friend_still_carries_what_the_inviter_earned(earned, cast, course_key, now):
    retire(earned, email=earned.email)
    passes.continue_pass(clock=lambda: now)
    reward = Reward.objects.get(user=cast.chen)
    assert (reward.state, reward.carried_by) == ("granted", 1)
    assert not Badge.objects.exclude(reward__user=cast.chen).exists()


def test_nobody_earns_anything_after_that(friends, milestones, cast, course_key, now):
    friend = friends(1, active=True).user
    retire(friend)
    milestones(GUIDE)
    passes.continue_pass(clock=lambda: now)
    assert set(Reward.objects.values_list("user__username", flat=True)) == {"chen"}


def test_a_retired_member_of_the_team_is_no_longer_named(earned, cast, course_key, now):
    reward = Reward.objects.get(user=cast.chen)
    revoke_reward(actor=cast.ada, course_key=course_key, reward_id=reward.id, note="A test.", now=now)
    retire(cast.ada)
    reward.refresh_from_db()
    assert (reward.decided_by, reward.note, reward.state) == (None, "A test.", "revoked")
