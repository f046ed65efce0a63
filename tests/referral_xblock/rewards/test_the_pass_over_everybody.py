"""What only time brings, and what a lost message left undone, is done by the pass; killed, it goes on."""

from datetime import timedelta

import pytest

from demo.campus import actions as campus
from referral_xblock.data import Role
from referral_xblock.models import Journey, Reward, RewardPass
from referral_xblock.policy.actions import save_policy
from referral_xblock.policy.queries import exported
from referral_xblock.rewards import passes
from tests.people import make_course

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {
    "slug": "guide",
    "counts": "active",
    "number": 1,
    "title": "Guide",
    "friend_on": "active",
    "friend_title": "New",
}


def clock_at(moment):
    return lambda: moment


def test_the_hold_period_ends_without_any_event(friends, milestones, now):
    milestones(GUIDE)
    friends(1, active=True, days=1)
    passes.continue_pass(clock=clock_at(now))
    assert not Reward.objects.exists()
    assert passes.continue_pass(clock=clock_at(now + timedelta(minutes=59))) is None, "not due yet"
    passes.continue_pass(clock=clock_at(now + timedelta(days=2)))
    assert sorted(Reward.objects.values_list("side", "state")) == [("friend", "granted"), ("inviter", "granted")]


def test_a_loss_that_nobody_told_of_is_found(friends, milestones, now):
    milestones(GUIDE)
    friends(1, active=True)
    passes.continue_pass(clock=clock_at(now))
    Journey.objects.all().delete()
    passes.continue_pass(clock=clock_at(now + timedelta(hours=2)))
    assert set(Reward.objects.values_list("state", "reason")) == {("revoked", "deleted")}


def test_changed_rules_do_not_wait_for_their_hour(friends, milestones, now):
    milestones(GUIDE)
    passes.continue_pass(clock=clock_at(now))
    friends(1, active=True)
    passes.begin_soon()
    passes.continue_pass(clock=clock_at(now + timedelta(minutes=10)))
    assert Reward.objects.count() == 2


def test_it_stops_when_its_time_is_over_and_goes_on_where_it_was(friends, milestones, now, monkeypatch):
    monkeypatch.setattr(passes, "PAGE", 2)
    milestones(GUIDE)
    for number in range(7):
        friends(number, active=True)
    done = [passes.continue_pass(clock=clock_at(now), at_once=timedelta(0))]
    assert done == [3], "two friends and their inviter"
    runs = 1
    while RewardPass.objects.get().ended_at is None:
        assert passes.continue_pass(clock=clock_at(now), at_once=timedelta(0)) is not None
        runs += 1
    assert runs > 4
    assert Reward.objects.filter(side="friend", state="granted").count() == 7


def test_two_at_once_do_not_disturb_each_other(milestones, now):
    milestones(GUIDE)
    RewardPass.objects.create(name="site", began_at=now, seen_at=now)
    assert passes.continue_pass(clock=clock_at(now + timedelta(minutes=1))) is None
    assert passes.continue_pass(clock=clock_at(now + timedelta(minutes=6))) is not None, "the other one is dead"


def test_what_fails_for_one_keeps_nobody_else_waiting(friends, milestones, cast, now, monkeypatch):
    milestones(GUIDE)
    friends(1, active=True)
    genuine = passes.settle_rewards

    def broken(*, user_id, **arguments):
        if user_id == cast.chen.id:
            raise RuntimeError("broken")
        return genuine(user_id=user_id, **arguments)

    monkeypatch.setattr(passes, "settle_rewards", broken)
    passes.continue_pass(clock=clock_at(now))
    assert list(Reward.objects.values_list("side", flat=True)) == ["friend"]
    assert RewardPass.objects.get().ended_at == now


def test_all_courses_are_visited(friends, milestones, cast, course_key, now):
    milestones(GUIDE)
    other = make_course("course-v1:Test+Birds+2026").course_key
    campus.give_role(user=cast.ada, course_key=other, role=Role.COURSE_STAFF)
    values = exported(other) | {"milestones": [GUIDE]}
    assert not save_policy(course_key=other, values=values, actor=cast.ada, now=now).errors
    friends(1, active=True)
    Journey.objects.filter(id=friends(2, active=True).id).update(course_key=other)
    passes.continue_pass(clock=clock_at(now))
    assert {str(key) for key in Reward.objects.values_list("course_key", flat=True)} == {str(course_key), str(other)}
