"""Who wants no more mail says so once, without an account; it holds, and no machine can take it back."""

import pytest
from django.contrib.auth import get_user_model

from referral_xblock.api import is_suppressed, suppressed_among
from referral_xblock.consent.actions import stop_mail
from referral_xblock.consent.mail_tokens import mailbox_token, read_mailbox_token
from referral_xblock.consent.mailboxes import mailbox, mailbox_hash
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.consent.retirement import never_write_to
from referral_xblock.models import Suppression
from tests.people import NOW
from tests.referral_xblock.visits import browser

pytestmark = pytest.mark.django_db

ADDRESS = "Eli.Doe+news@example.org"
SAME_ORIGIN = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "sec-fetch-user": "?1"}


@pytest.fixture
def token():
    return mailbox_token(mailboxes_of(ADDRESS)[0])


def unsubscribe(token):
    return f"/community/unsubscribe/{token}/"


def preferences(token):
    return f"/community/preferences/{token}/"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Eli@Example.org", "eli@example.ORG", True),
        ("eli+a@example.org", "eli@example.org", True),
        ("e.l.i@gmail.com", "eli@googlemail.com", True),
        ("e.li@example.org", "eli@example.org", False),
        ("+x@example.org", "+y@example.org", False),
    ],
)
def test_one_mailbox_has_one_spelling(one, other, same):
    assert (mailbox(one) == mailbox(other)) is same
    assert (mailbox_hash(one, secret="s") == mailbox_hash(other, secret="s")) is same
    assert mailbox_hash(one, secret="s") != mailbox_hash(one, secret="t")


def test_a_token_holds_no_address_and_none_can_be_made_up(token):
    assert "eli" not in token.lower()
    assert "example" not in token
    assert read_mailbox_token(token) == mailboxes_of(ADDRESS)[0]
    for wrong in ("", "x", token[:-1], "0" + token[1:], token.upper(), "0" * 40, "a" * 5000, "é"):
        assert read_mailbox_token(wrong) == ""


def test_reading_changes_nothing_and_shows_one_button(token):
    for method in ("get", "head"):
        answer = getattr(browser(), method)(unsubscribe(token))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
    assert browser().get(unsubscribe(token)).content.decode().count("<button") == 1
    assert not Suppression.objects.exists()


def test_a_mail_program_stops_it_without_cookies_or_form_token(token):
    from django.test import Client

    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        unsubscribe(token), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not program.cookies
    assert is_suppressed("eli.doe@example.org")


def test_pressing_twice_is_pressing_once(token):
    for _time in range(2):
        assert "No more mail" in browser().post(unsubscribe(token)).content.decode()
    assert Suppression.objects.count() == 1


def test_it_works_for_a_person_from_the_first_message_without_javascript(token):
    import re

    visitor = browser()
    page = visitor.get(unsubscribe(token)).content.decode()
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', page)
    visitor.post(action, {"mail": "stop"}, headers=SAME_ORIGIN)
    assert suppressed_among([ADDRESS, "bo@example.org"]) == {ADDRESS}


@pytest.mark.parametrize("path", [unsubscribe, preferences])
def test_a_token_that_is_not_whole_is_said_so_and_does_nothing(token, path):
    for wrong in (token[:-2], "nonsense"):
        assert browser().get(path(wrong)).status_code == 404
        assert browser().post(path(wrong), {"mail": "stop"}).status_code == 404
    assert not Suppression.objects.exists()


def test_other_methods_are_refused(token):
    for path in (unsubscribe(token), preferences(token)):
        assert browser().put(path).status_code == 405
        assert browser().delete(path).status_code == 405


def drawn(visitor, token):
    import re

    return re.search(r'name="drawn" value="([^"]+)"', visitor.get(preferences(token)).content.decode()).group(1)


def test_a_person_can_take_it_back(token):
    browser().post(unsubscribe(token))
    visitor = browser()
    visitor.post(preferences(token), {"mail": "allow", "drawn": drawn(visitor, token)}, headers=SAME_ORIGIN)
    assert not is_suppressed(ADDRESS)
    visitor.post(preferences(token), {"mail": "stop"}, headers=SAME_ORIGIN)
    assert is_suppressed(ADDRESS)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},  # and not a second on the page
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"},  # a script pressed
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-user": "?1"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-user": "?1"},
    ],
)
def test_a_machine_cannot_take_it_back(token, headers):
    browser().post(unsubscribe(token))
    visitor = browser()
    visitor.post(preferences(token), {"mail": "allow", "drawn": drawn(visitor, token)}, headers=headers)
    assert is_suppressed(ADDRESS)


def test_nor_can_who_never_saw_the_page(token):
    browser().post(unsubscribe(token))
    for forged in ("", "x", drawn(browser(), mailbox_token("1" * 40)) if is_suppressed("x@y.example") else "0:0:0"):
        browser().post(preferences(token), {"mail": "allow", "drawn": forged}, headers=SAME_ORIGIN)
    assert is_suppressed(ADDRESS)


def test_a_scanner_that_opens_and_submits_everything_brings_mail_to_nobody(token):
    """At worst it stops a mailbox, which its reader can undo."""
    import re

    scanner = browser()
    seen = {unsubscribe(token), preferences(token)}
    for _round in range(3):
        for path in list(seen):
            page = scanner.get(path).content.decode()
            seen |= set(re.findall(r'href="(/community/[^"]+)"', page))
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
            for action in re.findall(r'<form method="post" action="([^"]+)"', page):
                scanner.post(action, fields)
    assert is_suppressed(ADDRESS)


def test_that_of_a_retired_account_stays(token):
    browser().post(unsubscribe(token))
    never_write_to(ADDRESS, now=NOW)
    visitor = browser()
    visitor.post(preferences(token), {"mail": "allow", "drawn": drawn(visitor, token)}, headers=SAME_ORIGIN)
    assert is_suppressed(ADDRESS)
    assert Suppression.objects.get().reason == "retired"


@pytest.mark.parametrize("kept_in", ["SECRET_KEY_FALLBACKS", "REFERRAL_FORMER_SECRET_KEYS"])
def test_it_outlives_a_change_of_the_sites_key(token, settings, kept_in):
    browser().post(unsubscribe(token))
    setattr(settings, kept_in, [settings.SECRET_KEY])
    settings.SECRET_KEY = "another key"
    assert is_suppressed(ADDRESS)
    assert browser().get(unsubscribe(token)).status_code == 200, "an old mail's button still works"


def test_it_holds_for_whoever_asks_in_one_query(django_assert_num_queries):
    stop_mail(mailbox=mailboxes_of(ADDRESS)[0], now=NOW)
    with django_assert_num_queries(1):
        found = suppressed_among([ADDRESS, *(f"p{number}@example.org" for number in range(50))])
    assert found == {ADDRESS}


def test_it_says_nothing_about_accounts(token, cast):
    """The page of somebody with an account is the page of somebody without one."""
    theirs = mailbox_token(mailboxes_of(cast.chen.email)[0])
    pages = [browser().get(unsubscribe(one)).content.decode().replace(one, "") for one in (token, theirs)]
    assert pages[0] == pages[1]
    assert get_user_model().objects.filter(email=cast.chen.email).exists()


def test_it_speaks_the_readers_language(token):
    page = browser().get(unsubscribe(token), headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="fr"' in page
    assert "Stop the mail" not in page
