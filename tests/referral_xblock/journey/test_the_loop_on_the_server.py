"""From the click to the credit through the campus's own registration and enrolment, and each trap on the way."""

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.utils import timezone

from referral_xblock.data import Stage
from referral_xblock.host.chosen import get_host
from referral_xblock.journey import binding, notes, statements
from referral_xblock.journey.queries import my_invitations
from referral_xblock.journey.repair import recompute_all
from referral_xblock.links.queries import find_link
from referral_xblock.links.tokens import COOKIE_NAME
from referral_xblock.models import Click, Event, Journey, Touch
from tests.referral_xblock.journey.walks import come_by, follow, journey_of, register
from tests.referral_xblock.visits import NAVIGATION, browser, open_invitation, press_join, state_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_register_activate_enrol_and_land_in_the_shared_unit(link, cast, tiny_course):
    visitor, joined = come_by(link)
    activation = register(visitor, joined["Location"])
    landed = follow(visitor, activation)
    row = journey_of()
    assert row.inviter_id == cast.chen.id
    assert (row.status, row.reason) == ("credited", "")
    assert row.registered_at and row.enrolled_at
    assert str(tiny_course.units[0]) in landed.request["PATH_INFO"]


def test_activation_on_another_device_keeps_the_credit(link, cast):
    visitor, joined = come_by(link)
    visitor.cookies.clear()
    activation = register(visitor, joined["Location"])
    follow(browser(), activation)
    assert (journey_of().inviter_id, journey_of().status) == (cast.chen.id, "credited")


def test_the_cookie_lost_and_the_code_typed_keep_the_credit(link, cast, course_key):
    visitor = browser()
    open_invitation(visitor, link.code)
    activation = register(visitor, f"/register?course_id={course_key}&enrollment_action=enroll")
    follow(visitor, activation)
    assert not Journey.objects.exists()
    visitor.post("/community/me/code/", {"code": link.code.upper()})
    assert (journey_of().inviter_id, journey_of().status) == (cast.chen.id, "credited")
    assert journey_of().registered_at


def test_an_existing_account_only_enrols_and_its_registration_is_nobodys(link, cast, client_of):
    friend = client_of(cast.dara)
    joined = press_join(friend, link.code, open_invitation(friend, link.code)[1])
    follow(friend, joined["Location"])
    assert (journey_of("dara").status, journey_of("dara").registered_at) == ("credited", None)
    assert journey_of("dara").enrolled_at


def test_an_enrolment_that_staff_make_credits_nobody_even_with_a_cookie_in_their_browser(
    link, cast, course_key, client_of, now
):
    staff = client_of(cast.ada)
    press_join(staff, link.code, open_invitation(staff, link.code)[1])
    assert COOKIE_NAME in staff.cookies
    staff.post(f"/courses/{course_key}/team/enrol", {"who": "dara", "identifier": "dara", "username": "dara"})
    assert not Touch.objects.filter(user=cast.dara).exists()


def test_an_event_delivered_twice_is_one_row(link, cast, course_key, now):
    for _delivery in range(2):
        notes.note_event(event_id="same", user_id=cast.dara.id, kind="enrolled", happened_at=now, course_key=course_key)
    assert Event.objects.filter(user=cast.dara).count() == 1


def test_a_click_binds_at_most_one_account(link, cast, course_key, now, client_of):
    _visitor, joined = come_by(link)
    state = state_in(joined)
    for person in (cast.dara, cast.bo):
        client_of(person).get(f"/r/{link.code}/back?s={state}", headers=NAVIGATION)
    assert list(Touch.objects.values_list("user__username", flat=True)) == ["dara"]


def test_a_replayed_token_brings_no_second_account(link, cast):
    first, second = browser(), browser()
    token = open_invitation(first, link.code)[1]
    for visitor, name in ((first, "eli"), (second, "eve")):
        joined = press_join(visitor, link.code, token)
        follow(visitor, register(visitor, joined["Location"], name))
    assert list(Touch.objects.values_list("user__username", flat=True)) == ["eli"]
    assert Journey.objects.count() == 1


def test_an_old_state_is_too_old(link, cast, client_of, course_key):
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        _visitor, joined = come_by(link)
    with time_machine.travel("2027-02-15T10:00:00Z", tick=False):
        client_of(cast.dara).get(f"/r/{link.code}/back?s={state_in(joined)}", headers=NAVIGATION)
    assert not Touch.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-dest": "iframe"},
        {"sec-purpose": "prefetch"},
    ],
    ids=["picture", "frame", "prefetch"],
)
def test_the_way_back_binds_only_a_navigation(link, cast, client_of, headers):
    _visitor, joined = come_by(link)
    client_of(cast.dara).get(f"/r/{link.code}/back?s={state_in(joined)}", headers=NAVIGATION | headers)
    assert not Touch.objects.exists()


