"""Expired, paused and used-up links answer 200 with a next step; unknown codes 404 with a way on."""

from datetime import timedelta

import pytest
from django.test import Client

from referral_xblock.models import Click, Link
from tests.referral_xblock.visits import browser, open_invitation, press_join, set_policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"paused": True}, "Invitations are paused"),
        ({"cap": 3, "accounts": 3}, "as often as it may be"),
    ],
)
def test_a_closed_link_says_why_and_leads_to_the_course(link, changes, sentence):
    Link.objects.filter(id=link.id).update(**changes)
    response, token = open_invitation(browser(), link.code)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "/about" in page
    assert token == ""


def test_an_expired_link_says_so(link, now):
    Link.objects.filter(id=link.id).update(expires_at=now - timedelta(days=1))
    assert "that time is over" in open_invitation(browser(), link.code)[0].content.decode()


def test_the_course_can_pause_all_its_links(link, course_key):
    set_policy(course_key, paused=True)
    assert "Invitations are paused" in open_invitation(browser(), link.code)[0].content.decode()


def test_joining_a_link_that_closed_meanwhile_still_leads_on_but_binds_nothing(link):
    visitor = browser()
    _page, token = open_invitation(visitor, link.code)
    Link.objects.filter(id=link.id).update(paused=True)
    response = press_join(visitor, link.code, token)
    assert response.status_code == 303
    assert not response.cookies


@pytest.mark.parametrize(
    "code",
    ["zzzzzzzz", "'; DROP TABLE x; --", "<script>alert(1)", "x" * 10_000, "%FF%FE", "é", "..", "seen"],
)
def test_an_unknown_or_damaged_code_is_a_page_with_a_way_on(db, code):
    response = browser().get(f"/r/{code}")
    assert response.status_code == 404
    assert not Click.objects.exists()
    if "Code of the invitation" not in response.content.decode():
        pytest.fail("no way on")


def test_the_code_page_leads_to_the_invitation(link):
    response = browser().get("/r/", {"code": f" {link.code[:4]} {link.code[4:].upper()} "})
    assert response["Location"] == f"/r/{link.code}"


def test_a_ten_kilobyte_query_changes_nothing(link):
    assert browser().get(f"/r/{link.code}?utm_source=" + "x" * 10_000).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_wrong_methods_are_told_so(link, method):
    strict = Client(enforce_csrf_checks=True)
    for path in ("", "/back", "/to/telegram", "/share", "/qr.svg", "/card.png"):
        assert getattr(strict, method)(f"/r/{link.code}{path}").status_code == 405, path
    assert not Click.objects.exists()
