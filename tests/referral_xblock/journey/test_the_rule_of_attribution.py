"""Who is credited, for every case that the rule names."""

from datetime import UTC, datetime, timedelta

import pytest

from referral_xblock.data import Policy, Reason, Status
from referral_xblock.journey.attribution import (
    ACTIVE,
    COMPLETED,
    ENROLLED,
    LAPSED,
    PRESENT,
    REGISTERED,
    UNENROLLED,
    Event,
    Touch,
    attribute,
)

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
INVITER, RIVAL, FRIEND = 1, 2, 99


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def touch(number: float, inviter: int = INVITER, **facts) -> Touch:
    return Touch(day(number), f"click:{inviter}-{number}", link_id=inviter * 10, inviter_id=inviter, **facts)


def event(number: float, kind: str, **facts) -> Event:
    return Event(day(number), kind, **facts)


def outcome(touches, events, **policy):
    return attribute(touches, events, user_id=FRIEND, policy=Policy(**policy))


def test_a_click_then_a_registration_and_an_enrolment_credit_the_inviter_at_both_stages():
    result = outcome([touch(0)], [event(1, REGISTERED), event(2, ENROLLED)])
    assert (result.status, result.reason, result.credited.inviter_id) == (Status.CREDITED, Reason.NONE, INVITER)
    assert (result.registered_at, result.enrolled_at) == (day(1), day(2))


def test_a_registration_before_the_click_is_nobodys_while_the_enrolment_after_it_is_credited():
    result = outcome([touch(5)], [event(1, REGISTERED), event(6, ENROLLED)])
    assert result.status is Status.CREDITED
    assert result.registered_at is None


def test_an_enrolment_that_comes_before_the_registration_is_credited_all_the_same():
    result = outcome([touch(0)], [event(1, ENROLLED), event(1.001, REGISTERED)])
    assert result.status is Status.CREDITED
    assert result.registered_at == day(1.001)


def test_the_last_link_is_credited_by_default_and_the_first_by_policy():
    touches = [touch(0, INVITER), touch(1, RIVAL)]
    assert outcome(touches, [event(2, ENROLLED)]).credited.inviter_id == RIVAL
    assert outcome(touches, [event(2, ENROLLED)], credit="first").credited.inviter_id == INVITER


def test_first_and_last_are_kept_whoever_is_credited():
    result = outcome([touch(0, INVITER), touch(1, RIVAL)], [event(2, ENROLLED)])
    assert (result.first.inviter_id, result.last.inviter_id) == (INVITER, RIVAL)


@pytest.mark.parametrize(("window", "status"), [(30, Status.CREDITED), (29, Status.NOT_CREDITED)])
def test_the_window_ends_on_its_last_day(window, status):
    assert outcome([touch(0)], [event(30, ENROLLED)], window_days=window).status is status


def test_a_click_outside_the_window_says_so():
    assert outcome([touch(0)], [event(31, ENROLLED)]).reason is Reason.OUTSIDE_WINDOW


def test_an_older_click_outside_the_window_does_not_spoil_a_younger_one_inside():
    result = outcome([touch(0, INVITER), touch(40, RIVAL)], [event(45, ENROLLED)], credit="first")
    assert result.credited.inviter_id == RIVAL


def test_who_was_enrolled_already_is_not_credited():
    assert outcome([touch(2)], [event(1, ENROLLED)]).reason is Reason.ALREADY_ENROLLED


def test_leaving_and_coming_back_by_a_link_is_still_already_enrolled():
    events = [event(1, ENROLLED), event(3, UNENROLLED), event(5, PRESENT)]
    result = outcome([touch(4)], events)
    assert result.reason is Reason.ALREADY_ENROLLED
    assert result.unenrolled_at is None


def test_a_typed_code_counts_some_days_after_enrolling_and_no_longer():
    code = touch(6, kind="code")
    assert outcome([code], [event(0, ENROLLED)]).status is Status.CREDITED
    assert outcome([touch(8, kind="code")], [event(0, ENROLLED)]).reason is Reason.ALREADY_ENROLLED


def test_a_typed_code_brings_the_registration_along():
    assert outcome([touch(1, kind="code")], [event(0, REGISTERED), event(0.1, ENROLLED)]).registered_at == day(0)


def test_the_own_link_is_not_credited():
    result = outcome([touch(0, FRIEND)], [event(1, ENROLLED)])
    assert (result.status, result.reason, result.credited) == (Status.NOT_CREDITED, Reason.OWN_LINK, None)


def test_the_own_link_does_not_take_the_credit_from_the_inviter():
    result = outcome([touch(0, INVITER), touch(1, FRIEND)], [event(2, ENROLLED)])
    assert (result.status, result.credited.inviter_id) == (Status.CREDITED, INVITER)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"is_staff": True}, Reason.STAFF), ({"admitted": False}, Reason.AUDIENCE)],
)
def test_staff_and_people_outside_the_audience_are_not_credited(facts, reason):
    assert outcome([touch(0, **facts)], [event(1, ENROLLED)]).reason is reason


def test_an_enrolment_that_staff_made_credits_nobody():
    result = outcome([touch(0)], [event(1, ENROLLED, by_other=True)])
    assert (result.status, result.reason) == (Status.NOT_CREDITED, Reason.ENROLLED_BY_STAFF)


def test_the_inviters_own_browser_holds_and_never_rejects():
    result = outcome([touch(0, same_browser=True)], [event(1, ENROLLED)])
    assert (result.status, result.reason) == (Status.HELD, Reason.SUSPICIOUS)
    assert result.credited.inviter_id == INVITER


def test_before_anything_happened_the_click_waits():
    result = outcome([touch(0)], [])
    assert (result.status, result.enrolled_at, result.registered_at) == (Status.CREDITED, None, None)


def test_no_longer_passing_is_kept_beside_the_completion():
    result = outcome([touch(0)], [event(1, ENROLLED), event(2, ACTIVE), event(3, COMPLETED), event(4, LAPSED)])
    assert (result.active_at, result.completed_at, result.lapsed_at) == (day(2), day(3), day(4))


def test_passing_again_ends_the_lapse():
    events = [event(1, ENROLLED), event(3, COMPLETED), event(4, LAPSED), event(5, COMPLETED)]
    assert outcome([touch(0)], events).lapsed_at is None


def test_nothing_comes_of_nothing():
    result = outcome([], [event(1, ENROLLED)])
    assert (result.status, result.reason, result.credited) == (Status.NOT_CREDITED, Reason.NONE, None)