@pytest.mark.parametrize("state", ["", "rubbish", "a" * 10_000, "é%00"])
def test_a_damaged_state_binds_nothing_and_leads_on(link, cast, client_of, state):
    response = client_of(cast.dara).get(f"/r/{link.code}/back", {"s": state}, headers=NAVIGATION)
    assert response.status_code == 303
    assert not Touch.objects.exists()


def test_a_tampered_cookie_is_ignored_and_logged(link, cast, course_key, client_of, caplog):
    friend = client_of(cast.dara)
    friend.cookies[COOKIE_NAME] = "stuffed:cookie:here"
    friend.post(f"/courses/{course_key}/enrol")
    follow(
        friend, f"/account/finish_auth?course_id={str(course_key).replace('+', '%2B')}&enrollment_action=enroll&next=/"
    )
    assert not Touch.objects.exists()
    assert "damaged or forged" in caplog.text


def test_the_own_link_is_not_credited_and_says_why(link, cast, course_key, client_of):
    owner = client_of(cast.chen)
    joined = press_join(owner, link.code, open_invitation(owner, link.code)[1])
    follow(owner, joined["Location"])
    assert (journey_of("chen").status, journey_of("chen").reason) == ("not_credited", "own_link")


def test_a_second_account_in_the_inviters_browser_is_held(link, cast, client_of):
    inviter = client_of(cast.chen)
    inviter.get("/community/me/", headers=NAVIGATION)  # leaves the mark in this browser
    inviter.logout()
    token = open_invitation(inviter, link.code)[1]
    inviter.cookies["referral_browser"] = client_mark(cast.chen)
    joined = press_join(inviter, link.code, token)
    follow(inviter, register(inviter, joined["Location"]))
    assert (journey_of().status, journey_of().reason) == ("held", "suspicious")


def client_mark(user):
    from referral_xblock.host.secret import hash_secret
    from referral_xblock.links.visitors import browser_mark

    return browser_mark(user.id, secret=hash_secret())


@pytest.mark.parametrize("place", ["brought", "leave", "note_events"])
@pytest.mark.parametrize("error", [RuntimeError("broken"), DatabaseError("broken")])
def test_an_error_of_ours_never_stops_an_enrolment(link, cast, course_key, client_of, monkeypatch, place, error):
    def fail(*arguments, **named):
        if isinstance(error, DatabaseError):
            connection.cursor().execute("SELECT * FROM no_such_table")
        raise error

    friend = client_of(cast.dara)
    press_join(friend, link.code, open_invitation(friend, link.code)[1])
    monkeypatch.setattr(binding if place == "brought" else statements, place, fail)
    friend.post(f"/courses/{course_key}/enrol")
    assert get_host().enrolment(cast.dara, course_key).active


def test_joining_without_telling_is_counted_and_not_listed(link, cast, course_key):
    visitor = browser()
    joined = press_join(visitor, link.code, open_invitation(visitor, link.code)[1], join="nothing")
    follow(visitor, register(visitor, joined["Location"]))
    seen = my_invitations(cast.chen.id, course_key)
    assert (seen.counts[Stage.ENROLLED], seen.friends, seen.silent) == (1, (), 1)


def test_without_a_choice_the_inviter_sees_a_friend_and_the_day(link, cast, course_key):
    visitor, joined = come_by(link)
    follow(visitor, register(visitor, joined["Location"]))
    (friend,) = my_invitations(cast.chen.id, course_key).friends
    assert (friend.name, friend.stage) == ("", Stage.ENROLLED)


def test_with_consent_the_inviter_sees_the_name(link, cast, course_key):
    visitor = browser()
    joined = press_join(visitor, link.code, open_invitation(visitor, link.code)[1], tells="stages")
    follow(visitor, register(visitor, joined["Location"]))
    (friend,) = my_invitations(cast.chen.id, course_key).friends
    assert friend.name == "Eli"


def test_the_click_counts_as_the_account_afterwards(link):
    visitor, joined = come_by(link)
    follow(visitor, register(visitor, joined["Location"]))
    eli = get_user_model().objects.get(username="eli")
    assert list(Click.objects.values_list("verdict", "person")) == [("person", f"u{eli.id}")]


def test_the_repair_command_gives_the_same_journeys_from_the_ledger_alone(link):
    from referral_xblock.journey.ledger import COMPUTED

    visitor, joined = come_by(link)
    follow(visitor, register(visitor, joined["Location"]))
    before = Journey.objects.values(*COMPUTED).get()
    Journey.objects.all().delete()
    assert recompute_all(now=timezone.now()) == (1, 1)
    assert Journey.objects.values(*COMPUTED).get() == before
    assert recompute_all(now=timezone.now()) == (1, 0)


def test_own_code_is_refused_in_words(link, cast, client_of):
    response = client_of(cast.chen).post("/community/me/code/", {"code": link.code}, follow=True)
    assert "your own code" in response.content.decode()
    assert find_link(link.code, now=link.created_at)
    assert not Touch.objects.exists()
