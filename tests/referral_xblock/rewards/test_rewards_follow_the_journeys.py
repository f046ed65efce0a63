"""What is granted is what the journeys say: granted once, taken back with the reason, given again."""

from datetime import timedelta

import pytest

from referral_xblock.data import Status
from referral_xblock.journey.ledger import recompute
from referral_xblock.models import Badge, Journey, Purse, Reward
from referral_xblock.rewards.actions import settle_rewards
from referral_xblock.signals import JOURNEY_CHANGED

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {"slug": "guide", "counts": "active", "number": 2, "title": "Guide", "badge": "Bee guide"}


@pytest.fixture
def settle(cast, course_key, now):
    """Settles chen's rewards, at `now` or so many days later; returns how many changed."""
    return lambda days=0: settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now + timedelta(days=days))


def only():
    return Reward.objects.get()


def test_a_milestone_is_granted_when_it_is_reached_and_not_before(friends, milestones, settle, course_key):
    milestones(GUIDE)
    friends(1, active=True)
    assert settle() == 0
    assert not Reward.objects.exists()
    second = friends(2, active=True)
    assert settle() == 1
    row = only()
    assert (row.state, row.reason, row.title, row.badge, row.carried_by) == ("granted", "", "Guide", "Bee guide", 2)
    assert row.earned_at == second.enrolled_at + timedelta(days=3), "the hold period"
    assert second.id in row.carriers
    assert Purse.objects.get().granted == 1


def test_ten_times_the_same_is_once(friends, milestones, settle, badge_key):
    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    before = Reward.objects.values().get(), Badge.objects.values().get(), Purse.objects.values().get()
    assert [settle() for _again in range(10)] == [0] * 10
    assert (Reward.objects.values().get(), Badge.objects.values().get(), Purse.objects.values().get()) == before


def test_a_replayed_event_gives_nothing_twice(friends, milestones, course_key, cast):
    milestones(GUIDE)
    rows = [friends(number, active=True) for number in (1, 2)]
    for row in rows * 10:
        JOURNEY_CHANGED.send(
            sender=None, course_key=course_key, user_id=row.user_id, inviter_id=cast.chen.id, stages=frozenset()
        )
    assert Reward.objects.count() == 1
    assert Purse.objects.get().granted == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"unenrolled_at": True}, "left"),
        ({"status": Status.NOT_CREDITED.value}, "rejected"),
        ({"status": Status.HELD.value}, "rejected"),
        (None, "deleted"),
    ],
)
def test_it_is_taken_back_with_the_reason_and_given_again(friends, milestones, settle, now, badge_key, change, reason):
    milestones(GUIDE)
    friends(1, active=True)
    second = friends(2, active=True)
    settle()
    values = Journey.objects.filter(id=second.id).values().get()
    if change is None:
        second.delete()
    else:
        Journey.objects.filter(id=second.id).update(
            **{name: now if value is True else value for name, value in change.items()}
        )
    assert settle() == 1
    row = only()
    assert (row.state, row.reason, Purse.objects.get().granted) == ("revoked", reason, 0)
    assert Badge.objects.get().revoked_at == now
    if change is None:
        Journey.objects.create(**values)
    else:
        Journey.objects.filter(id=second.id).update(**{name: values[name] for name in change})
    settle(days=1)
    assert (only().state, only().reason, Purse.objects.get().granted) == ("granted", "", 1)
    assert Badge.objects.get().revoked_at is None


def test_no_longer_passing_takes_a_completion_back(friends, milestones, settle, now):
    milestones({"slug": "done", "counts": "completed", "number": 1, "title": "Finisher"})
    friend = friends(1, active=True, completed_at=now - timedelta(days=1))
    settle()
    assert only().state == "granted"
    Journey.objects.filter(id=friend.id).update(lapsed_at=now)
    settle()
    assert (only().state, only().reason) == ("revoked", "no_longer_completed")


def test_points_of_an_enrolment_by_which_nothing_is_learned_run_out(friends, milestones, settle):
    milestones({"slug": "two-points", "counts": "points", "number": 2, "title": "Host"})
    friends(1, days=5)
    friends(2, days=5)
    settle()
    assert only().state == "granted"
    settle(days=9)
    assert (only().state, only().reason) == ("revoked", "too_few")


def test_the_invited_friend_gets_something_too(friends, milestones, course_key, now):
    milestones(GUIDE | {"friend_on": "active", "friend_title": "Newcomer", "friend_text": "Welcome."})
    friend = friends(1, active=True)
    settle_rewards(user_id=friend.user_id, course_key=course_key, now=now)
    row = only()
    assert (row.user_id, row.side, row.state, row.title, row.text) == (
        friend.user_id, "friend", "granted", "Newcomer", "Welcome.",
    )  # fmt: skip
    Journey.objects.filter(id=friend.id).update(unenrolled_at=now)
    settle_rewards(user_id=friend.user_id, course_key=course_key, now=now)
    assert (only().state, only().reason) == ("revoked", "left")


