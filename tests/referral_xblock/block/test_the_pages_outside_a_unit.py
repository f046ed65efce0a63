"""/community/me/ and the share page: the same panel, and what a person decides about themselves."""

import pytest
from django.urls import reverse

from referral_xblock.data import Reason, Status, Telling
from referral_xblock.journey.models import Journey
from referral_xblock.journey.words import MISSING, missing
from referral_xblock.links.models import Link
from tests.referral_xblock.visits import set_policy


@pytest.fixture
def me(client_of):
    """`me(user, query="")`: the text of that person's own page."""

    def get(user, query=""):
        response = client_of(user).get(reverse("referral_xblock:me") + query)
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_my_page_shows_each_course_with_its_link_and_who_came(me, cast, link):
    html = me(cast.chen)
    assert "Bees and other visitors" in html
    assert "Who came by your link" in html
    assert html.count("data-referral-address") == 1
    assert "/xblock/resource/referral/public/icons.svg#icon-mastodon" in html


def test_my_page_without_invitations_says_where_they_come_from(me, cast):
    html = me(cast.dara)
    assert "You have not invited anybody yet." in html
    assert "No invitation is noted for you." in html


def test_who_invited_me_sees_what_i_chose(me, cast, course_key, now):
    Journey.objects.create(
        user=cast.dara, inviter=cast.chen, course_key=course_key, clicked_at=now, status=Status.CREDITED.value
    )
    html = me(cast.dara)
    assert html.count('type="radio"') == len(Telling)
    assert 'value="day" checked' in html


def test_a_code_that_leads_nowhere_is_still_in_its_field(client_of, cast):
    browser = client_of(cast.dara)
    response = browser.post(reverse("referral_xblock:enter_code"), {"code": '"><b>zz'}, follow=True)
    html = response.content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;zz"' in html
    assert html.count("There is no invitation with this code.") == 1


def test_a_refused_name_is_still_in_its_field_with_what_is_wrong(client_of, cast):
    browser = client_of(cast.chen)
    response = browser.post(reverse("referral_xblock:name_me"), {"shown_as": "chen@example.org"}, follow=True)
    html = response.content.decode()
    assert 'value="chen@example.org"' in html
    assert html.count('aria-invalid="true"') == 1
    assert html.count("A name cannot hold an address.") == 1
    assert "referral-answers" not in html
    assert 'value="chen@example.org"' not in browser.get(reverse("referral_xblock:me")).content.decode()


@pytest.mark.parametrize("how", ["course", "link"])
def test_where_invitations_are_paused_no_page_offers_networks(me, client_of, cast, link, course_key, how):
    if how == "course":
        set_policy(course_key, paused=True)
    else:
        me(cast.chen)  # makes the link to the course as a whole
        Link.objects.update(paused=True)
    for html in (
        me(cast.chen),
        client_of(cast.chen).get(reverse("referral_xblock:share", args=[link.code])).content.decode(),
    ):
        assert "Invitations to this course are paused." in html
        assert "data-referral-address" not in html
        assert "/to/" not in html


def test_the_name_on_my_invitations_is_kept_and_can_be_taken_back(client_of, cast, me):
    browser = client_of(cast.chen)
    browser.post(reverse("referral_xblock:name_me"), {"shown_as": "Chen from Lyon"})
    assert 'value="Chen from Lyon"' in me(cast.chen)
    browser.post(reverse("referral_xblock:name_me"), {"shown_as": ""})
    assert "Chen from Lyon" not in me(cast.chen)


def test_the_share_page_holds_the_panel_and_the_device_button_for_scripts_only(client_of, cast, link):
    html = client_of(cast.chen).get(reverse("referral_xblock:share", args=[link.code])).content.decode()
    assert "<p hidden><button" in html
    assert "data-referral-address" in html
    assert "/public/share_page.js" in html
    assert "/share?m=" not in html


def test_every_reason_has_its_sentence_and_an_unknown_one_a_neutral_one():
    assert {reason for reason in Reason if reason} <= set(MISSING)
    assert missing("") == ""
    assert missing("something_newer") == missing("not_counted")
