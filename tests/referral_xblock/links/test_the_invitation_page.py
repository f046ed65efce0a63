"""GET /r/<code>: what a visitor gets, and what it leaves behind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referral_xblock.consent.actions import choose_name
from referral_xblock.models import Click
from tests.referral_xblock.visits import browser, open_invitation, set_policy

pytestmark = pytest.mark.django_db


def test_the_page_names_the_course_and_nobody_who_did_not_choose_it(link, cast):
    response, token = open_invitation(browser(), link.code)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Bees and other visitors" in page
    assert "chen" not in page.lower()
    assert token


def test_an_inviter_who_chose_a_name_is_named(link, cast, now):
    choose_name(user=cast.chen, shown_as="Chen from Lyon", now=now)
    assert "<bdi>Chen from Lyon</bdi> invites you" in open_invitation(browser(), link.code)[0].content.decode()


def test_a_course_for_certain_addresses_says_so_beside_the_button(link, course_key):
    set_policy(course_key, audience="domains", allowed_domains=["univ.example"])
    page = open_invitation(browser(), link.code)[0].content.decode()
    assert 'with an address at <bdi dir="ltr">univ.example</bdi>.' in page
    set_policy(course_key, audience="open")
    assert "univ.example" not in open_invitation(browser(), link.code)[0].content.decode()


def test_a_name_with_html_in_it_is_text(link, cast, now):
    choose_name(user=cast.chen, shown_as="<b>x</b>", now=now)
    page = open_invitation(browser(), link.code)[0].content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_page_sets_no_cookie_and_opens_no_session(link):
    response, _token = open_invitation(browser(), link.code)
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_the_page_is_private_unindexed_and_in_the_visitors_language(link):
    response, _token = open_invitation(browser(), link.code)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "Accept-Language" in response["Vary"]


def test_the_page_is_light(link):
    assert len(open_invitation(browser(), link.code)[0].content) < 30_000


def test_a_click_costs_two_statements(link):
    open_invitation(browser(), link.code)  # fills the caches of policy and course
    with CaptureQueriesContext(
        connection,
    ) as captured:
        open_invitation(browser(), link.code)
    statements = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(statements) == 2, statements


def test_a_visit_is_not_known_to_be_a_person(link):
    open_invitation(browser(), link.code)
    assert list(Click.objects.values_list("verdict", flat=True)) == ["unknown"]


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": ""},
        {"sec-purpose": "prefetch;prerender"},
        {"sec-fetch-dest": "image", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-dest": "iframe"},
    ],
    ids=["preview", "no agent", "prefetch", "picture tag", "frame"],
)
def test_machines_are_counted_apart(link, headers):
    response, _token = open_invitation(browser(), link.code, **headers)
    assert not response.cookies
    assert list(Click.objects.values_list("verdict", flat=True)) == ["machine"]


def test_a_head_request_is_a_machine(link):
    browser().head(f"/r/{link.code}")
    assert list(Click.objects.values_list("verdict", flat=True)) == ["machine"]


def test_people_and_fetchers_get_the_same_preview_card(link):
    def card_of(page):
        return [line for line in page.splitlines() if "og:" in line or "twitter:" in line]

    person = open_invitation(browser(), link.code)[0].content.decode()
    fetcher = open_invitation(browser(), link.code, **{"user-agent": "Slackbot-LinkExpanding 1.0"})[0].content.decode()
    assert card_of(person) == card_of(fetcher)
    assert any('og:locale" content="en_US"' in line for line in card_of(person))
    assert any("/card.png?lang=en" in line for line in card_of(person))
    assert any("og:image" in line and f"/r/{link.code}/card.png" in line for line in card_of(person))


def test_no_address_is_stored(link):
    open_invitation(browser(), link.code)
    row = Click.objects.values().get()
    assert not [value for value in row.values() if "127.0.0.1" in str(value)]


def test_a_code_may_be_typed_in_capitals_and_with_a_slash(link):
    assert browser().get(f"/r/{link.code.upper()}").status_code == 200
    assert browser().get(f"/r/{link.code}/").status_code == 200


def test_the_picture_speaks_the_language_of_the_page_that_names_it(link):
    french, english, unknown = (
        browser().get(f"/r/{link.code}/card.png", {"lang": language}).content for language in ("fr", "en", "xx-rubbish")
    )
    assert french != english == unknown
