"""The steps of the loop as people take them, for the tests that walk it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site

STAGES = ("shown", "shared", "clicked", "registered", "enrolled", "active", "completed")


@dataclass(frozen=True)
class Newcomer:
    """Somebody who registers; each test has its own."""

    username: str
    address: str = ""  # where it is not of the username

    @property
    def email(self) -> str:
        return self.address or f"{self.username}@example.org"


def funnel(site: Site, staff: Page) -> dict[str, int]:
    """People per stage, as the course team's REST interface answers."""
    response = staff.request.get(f"{site.url}/community/api/v1/courses/{site.facts['course_key']}/growth/funnel/")
    assert response.ok, response.text()
    return {row["stage"]: row["people"] for row in response.json()["steps"]}


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """By how many each stage of the funnel grew."""
    return {stage: after[stage] - before[stage] for stage in STAGES}


def copied_address(page: Page) -> str:
    """Presses "Copy the link" in the unit and returns the address that stands there."""
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status")).to_contain_text("opied")
    return page.get_by_label("Your personal link").input_value()


def read_and_join(page: Page, address: str, *, button: str = "Join this course", tell_all: bool = False) -> None:
    """Opens the invitation, moves as a person does and presses the button."""
    page.goto(address)
    page.mouse.move(200, 200)
    page.mouse.wheel(0, 200)
    if tell_all:
        page.get_by_label("Also show my name").check()
    page.get_by_role("button", name=button).click()


def register(page: Page, who: Newcomer) -> None:
    """Fills in the platform's own registration."""
    page.get_by_label("Your name").fill(who.username.title())
    page.get_by_label("E-mail").fill(who.email)
    page.get_by_label("Public username").fill(who.username)
    page.get_by_label("Password").fill("a-long-password")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def activation_link(site: Site, page: Page, who: Newcomer) -> Locator:
    """The link in the mail to this person, on the demo's page of mails."""
    page.goto(f"{site.url}/demo/outbox/")
    return page.locator(".campus-mail").filter(has_text=who.email).first.locator("a[href*='/activate/']")


def activate(site: Site, page: Page, who: Newcomer) -> None:
    """Presses the link in the mail."""
    activation_link(site, page, who).click()
    page.wait_for_load_state()


def complete_a_block(page: Page) -> None:
    """Says that the unit has been read, which completes its text."""
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_load_state()
