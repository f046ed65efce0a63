"""Addresses handed to others, copied cookies, used-up links: each ends with no credit, no name, or a person who looks."""

import pytest

from referral_xblock.consent.queries import telling_of
from referral_xblock.data import Telling
from referral_xblock.links.browsers import mark_browser
from referral_xblock.links.tokens import COOKIE_NAME
from referral_xblock.models import FriendChoice, Link, Touch
from tests.referral_xblock.journey.walks import come_by, follow, journey_of, register
from tests.referral_xblock.visits import CHROME, NAVIGATION, browser, open_invitation, set_policy, state_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_address_handed_to_somebody_else_never_shows_their_name(link, cast, course_key, client_of):
    _attacker, joined = come_by(link, tells="stages")
    client_of(cast.dara).get(f"/r/{link.code}/back?s={state_in(joined)}", headers=NAVIGATION)
    assert telling_of(cast.dara.id, course_key) is Telling.DAY


def test_the_one_who_ticked_the_box_in_this_browser_is_believed(link, course_key):
    visitor, joined = come_by(link, tells="stages")
    follow(visitor, register(visitor, joined["Location"]))
    assert telling_of(journey_of().user_id, course_key) is Telling.STAGES


def test_another_sites_script_binds_nobody(link, cast, client_of):
    _attacker, joined = come_by(link)
    driven = {key: value for key, value in NAVIGATION.items() if key != "sec-fetch-user"} | {
        "sec-fetch-site": "cross-site"
    }
    client_of(cast.dara).get(f"/r/{link.code}/back?s={state_in(joined)}", headers=driven)
    assert not Touch.objects.exists()


def test_a_real_cookie_copied_into_three_browsers_brings_one_account(link):
    visitor, _joined = come_by(link)
    where = f"/register?course_id={str(link.course_key).replace('+', '%2B')}&enrollment_action=enroll"
    for name in ("eli", "eve", "eva"):
        copy = browser()
        copy.cookies[COOKIE_NAME] = visitor.cookies[COOKIE_NAME].value
        follow(copy, register(copy, where, name))
    assert Touch.objects.count() == 1


def test_a_link_brings_no_more_accounts_than_it_may_however_many_joined_before(link):
    Link.objects.filter(id=link.id).update(cap=1)
    joined = [come_by(link) for _visitor in range(3)]
    for (visitor, response), name in zip(joined, ("eli", "eve", "eva"), strict=True):
        follow(visitor, register(visitor, response["Location"], name))
    assert Touch.objects.count() == 1
    assert Link.objects.get(id=link.id).accounts == 1


def test_a_direct_link_opened_in_the_inviters_own_browser_is_held_too(link, cast):
    Link.objects.filter(id=link.id).update(kind="direct")
    own = browser()
    answer = mark_browser(own.get("/r/"), None, user_id=cast.chen.id, secure=False)
    own.cookies["referral_browser"] = answer.cookies["referral_browser"].value
    where = own.get(f"/r/{link.code}", headers=NAVIGATION)["Location"]
    follow(own, register(own, where))
    assert (journey_of().status, journey_of().reason) == ("held", "suspicious")


def test_a_second_account_does_not_wipe_the_first_ones_mark(cast):
    from django.http import HttpResponse
    from django.test import RequestFactory

    from referral_xblock.links.browsers import is_own_browser

    request = RequestFactory().get("/")
    for person in (cast.chen, cast.dara):
        answer = mark_browser(HttpResponse(), request, user_id=person.id, secure=False)
        request.COOKIES["referral_browser"] = answer.cookies["referral_browser"].value
    request.user = cast.bo
    assert is_own_browser(request, cast.chen.id)
    assert is_own_browser(request, cast.dara.id)
    assert not is_own_browser(request, cast.ada.id)


def test_while_invitations_are_paused_no_code_can_be_typed(link, cast, course_key, client_of):
    set_policy(course_key, paused=True)
    client_of(cast.dara).post("/community/me/code/", {"code": link.code})
    assert not Touch.objects.exists()


@pytest.mark.parametrize("key", ["course-v1:Some+Where+Else", "course-v1:" + "x" * 300 + "+b+c", "rubbish", ""])
def test_nobody_can_choose_for_a_course_to_which_nobody_invited_them(cast, client_of, key):
    response = client_of(cast.dara).post("/community/me/telling/", {"course_key": key, "tells": "stages"})
    assert response.status_code == 303
    assert not FriendChoice.objects.exists()


@pytest.mark.parametrize("path", ["seen", "join"])
@pytest.mark.parametrize("charset", ["hex", "undefined", "nonsense"])
def test_a_form_in_an_encoding_that_there_is_not_is_an_empty_form(link, path, charset):
    client = browser()
    open_invitation(client, link.code)
    response = client.generic(
        "POST",
        f"/r/{link.code}/{path}",
        b"token=abc",
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
        headers={"user-agent": CHROME},
    )
    assert response.status_code in (204, 303)
