"""Shares, clicks, journeys, rewards and invitations: each is told where it truly happens, once, and not when it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from referral_xblock.data import Status
from referral_xblock.emission.events import (
    INVITATION_SENT,
    JOURNEY_JOINED,
    JOURNEY_WITHDRAWN,
    LINK_CLICKED,
    LINK_SHARED,
    REWARD_EARNED,
    REWARD_REVOKED,
)
from referral_xblock.journey.ledger import recompute
from referral_xblock.links.actions import confirm_person, name_person, record_click
from referral_xblock.links.batches import name_persons
from referral_xblock.models import Click, Journey, Link
from referral_xblock.rewards.actions import approve_reward, revoke_reward, settle_rewards, undo_decision
from referral_xblock.rewards.models import Reward
from referral_xblock.sharing.actions import record_share
from referral_xblock.sharing.tasks import send_invitation
from tests.referral_xblock.journey.walks import come_by, follow, register
from tests.referral_xblock.sharing import inviting
from tests.referral_xblock.visits import BEACON, browser, open_invitation, press_join

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def click(link, course_key, now):
    """A request for chen's page, of which nothing is known; `machine` says why it is a machine's."""

    def record(machine: str = "") -> int:
        return record_click(link_id=link.id, course_key=course_key, visitor="v1", machine=machine, now=now)

    return record


# --- Shares ---


def test_a_share_is_told_once_a_day(told, cast, course_key, tiny_course, now):
    share = {"user_id": cast.chen.id, "course_key": course_key, "placement": str(tiny_course.referral)}
    for _again in range(3):
        record_share(**share, channel="whatsapp", now=now)
    record_share(**share, channel="no-such-network", now=now)
    record_share(**share, channel="whatsapp", now=now + timedelta(days=1))
    assert told.of(LINK_SHARED) == [{"channel": "whatsapp", "block": str(tiny_course.referral)}] * 2
    assert {event["context"]["user_id"] for event in told.events} == {cast.chen.id}


def test_a_share_that_is_rolled_back_is_not_told(told, cast, course_key, now):
    with transaction.atomic():
        record_share(user_id=cast.chen.id, course_key=course_key, placement="", channel="copy", now=now)
        transaction.set_rollback(True)
    assert told.events == []


# --- Clicks ---


def test_a_request_alone_tells_nothing(told, link):
    open_invitation(browser(), link.code)
    assert Click.objects.count() == 1
    assert told.events == []


def test_a_person_on_the_page_is_told_once_and_nameless(told, link):
    visitor = browser()
    token = open_invitation(visitor, link.code)[1]
    for _again in range(3):
        visitor.post(f"/r/{link.code}/seen", {"token": token}, headers=BEACON)
    press_join(visitor, link.code, token)
    assert told.of(LINK_CLICKED) == [{"link": link.id, "channel": "copy", "confirmed_by": "beacon"}]
    assert told.events[0]["context"]["user_id"] is None


def test_also_the_signed_in_are_nobody_in_a_click(told, link, cast, client_of):
    visitor = client_of(cast.dara)
    press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
    (event,) = [event for event in told.events if event["name"] == LINK_CLICKED.name]
    assert event["context"]["user_id"] is None
    assert event["data"]["confirmed_by"] == "join"


def test_a_machine_is_not_told_until_an_account_comes_of_it(told, click, cast):
    number = click(machine="crawler")
    assert not confirm_person(click_id=number, by="beacon")
    assert told.events == []
    name_person(click_id=number, user_id=cast.dara.id)
    name_person(click_id=number, user_id=cast.dara.id)
    assert [data["confirmed_by"] for data in told.of(LINK_CLICKED)] == ["account"]


def test_many_at_once_are_told_as_one_by_one(told, click, cast):
    known, unknown, machine = click(), click(), click(machine="crawler")
    confirm_person(click_id=known, by="beacon")
    for _again in range(2):
        name_persons(accounts=[(known, cast.bo.id), (unknown, cast.chen.id), (machine, cast.dara.id)])
    assert [data["confirmed_by"] for data in told.of(LINK_CLICKED)] == ["beacon", "account", "account"]


def test_a_site_that_wants_no_events_pays_no_query_for_them(click, settings, django_assert_num_queries):
    settings.REFERRAL_EMIT_EVENTS = False
    number = click()
    with django_assert_num_queries(1):
        confirm_person(click_id=number, by="beacon")


# --- Journeys ---


def stages(told, event):
    return [data["stage"] for data in told.of(event)]


def test_the_loop_tells_each_stage_once(told, link, course_key):
    visitor, answer = come_by(link)
    follow(visitor, register(visitor, answer["Location"]))
    follow(visitor, f"/r/{link.code}/back")
    eli = Journey.objects.get(user__username="eli")
    assert stages(told, JOURNEY_JOINED) == ["registered", "enrolled"]
    (event, *_others) = [one for one in told.events if one["name"] == JOURNEY_JOINED.name]
    assert event["context"]["user_id"] == eli.user_id
    assert event["data"] == {
        "stage": "registered",
        "reached_at": eli.registered_at.isoformat(),
        "link": link.id,
        "channel": "copy",
    }
    before = list(told.events)
    for _again in range(3):
        recompute([eli.user_id], course_key)
    assert told.events == before


def test_what_counts_no_more_is_withdrawn_and_may_come_again(told, link, course_key, cast):
    visitor, answer = come_by(link)
    follow(visitor, register(visitor, answer["Location"]))
    eli = Journey.objects.get(user__username="eli")
    Link.objects.filter(id=link.id).update(owner=eli.user, label="mine")  # nobody brings themselves
    recompute([eli.user_id], course_key)
    assert stages(told, JOURNEY_WITHDRAWN) == ["registered", "enrolled"]
    Link.objects.filter(id=link.id).update(owner=cast.chen)
    recompute([eli.user_id], course_key)
    assert stages(told, JOURNEY_JOINED) == ["registered", "enrolled"] * 2


def test_a_journey_that_is_gone_takes_its_stages_along(told, friends, course_key, link):
    row = friends(1, active=True, link=link)
    recompute([row.user_id], course_key)  # its ledger is empty
    assert not Journey.objects.filter(id=row.id).exists()
    assert told.of(JOURNEY_WITHDRAWN) == [
        {"stage": stage, "reached_at": moment.isoformat(), "link": link.id, "channel": "copy"}
        for stage, moment in (("enrolled", row.enrolled_at), ("active", row.active_at))
    ]


def test_a_recomputation_that_is_rolled_back_tells_nothing(told, friends, course_key):
    row = friends(1)
    with transaction.atomic():
        recompute([row.user_id], course_key)
        transaction.set_rollback(True)
    assert told.events == []


# --- Rewards ---

GUIDE = {"slug": "guide", "counts": "active", "number": 1, "title": "Guide of the meadow", "badge": "Bee guide"}


def test_a_reward_is_told_when_it_is_granted_and_when_it_is_gone(told, friends, milestones, cast, course_key, now):
    milestones(GUIDE)
    friend = friends(1, active=True)
    for _again in range(3):
        settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    number = Reward.objects.get().id
    what = {"reward": number, "side": "inviter", "counts": "active", "number": 1, "badge": True}
    assert told.of(REWARD_EARNED) == [what]
    assert told.of(REWARD_REVOKED) == []
    Journey.objects.filter(id=friend.id).update(status=Status.HELD.value)
    for _again in range(3):
        settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    assert told.of(REWARD_REVOKED) == [what | {"by_hand": False}]
    assert {event["context"]["user_id"] for event in told.events} == {cast.chen.id}


def test_the_teams_hand_is_told_and_its_undoing(told, friends, milestones, cast, course_key, now):
    milestones(GUIDE)
    friends(1, active=True)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    number = Reward.objects.get().id
    decided = {"actor": cast.ada, "course_key": course_key, "reward_id": number, "now": now}
    revoke_reward(**decided, note="Not this time.")
    undo_decision(**decided)
    assert told.names() == ["reward.earned", "reward.revoked", "reward.earned"]
    assert told.of(REWARD_REVOKED)[0]["by_hand"] is True


def test_a_decision_that_leaves_it_as_it_is_tells_nothing(told, friends, milestones, cast, course_key, now):
    milestones(GUIDE, reward_by_hand=True)
    friends(1, active=True)
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    assert told.events == []
    number = Reward.objects.get().id
    decided = {"actor": cast.ada, "course_key": course_key, "reward_id": number, "now": now}
    approve_reward(**decided)
    assert told.names() == ["reward.earned"]
    undo_decision(**decided)
    assert told.names() == ["reward.earned", "reward.revoked"]


# --- Invitations by mail ---


def test_an_invitation_is_told_when_it_is_handed_over_and_never_again(told, cast, course_key, client_of):
    inviting.allow_mail(course_key)
    inviting.name(cast.chen, "Chen")
    inviting.send(client_of(cast.chen), course_key, "eli@example.org")
    (sent,) = told.of(INVITATION_SENT)
    assert sent["block"] == ""
    send_invitation(sent["invitation"])
    assert len(told.of(INVITATION_SENT)) == 1
    assert [event["context"]["user_id"] for event in told.events] == [cast.chen.id] * 2
    assert sorted(told.names()) == ["invitation.sent", "link.shared"]
