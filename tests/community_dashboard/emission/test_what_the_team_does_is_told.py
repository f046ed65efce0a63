"""Decisions of moderation and digests: each is told once, by its actor's number, without whom or what it was about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community_dashboard.emission.events import DIGEST_SENT, EVENTS, MODERATION_DECIDED, MODERATION_UNDONE
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import DecisionError
from community_dashboard.moderation.digest import actions as digest
from community_dashboard.moderation.digest.actions import send_digest
from community_dashboard.moderation.projection.models import ForumPost
from referral_xblock.api import OWN_EVENTS

pytestmark = pytest.mark.django_db(transaction=True)


def actors(told):
    return [event["context"]["user_id"] for event in told.events]


def test_a_decision_and_its_undoing_are_told_once_each(told, desk, thread, somebody, cast, course_key):
    other = somebody("moderator")
    row = desk.decide(thread, Choice.HIDE, "Not kind.")
    for _again in range(3):
        desk.undo(row, by=other)
    data = {"decision": row.pk, "choice": "hide", "kind": "thread", "automatic": False}
    assert told.of(MODERATION_DECIDED) == [data]
    assert told.of(MODERATION_UNDONE) == [data]
    assert actors(told) == [cast.bo.id, other.id]
    assert {event["context"]["course_id"] for event in told.events} == {str(course_key)}


def test_what_is_not_carried_out_is_not_told(told, desk, thread, cast):
    with pytest.raises(DecisionError):
        desk.decide(thread, Choice.HIDE, "Not kind.", by=cast.dara)
    row = desk.decide(thread, Choice.HIDE, "Not kind.")
    with pytest.raises(DecisionError):
        desk.undo(row, after=timedelta(days=31))
    assert told.names() == ["moderation.decided"]


def test_a_decision_about_a_person_alone_has_no_kind(told, desk, cast):
    desk.decide(None, Choice.NOTE, text="Asks well.", user_id=cast.chen.id)
    assert [(data["choice"], data["kind"]) for data in told.of(MODERATION_DECIDED)] == [("note", "")]
    assert str(cast.chen.id) not in map(str, told.of(MODERATION_DECIDED)[0].values())


@pytest.fixture
def waiting(desk, thread, now):
    """One question waits, so that there is something to tell bo."""
    desk.find(thread)
    ForumPost.objects.update(thread_type="question", created_at=now, waiting_since=now)


def test_a_digest_is_told_once_a_day(told, waiting, cast, course_key, now):
    for _again in range(3):
        send_digest(user_id=cast.bo.id, course_key=course_key, now=now)
    assert told.of(DIGEST_SENT) == [{"digest": "moderation"}]
    assert actors(told) == [cast.bo.id]


def test_a_digest_that_could_not_be_handed_over_is_not_told(told, waiting, cast, course_key, now, monkeypatch):
    def refuse(letter, address):
        raise OSError

    monkeypatch.setattr(digest, "post_letter", refuse)
    assert not send_digest(user_id=cast.bo.id, course_key=course_key, now=now)
    assert told.events == []


def test_the_dashboards_events_have_a_switch_of_their_own(told, desk, thread, settings):
    settings.COMMUNITY_EMIT_EVENTS = False
    desk.decide(thread, Choice.HIDE, "Not kind.")
    assert told.events == []
    assert {event.setting for event in EVENTS} == {"COMMUNITY_EMIT_EVENTS"}
    assert {event.setting for event in OWN_EVENTS} == {"REFERRAL_EMIT_EVENTS"}


def test_no_two_packages_tell_by_one_name():
    names = [event.name for event in (*OWN_EVENTS, *EVENTS)]
    assert len(set(names)) == len(names)
    assert all(name.startswith("openedx.community.") for name in names)
