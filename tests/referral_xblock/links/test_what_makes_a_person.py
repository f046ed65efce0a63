"""The beacon and the button: a person only by what a person does, and each abuse leaves nothing."""

import pytest
import time_machine

from referral_xblock.links.tokens import COOKIE_NAME, page_token
from referral_xblock.models import Click
from tests.referral_xblock.visits import (
    BEACON,
    CHROME,
    NAVIGATION,
    PRESSED,
    browser,
    open_invitation,
    press_join,
    set_policy,
    state_in,
)

pytestmark = pytest.mark.django_db


def send_beacon(client, code, token, headers=BEACON):
    return client.post(f"/r/{code}/seen", {"token": token}, headers=headers)


def persons():
    return Click.objects.filter(verdict="person").count()


def test_a_beacon_from_the_page_makes_a_person_once(link):
    visitor = browser()
    _page, token = open_invitation(visitor, link.code)
    for _repetition in range(3):
        response = send_beacon(visitor, link.code, token)
        assert (response.status_code, len(response.cookies)) == (204, 0)
    assert persons() == 1


@pytest.mark.parametrize(
    "headers",
    [
        BEACON | {"sec-fetch-site": "cross-site"},
        {"user-agent": CHROME, "origin": "https://elsewhere.example"},
        {"user-agent": CHROME},
        BEACON | {"user-agent": "python-requests/2.32"},
    ],
    ids=["cross-site", "other origin", "no origin", "machine"],
)
def test_a_beacon_from_elsewhere_counts_nothing(link, headers):
    _page, token = open_invitation(browser(), link.code)
    assert send_beacon(browser(), link.code, token, headers).status_code == 204
    assert persons() == 0


@pytest.mark.parametrize("token", ["", "rubbish", "a:b:c", "x" * 10_000])
def test_a_beacon_without_a_token_counts_nothing(link, token):
    open_invitation(browser(), link.code)
    assert send_beacon(browser(), link.code, token).status_code == 204
    assert persons() == 0


def test_a_token_of_another_link_counts_nothing(link):
    _page, _token = open_invitation(browser(), link.code)
    foreign = page_token(click_id=Click.objects.get().id, code="othercode")
    send_beacon(browser(), link.code, foreign)
    assert persons() == 0


def test_beacons_are_throttled(link, settings):
    settings.REFERRAL_BEACONS_PER_MINUTE = 2
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        visitor = browser()
        for _visit in range(5):
            token = open_invitation(visitor, link.code)[1]
            visitor.post(f"/r/{link.code}/seen", {"token": token}, headers=BEACON, REMOTE_ADDR="203.0.113.7")
    assert persons() == 2


def test_the_button_leads_to_registration_and_sets_the_only_cookie(link):
    visitor = browser()
    _page, token = open_invitation(visitor, link.code)
    response = press_join(visitor, link.code, token)
    cookie = response.cookies[COOKIE_NAME]
    assert response.status_code == 303
    assert "/register" in response["Location"]
    assert state_in(response)
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["secure"]) == (True, "Lax", "", "")
    assert cookie["max-age"] == 30 * 86400
    assert list(response.cookies) == [COOKIE_NAME]
    assert persons() == 1


def test_over_https_the_cookie_is_secure(link):
    visitor = browser()
    token = open_invitation(visitor, link.code)[1]
    response = visitor.post(f"/r/{link.code}/join", {"token": token}, headers=PRESSED, secure=True)
    assert response.cookies[COOKIE_NAME]["secure"] is True


def test_by_policy_no_cookie_is_set_and_the_state_travels(link, course_key):
    set_policy(course_key, cookie="never")
    visitor = browser()
    response = press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
    assert not response.cookies
    assert state_in(response)
    assert persons() == 1


@pytest.mark.parametrize(
    "headers",
    [
        PRESSED | {"sec-fetch-site": "cross-site"},
        {"user-agent": CHROME, "origin": "https://elsewhere.example"},
        {"user-agent": CHROME},
        {key: value for key, value in PRESSED.items() if key != "sec-fetch-user"},
        {"user-agent": CHROME, "origin": "http://testserver"},
        PRESSED | {"user-agent": "Mozilla/5.0 (compatible; Barracuda Sentinel)"},
        PRESSED | {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    ],
    ids=["forged form", "other origin", "no origin", "submitted by script", "submitted at once", "scanner", "picture"],
)
def test_what_is_not_a_persons_press_leaves_no_cookie_and_no_person_but_leads_on(link, headers):
    visitor = browser()
    _page, token = open_invitation(visitor, link.code)
    response = press_join(visitor, link.code, token, headers)
    assert response.status_code == 303
    assert not response.cookies
    assert persons() == 0


def test_an_old_browser_that_says_nothing_of_itself_joins_after_having_read(link):
    visitor = browser()
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        _page, token = open_invitation(visitor, link.code)
    with time_machine.travel("2027-01-01T10:00:09Z", tick=False):
        old = {"user-agent": CHROME, "origin": "http://testserver"}
        assert COOKIE_NAME in press_join(visitor, link.code, token, old).cookies


def test_a_token_of_yesterday_is_not_enough(link):
    visitor = browser()
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        _page, token = open_invitation(visitor, link.code)
    with time_machine.travel("2027-01-02T10:00:01Z", tick=False):
        assert not press_join(visitor, link.code, token).cookies
    assert persons() == 0


def test_loading_the_page_ten_times_is_no_person(link):
    for _visit in range(10):
        open_invitation(browser(), link.code)
    assert persons() == 0


def test_the_cookie_keeps_the_first_and_the_last_click(link):
    from referral_xblock.links.tokens import read_cookie

    visitor = browser()
    press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
    press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
    press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
    first, _middle, last = Click.objects.order_by("id").values_list("id", flat=True)
    (remembered,) = read_cookie(visitor.cookies[COOKIE_NAME].value).values()
    assert (remembered.first_click, remembered.last_click) == (first, last)


def test_a_direct_link_redirects_and_sets_no_cookie(link):
    from referral_xblock.models import Link

    Link.objects.filter(id=link.id).update(kind="direct")
    response = browser().get(f"/r/{link.code}", headers=NAVIGATION)
    assert response.status_code == 302
    assert not response.cookies
    assert state_in(response)
    assert persons() == 0


@pytest.mark.parametrize(
    "headers",
    [{"user-agent": CHROME.replace("Chrome/", "HeadlessChrome/")}, {"sec-purpose": "prefetch"}],
    ids=["automated", "prefetched"],
)
def test_what_began_as_a_machine_may_turn_out_a_person_by_the_pressed_button(link, headers):
    visitor = browser()
    _page, token = open_invitation(visitor, link.code, **headers)
    assert Click.objects.get().verdict == "machine"
    press_join(visitor, link.code, token)
    assert persons() == 1


def test_an_automated_browser_whose_form_a_script_submits_stays_a_machine(link):
    driven = {"user-agent": CHROME.replace("Chrome/", "HeadlessChrome/")}
    visitor = browser()
    _page, token = open_invitation(visitor, link.code, **driven)
    by_script = {key: value for key, value in (PRESSED | driven).items() if key != "sec-fetch-user"}
    assert not press_join(visitor, link.code, token, by_script).cookies
    assert persons() == 0
