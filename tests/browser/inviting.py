"""What a learner does who invites, and the course team that lets them, for the tests that walk through it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.loop import Newcomer, activate, complete_a_block, read_and_join, register

ATTEMPTS = 6  # one learner in ten has no prompt in the unit


def fresh(name: str) -> Newcomer:
    """Somebody whom no other test has met."""
    return Newcomer(f"{name}{secrets.token_hex(3)}")


def set_rules(site: Site, staff: Page, *, ticked: tuple[str, ...] = (), **values: str) -> None:
    """The course team ticks boxes by their label and fills in fields by their name, and saves."""
    staff.goto(site.course + "growth/settings/")
    for label in ticked:
        staff.get_by_label(label, exact=True).check()
    for name, value in values.items():
        field = staff.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    staff.get_by_role("button", name="Save the rules").click()
    expect(staff.get_by_text("The rules are saved.")).to_be_visible()


def fill_milestone(site: Site, staff: Page, *, number: int, title: str, badge: str = "") -> None:
    """Opens the milestones page and fills in its empty row: so many friends who began."""
    staff.goto(site.course + "growth/rewards/milestones/")
    row = staff.locator("fieldset").last
    row.get_by_label("How many").fill(str(number))
    row.get_by_label("Of what").select_option("active")
    row.get_by_label("Title for the inviter").fill(title)
    row.get_by_label("Name of the badge", exact=True).fill(badge)


def save_milestones(staff: Page) -> None:
    """Presses the button at the end of the page."""
    staff.get_by_role("button", name="Save the milestones").click()
    expect(staff.get_by_text("The milestones are saved.")).to_be_visible()


def inviter(site: Site, profile: Callable[..., Page], name: str) -> tuple[Page, Newcomer]:
    """A new learner of the course in whose unit the invitation stands, and the page with it."""
    for _attempt in range(ATTEMPTS):
        page, who = profile(), fresh(name)
        course = site.facts["course_key"].replace("+", "%2B")
        page.goto(f"{site.url}/register?course_id={course}&enrollment_action=enroll")
        register(page, who)
        activate(site, page, who)
        page.goto(site.facts["unit_url"])
        if page.get_by_label("Your personal link").count():
            return page, who
    raise AssertionError("Nobody of these is shown the invitation.")


def name_oneself(page: Page, site: Site, name: str) -> None:
    """Chooses the name on one's invitations."""
    page.goto(site.url + "/community/me/")
    page.get_by_label("Name on my invitation pages").fill(name)
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_text("Your invitations now use this choice.")).to_be_visible()


def message_of_own_client(page: Page, site: Site) -> dict[str, str]:
    """Presses "E-mail" in the unit: subject and body with which the learner's own mail program opens."""
    page.goto(site.facts["unit_url"])
    link = page.locator(".referral a[href$='/to/email'], .referral a[href*='/to/email?']").first
    closed = page.locator("details.referral-closed:not([open]) > summary")
    if closed.count():  # one newcomer in ten is in the holdout, by the number of the account
        closed.first.click()
    with page.context.expect_event("response", lambda answer: "/to/email" in answer.url) as heard:
        link.click()
    address = heard.value.headers["location"]
    assert address.startswith("mailto:?"), address
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def address_in(text: str, site: Site) -> str:
    """The link of an invitation in a message."""
    return next(word for word in text.split() if word.startswith(f"{site.url}/r/"))


def come_by(site: Site, profile: Callable[..., Page], address: str, who: Newcomer) -> Page:
    """Somebody follows a link, joins, registers, activates the account and begins to learn."""
    page = profile()
    read_and_join(page, address)
    register(page, who)
    activate(site, page, who)
    if "unit-" not in page.url:  # a link to the course as a whole leads to its beginning
        page.goto(site.facts["unit_url"])
    complete_a_block(page)
    return page
