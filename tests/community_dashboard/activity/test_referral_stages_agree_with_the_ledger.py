"""Shares and credited friends: told by our own signals, found again in our own tables, and taken back when the ledger does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from community_dashboard.activity import stages
from community_dashboard.activity.reconciliation import reconcile
from community_dashboard.activity.sources import SETTLED
from community_dashboard.models import Activity
from community_dashboard.retirement import forget_retired
from referral_xblock.api import brought_after, count_brought, shares_after
from referral_xblock.journey import ledger
from referral_xblock.journey.models import Journey
from referral_xblock.retirement import retire
from referral_xblock.sharing.actions import record_share
from referral_xblock.sharing.models import Share
from referral_xblock.signals import JOURNEY_CHANGED

pytestmark = pytest.mark.django_db
STAGES = ("shared", "brought", "uncredited")


@pytest.fixture
def later():
    """A day after everything that happens in a test."""
    return timezone.now() + timedelta(days=1) + 2 * SETTLED


def the_record(*kinds):
    rows = Activity.objects.filter(kind__in=kinds or STAGES)
    return sorted(rows.values_list("kind", "user_id", "course_key", "object_id", "happened_at"))


def the_ledger(cast, course_key):
    """Counted straight from the rows: who counts for chen now."""
    rows = Journey.objects.filter(course_key=course_key, inviter=cast.chen, status="credited", unenrolled_at=None)
    return sorted((str(row.id), row.enrolled_at) for row in rows if row.enrolled_at)


def recorded_credits(cast, course_key):
    rows = Activity.objects.filter(kind="brought", user=cast.chen, course_key=course_key)
    return sorted(rows.values_list("object_id", "happened_at"))


def tell(journey):
    """What the ledger tells after the commit."""
    ledger.tell([journey], journey.course_key)


def test_a_share_is_told_after_the_commit(cast, course_key, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        record_share(user_id=cast.chen.id, course_key=course_key, placement="", channel="copy", now=now)
    assert the_record("shared") == []
    for one in waiting:
        one()
    day = datetime.combine(now.date(), datetime.min.time(), UTC)
    assert the_record("shared") == [("shared", cast.chen.id, course_key, "", day)]


def test_a_second_share_by_the_same_channel_that_day_is_none(
    cast, course_key, now, later, django_capture_on_commit_callbacks
):
    for moment in (now, now + timedelta(hours=2)):
        for channel in ("copy", "mastodon"):
            with django_capture_on_commit_callbacks(execute=True):
                record_share(user_id=cast.chen.id, course_key=course_key, placement="", channel=channel, now=moment)
    assert len(the_record("shared")) == 2
    reconcile(now=later)
    assert len(the_record("shared")) == 2


def test_shares_that_nobody_told_are_found_when_their_day_is_over(cast, grown, course_key, now, later):
    assert the_record("shared") == []
    today = datetime.combine(now.date(), datetime.min.time(), UTC)
    reconcile(now=today + timedelta(hours=23))
    assert the_record("shared") == []
    reconcile(now=today + timedelta(hours=24) + 2 * SETTLED)
    assert [row[:3] for row in the_record("shared")] == [("shared", cast.chen.id, course_key)]


def test_credits_that_nobody_told_are_found(cast, grown, course_key, later):
    reconcile(now=later)
    assert recorded_credits(cast, course_key) == the_ledger(cast, course_key)
    assert len(recorded_credits(cast, course_key)) == 3
    before = the_record()
    reconcile(now=later + timedelta(days=2), from_the_beginning=True)
    assert the_record() == before


def test_a_journey_that_changes_is_told_at_once(cast, grown, course_key, later):
    held = Journey.objects.get(user=grown.friends[0])
    tell(held)
    assert recorded_credits(cast, course_key) == []
    Journey.objects.filter(id=held.id).update(status="credited", reason="")
    held.refresh_from_db()
    tell(held)
    assert recorded_credits(cast, course_key) == [(str(held.id), held.enrolled_at)]
    tell(held)
    assert len(the_record()) == 1


CHANGES = {
    "fraud": {"status": "not_credited", "reason": "fraud"},
    "held": {"status": "held", "reason": "suspicious"},
    "left": {"unenrolled_at": datetime(2026, 3, 9, tzinfo=UTC)},
    "no inviter any more": {"inviter_id": None},
}


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_credit_that_is_taken_back_is_counted_no_longer_and_given_back_again_it_is(
    cast, grown, course_key, later, change, told
):
    reconcile(now=later)
    journey = Journey.objects.get(user=grown.friends[3])
    was = {name: getattr(journey, name) for name in CHANGES[change]}

    def becomes(values, days):
        Journey.objects.filter(id=journey.id).update(**values)
        journey.refresh_from_db()
        if told:
            tell(journey)
        else:
            reconcile(now=later + timedelta(days=days))

    becomes(CHANGES[change], 2)
    assert recorded_credits(cast, course_key) == the_ledger(cast, course_key)
    assert len(recorded_credits(cast, course_key)) == 2
    assert the_record("uncredited") == [("uncredited", cast.chen.id, course_key, str(journey.id), journey.enrolled_at)]
    becomes(was, 4)
    assert recorded_credits(cast, course_key) == the_ledger(cast, course_key)
    assert the_record("uncredited") == []


def test_another_inviter_is_credited_instead(cast, grown, course_key, later):
    reconcile(now=later)
    journey = Journey.objects.get(user=grown.friends[3])
    Journey.objects.filter(id=journey.id).update(inviter=cast.bo)
    journey.refresh_from_db()
    tell(journey)
    assert [row[1] for row in the_record("brought") if row[3] == str(journey.id)] == [cast.bo.id]
    assert [row[1] for row in the_record("uncredited")] == [cast.chen.id]


def test_a_journey_that_is_no_longer_is_noticed(cast, grown, course_key, later):
    reconcile(now=later)
    Journey.objects.filter(user=grown.friends[2]).delete()
    reconcile(now=later + timedelta(days=2))
    assert recorded_credits(cast, course_key) == the_ledger(cast, course_key)


def test_the_number_of_the_ledger_is_that_of_the_record(cast, grown, course_key, elsewhere, later):
    reconcile(now=later)
    assert count_brought([cast.chen.id, cast.bo.id], course_key) == {cast.chen.id: 3}
    assert count_brought([cast.chen.id], elsewhere) == {}
    assert Activity.objects.filter(kind="brought", user=cast.chen).count() == 3


def test_every_page_is_read_once(cast, grown, later, monkeypatch):
    monkeypatch.setattr("community_dashboard.activity.reconciliation.ROWS", 2)
    reconcile(now=later)
    assert len(the_record("brought")) == 3
    found, last = brought_after(0, limit=2)
    assert (len(found), last) == (0, Journey.objects.order_by("id")[1].id)
    assert brought_after(10**9) == ([], 0)
    assert [row.channel for row in shares_after(0)] == ["mastodon"]


def test_nothing_leads_to_a_friend_who_was_retired(cast, grown, course_key, later):
    reconcile(now=later)
    friend = grown.friends[3]
    journey = Journey.objects.get(user=friend)
    retire(friend)
    forget_retired(friend)
    row = Activity.objects.get(kind="brought", object_id=str(journey.id))
    assert Journey.objects.get(id=journey.id).user_id != friend.id
    assert not Journey.objects.filter(user=friend).exists()
    assert row.user_id == cast.chen.id
    reconcile(now=later + timedelta(days=2))
    assert len(recorded_credits(cast, course_key)) == 3


def test_an_inviter_who_was_retired_is_counted_once(cast, grown, course_key, later):
    record_share(user_id=cast.chen.id, course_key=course_key, placement="", channel="copy", now=later)
    reconcile(now=later + timedelta(days=2))
    numbers = {kind: Activity.objects.filter(kind=kind).count() for kind in STAGES}
    assert numbers == {"shared": 2, "brought": 3, "uncredited": 0}
    retire(cast.chen)
    forget_retired(cast.chen)
    reconcile(now=later + timedelta(days=4), from_the_beginning=True)
    assert {kind: Activity.objects.filter(kind=kind).count() for kind in STAGES} == numbers
    assert {row[3] for row in the_record("brought")} == {""}
    assert {row[1] for row in the_record()} == {None}
    assert not Share.objects.filter(user=cast.chen).exists()


def test_an_error_of_ours_stops_no_journey(cast, grown, course_key, later, monkeypatch):
    def fail(*given, **named):
        raise OperationalError("gone away")

    journey = Journey.objects.get(user=grown.friends[3])
    with monkeypatch.context() as patch:
        patch.setattr(stages, "brought_in", fail)
        [answers] = [
            JOURNEY_CHANGED.send_robust(
                sender=None, course_key=course_key, user_id=journey.user_id, inviter_id=cast.chen.id, stages=frozenset()
            )
        ]
    assert not [error for _receiver, error in answers if isinstance(error, Exception)]
    reconcile(now=later)
    assert len(recorded_credits(cast, course_key)) == 3


def test_what_a_page_of_known_credits_costs(cast, grown, later, django_assert_max_num_queries):
    reconcile(now=later)
    found, _last = brought_after(0)
    with django_assert_max_num_queries(4):
        stages.give_back(found)
