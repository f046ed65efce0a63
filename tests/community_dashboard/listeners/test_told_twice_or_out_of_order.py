"""The record is a function of what happened as a set: the order and the number of deliveries are nothing to it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openedx_events.learning import signals

from community_dashboard.models import Activity
from tests.community_dashboard.listeners.telling import (
    certificate_data,
    enrolment_data,
    grade_data,
    passing_data,
    post_data,
    user_data,
)

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FIRST = START - timedelta(days=1)
KINDS = [
    "registered", "signed_in", "enrolled", "left", "graded", "passing", "certified", "revoked", "posted", "answered"
]  # fmt: skip
# What happened: a kind, one of two people, hours after the start. Its place in the list is its number.
HAPPENED = st.lists(
    st.tuples(st.sampled_from(KINDS), st.booleans(), st.integers(0, 60)), min_size=1, max_size=8, unique=True
)


def deliver(signal, metadata, arguments):
    """Once more, with the number and moment that it had: as the event bus or a repeated task does."""
    signal.send_event_with_custom_metadata(metadata, **arguments)


def event(kind, user, course_key, at):
    where = (user, course_key)
    return {
        "registered": lambda: (signals.STUDENT_REGISTRATION_COMPLETED, {"user": user_data(user)}),
        "signed_in": lambda: (signals.SESSION_LOGIN_COMPLETED, {"user": user_data(user)}),
        "enrolled": lambda: (signals.COURSE_ENROLLMENT_CREATED, {"enrollment": enrolment_data(*where, created=FIRST)}),
        "left": lambda: (
            signals.COURSE_UNENROLLMENT_COMPLETED,
            {"enrollment": enrolment_data(*where, created=FIRST, active=False)},
        ),
        "graded": lambda: (
            signals.PERSISTENT_GRADE_SUMMARY_CHANGED,
            {"grade": grade_data(*where, at=at, passed_at=START)},
        ),
        "passing": lambda: (
            signals.COURSE_PASSING_STATUS_UPDATED,
            {"course_passing_status": passing_data(*where)},
        ),
        "certified": lambda: (signals.CERTIFICATE_CREATED, {"certificate": certificate_data(*where)}),
        "revoked": lambda: (signals.CERTIFICATE_REVOKED, {"certificate": certificate_data(*where, "unavailable")}),
        "posted": lambda: (signals.FORUM_THREAD_CREATED, {"thread": post_data(*where, f"{user.id}{at:%d%H}")}),
        "answered": lambda: (
            signals.FORUM_THREAD_RESPONSE_CREATED,
            {"thread": post_data(*where, f"{user.id}{at:%d%H}")},
        ),
    }[kind]()


def the_record():
    return set(Activity.objects.values_list("key", "user_id", "kind", "course_key", "object_id", "happened_at"))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(happened=HAPPENED, chance=st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_leave_the_same_record(cast, course_key, happened, chance):
    events = []
    for kind, is_chen, hours in happened:
        at = START + timedelta(hours=0 if kind == "registered" else hours)  # an account is made once
        signal, arguments = event(kind, cast.chen if is_chen else cast.bo, course_key, at)
        events.append((signal, signal.generate_signal_metadata(time=at), arguments))
    Activity.objects.all().delete()
    for told in events:
        deliver(*told)
    once = the_record()
    again = events + [told for told in events if chance.random() < 0.6]
    chance.shuffle(again)
    Activity.objects.all().delete()
    for told in again:
        deliver(*told)
    assert the_record() == once
    assert len(once) > 0