def test_a_link_of_the_course_team_brings_nobody_a_reward(friends, milestones, cast, course_key, now):
    from referral_xblock.links.actions import create_vanity_link
    from referral_xblock.models import Link

    milestones(GUIDE)
    code = create_vanity_link(actor=cast.ada, course_key=course_key, code="spring", now=now).code
    for number in (1, 2):
        friends(number, active=True, inviter=cast.ada, link=Link.objects.get(code=code))
    assert settle_rewards(user_id=cast.ada.id, course_key=course_key, now=now) == 0
    assert not Reward.objects.exists()


def test_what_was_granted_keeps_what_it_gave_and_asked_for(friends, milestones, settle):
    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    milestones(GUIDE | {"number": 5, "title": "Master guide"})
    settle()
    assert (only().state, only().title, only().number) == ("granted", "Guide", 2)
    milestones()
    settle()
    assert only().state == "granted"


def test_what_only_waits_goes_with_its_milestone(friends, milestones, settle):
    milestones(GUIDE, reward_by_hand=True)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    assert (only().state, only().reason) == ("waiting", "approval")
    milestones(reward_by_hand=True)
    settle()
    assert not Reward.objects.exists()


def test_the_budget_is_never_exceeded_and_who_waits_gets_what_comes_free(friends, milestones, cast, course_key, now):
    milestones({"slug": "one", "counts": "active", "number": 1, "title": "Guide"}, reward_budget=1)
    inviters = [cast.chen, cast.bo, cast.dara]
    rows = [friends(number, active=True, inviter=inviter) for number, inviter in enumerate(inviters)]
    for inviter in inviters:
        settle_rewards(user_id=inviter.id, course_key=course_key, now=now)
    states = dict(Reward.objects.values_list("user_id", "state"))
    assert sorted(states.values()) == ["granted", "waiting", "waiting"]
    assert set(Reward.objects.filter(state="waiting").values_list("reason", flat=True)) == {"budget"}
    Journey.objects.filter(id=rows[0].id).update(unenrolled_at=now)
    for inviter in inviters:
        settle_rewards(user_id=inviter.id, course_key=course_key, now=now)
    assert dict(Reward.objects.values_list("user_id", "state")) == {
        cast.chen.id: "revoked", cast.bo.id: "granted", cast.dara.id: "waiting",
    }  # fmt: skip
    assert Purse.objects.get().granted == 1


def test_a_course_without_milestones_costs_one_query(friends, cast, course_key, now, django_assert_num_queries):
    friends(1, active=True)
    from referral_xblock.policy.queries import policy_of

    policy_of(course_key)
    with django_assert_num_queries(3):  # the lock, between the two ends of its transaction
        settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)


def test_nothing_changed_costs_a_handful_of_queries(
    friends, milestones, settle, course_key, django_assert_max_num_queries
):
    from referral_xblock.policy.queries import policy_of

    milestones(GUIDE)
    for number in range(20):
        friends(number, active=True)
    settle()
    policy_of(course_key)
    with django_assert_max_num_queries(6):
        settle()


def test_the_ledger_leads_to_rewards_by_itself(link, cast, course_key, tiny_course, milestones, settings):
    from completion.models import BlockCompletion
    from django.contrib.auth import get_user_model

    from tests.referral_xblock.journey.walks import come_by, follow, register

    milestones({"slug": "one", "counts": "active", "number": 1, "title": "Guide"}, hold_days=0)
    visitor, joined = come_by(link)
    follow(visitor, register(visitor, joined["Location"]))
    eli = get_user_model().objects.get(username="eli")
    BlockCompletion.objects.submit_completion(user=eli, block_key=tiny_course.completable[0], completion=1.0)
    recompute([eli.id], course_key)
    assert only().user_id == cast.chen.id
    assert only().state == "granted"


def test_a_broker_that_is_down_disturbs_nobody(friends, milestones, course_key, cast, monkeypatch):
    from referral_xblock.rewards import tasks

    def refuse(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(tasks.settle, "apply_async", refuse)
    milestones(GUIDE)
    friend = friends(1, active=True)
    told = JOURNEY_CHANGED.send(
        sender=None, course_key=course_key, user_id=friend.user_id, inviter_id=cast.chen.id, stages=frozenset()
    )
    assert told, "and nothing was raised"
    assert not Reward.objects.exists()


def test_a_course_without_milestones_sends_nothing(friends, course_key, cast, monkeypatch):
    from referral_xblock.rewards import tasks

    sent = []
    monkeypatch.setattr(tasks.settle, "apply_async", lambda *args, **kwargs: sent.append(args))
    friend = friends(1, active=True)
    JOURNEY_CHANGED.send(
        sender=None, course_key=course_key, user_id=friend.user_id, inviter_id=cast.chen.id, stages=frozenset()
    )
    assert sent == []


def test_the_person_finds_it_in_their_own_data(friends, milestones, settle, cast, badge_key):
    from referral_xblock.rewards.own_data import own_rewards

    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    parts = {part.name: list(part.rows) for part in own_rewards(cast.chen.id)}
    assert [row["title"] for row in parts["rewards_i_earned"]] == ["Guide"]
    assert [row["badge"] for row in parts["badges_i_hold"]] == [Badge.objects.get().public_id]
    assert parts["rewards_i_decided_about"] == []
