"""An event is told once what it tells is committed, with its own fields and its actor alone, and never stands in the way."""

from __future__ import annotations

import pytest
from django.db import transaction
from eventtracking import tracker as tracking

from referral_xblock.emission.emitting import emit
from referral_xblock.emission.events import EVENTS, LINK_SHARED

pytestmark = pytest.mark.django_db(transaction=True)

SHARED = {"channel": "copy", "block": ""}
# What the platform's middleware puts around everything that happens in a request.
REQUEST = {
    "session": "0cc175b9c0f1b6a831c399e269772661",
    "user_id": 77,
    "username": "somebody",
    "ip": "203.0.113.9",
    "agent": "Mozilla/5.0",
    "referer": "https://elsewhere.example/r/bee4-c0de",
    "accept_language": "fr",
    "host": "lms.example",
    "path": "/r/bee4-c0de/join",
    "client_id": "1033501218.1368477899",
    "course_id": "",
    "enterprise_uuid": "",
}


def tell(course_key, user_id=5, **more):
    emit(LINK_SHARED, SHARED | more, user_id=user_id, course_key=course_key)


def test_it_waits_for_the_commit(told, course_key):
    with transaction.atomic():
        tell(course_key)
        assert told.events == []
    assert told.names() == ["link.shared"]


def test_outside_of_a_transaction_it_is_told_at_once(told, course_key):
    tell(course_key)
    assert told.names() == ["link.shared"]


def test_a_rollback_takes_it_along(told, course_key):
    with transaction.atomic():
        tell(course_key)
        transaction.set_rollback(True)
    with transaction.atomic(), transaction.atomic():
        tell(course_key)
        transaction.set_rollback(True)
    assert told.events == []


def test_nothing_of_the_request_around_it_goes_along(told, course_key):
    tracker = tracking.get_tracker()
    with tracker.context("edx.course.browser", REQUEST):
        tell(course_key)
        tell(course_key, user_id=None)
        assert tracker.resolve_context() == REQUEST, "what comes after is told with all of it"
    for event, actor in zip(told.events, (5, None), strict=True):
        said = {name: value for name, value in event["context"].items() if value != ""}
        assert said == {"user_id": actor, "course_id": str(course_key), "org_id": course_key.org}
        assert event["context"].keys() >= REQUEST.keys()


def test_what_the_table_does_not_name_stays_here(told, course_key):
    tell(course_key, address="chen@example.org")
    assert told.of(LINK_SHARED) == [SHARED]


def test_a_site_that_wants_none_gets_none(told, course_key, settings, django_assert_num_queries):
    settings.REFERRAL_EMIT_EVENTS = False
    with django_assert_num_queries(0):
        tell(course_key)
    assert told.events == []


def test_no_error_of_the_log_reaches_what_happened(told, course_key, caplog):
    emit(LINK_SHARED, {}, user_id=5, course_key=course_key)
    assert "openedx.community.link.shared could not be told" in caplog.text
    told.send = None
    tell(course_key)
    tracking.get_tracker().backends["told"] = object()
    tell(course_key)


def test_a_platform_that_tracks_nothing_is_told_nothing(told, course_key, monkeypatch):
    monkeypatch.setattr(tracking, "TRACKERS", {})
    tell(course_key)
    assert told.events == []


def test_each_event_has_a_name_of_its_own_and_no_field_for_a_person():
    assert len({event.name for event in EVENTS}) == len(EVENTS)
    for event in EVENTS:
        assert event.fields.keys().isdisjoint({"user_id", "username", "email", "code", "name", "ip"}), event.name
