"""Invitations sent by the platform, in a real browser: switched on, pasted, looked at, sent, read, stopped."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site


@pytest.fixture
def switched_on(site: Site, sign_in):
    """ada lets the platform send; afterwards the rule is as before."""

    def choose(words: str) -> None:
        staff = sign_in("ada")
        staff.goto(site.course + "growth/settings/")
        staff.get_by_label("Invitations by mail", exact=True).select_option(label=words)
        staff.get_by_role("button", name="Save the rules").click()
        expect(staff.get_by_text("The rules are saved.")).to_be_visible()

    choose("France: the platform may send one message")
    yield
    choose("Learners write from their own mail program (default)")


def name_oneself(page: Page, site: Site, name: str) -> None:
    page.goto(site.url + "/community/me/")
    page.get_by_label("Name on my invitation pages").fill(name)
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_text("Your invitations now use this choice.")).to_be_visible()


def mail_to(site: Site, page: Page, address: str):
    page.goto(site.url + "/demo/outbox/")
    return page.locator(".campus-mail").filter(has_text=address)


def fresh(name: str) -> str:
    """An address that no other run of this test has used."""
    return f"{name}-{secrets.token_hex(4)}@example.org"


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_unit_to_the_invitation_page_and_no_second_message(site, sign_in, profile, switched_on, javascript):
    friend, other = fresh("frieda"), fresh("fritz")
    chen = sign_in("chen", java_script_enabled=javascript)
    name_oneself(chen, site, "Chen L.")
    chen.goto(site.facts["share_url"] + "/share")
    with chen.expect_popup() as opened:
        chen.get_by_role("link", name="Have the platform send invitations by mail").click()
    page = opened.value
    expect(page.get_by_role("heading", name="Invite by mail")).to_be_visible()

    page.get_by_label("E-mail addresses").fill(
        f"{friend}\n{other.replace('example.org', 'gmial.com')}\nnonsense\nchen@example.org"
    )
    page.get_by_role("button", name="Look at the list").click()
    lines = page.locator(".referral-line")
    expect(lines).to_have_count(4)
    expect(lines.nth(0)).to_contain_text("Can be sent")
    expect(lines.nth(1)).to_contain_text(f"Did you mean {other.replace('example.org', 'gmail.com')}?")
    expect(lines.nth(2)).to_contain_text("No address")
    expect(lines.nth(3)).to_contain_text("Your own address")
    assert mail_to(site, sign_in("bo"), friend).count() == 0, "nothing is sent yet"

    page.get_by_label("Write to", exact=False).check()
    page.get_by_role("button", name="Send the invitations").click()
    expect(page.get_by_role("status")).to_contain_text("2 invitations are on their way")
    expect(page.get_by_label("E-mail addresses")).to_have_value("nonsense\nchen@example.org")

    reader = profile(java_script_enabled=javascript)
    letter = mail_to(site, reader, friend)
    expect(letter).to_have_count(1)
    expect(letter).to_contain_text("Chen L. vous invite au cours")  # the course is in French
    letter.locator("a[href*='/r/']").click()
    expect(reader.get_by_text("Chen L. invites you to this course.")).to_be_visible()
    expect(reader.get_by_role("button", name="Join this course")).to_be_visible()

    mail_to(site, reader, friend).locator("a[href*='/community/unsubscribe/']").click()
    reader.get_by_role("button", name="Stop the mail").click()
    expect(reader.get_by_role("heading", name="No more mail")).to_be_visible()

    bo = sign_in("bo", java_script_enabled=javascript)
    name_oneself(bo, site, "Bo")
    bo.goto(f"{site.url}/community/me/invite/{site.facts['course_key']}/")
    bo.get_by_label("E-mail addresses").fill(friend.upper())
    bo.get_by_role("button", name="Look at the list").click()
    expect(bo.locator(".referral-line")).to_contain_text("Cannot be written to from here")
    expect(bo.get_by_role("button", name="Send the invitations")).to_have_count(0)

    reader.get_by_role("link", name="I did not want that").click()
    reader.get_by_role("button", name="Allow mail again").click()
    expect(reader.get_by_role("button", name="Stop the mail")).to_be_visible()
    assert mail_to(site, reader, friend).count() == 1


def test_a_double_press_sends_once(site, sign_in, switched_on):
    friend = fresh("twice")
    chen = sign_in("chen")
    name_oneself(chen, site, "Chen L.")
    chen.goto(f"{site.url}/community/me/invite/{site.facts['course_key']}/")
    chen.get_by_label("E-mail addresses").fill(friend)
    chen.get_by_role("button", name="Look at the list").click()
    chen.get_by_role("button", name="Send the invitations").dblclick(no_wait_after=True)
    expect(chen.get_by_role("status")).to_contain_text("1 invitation is on its way")
    chen.reload()  # the browser sends the form once more
    expect(chen.get_by_role("status")).to_contain_text("1 invitation is on its way")
    assert mail_to(site, chen, friend).count() == 1


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_pages_fit_a_narrow_screen_and_break_no_rule_of_accessibility(
    site, sign_in, profile, switched_on, language
):
    from axe_playwright_python.sync_playwright import Axe

    narrow = {"viewport": {"width": 320, "height": 700}, "locale": language}
    chen = sign_in("chen", **narrow)
    chen.goto(site.url + "/community/me/")
    chen.locator("#shown-as").fill("Chen L.")
    chen.locator("form:has(#shown-as) button").click()
    chen.goto(f"{site.url}/community/me/invite/{site.facts['course_key']}/")
    chen.locator("#addresses").fill(
        "a-very-long-name-that-goes-on-and-on-and-on@a-long-domain.univ.example\nb@gmial.com\nx"
    )
    chen.locator("button[name=step][value=look]").click()
    reader = profile(**narrow)
    reader.goto(mail_link(site, sign_in("bo"), "unsubscribe") or site.url)
    for page in (chen, reader):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def mail_link(site: Site, page: Page, kind: str) -> str:
    """The newest address of this kind among the demo's mails; "" if there is none."""
    page.goto(site.url + "/demo/outbox/")
    links = page.locator(f".campus-mail a[href*='/community/{kind}/']")
    return links.first.get_attribute("href") or "" if links.count() else ""
