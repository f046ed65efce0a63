"""`python -m tests.browser.pictures http://127.0.0.1:8000 [name …]`: takes the documents' pictures from a running demo.

With its crowd. Nothing is changed in it. Names choose some of the pictures: those of the functions below.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT

PICTURES = ROOT / "docs" / "pictures"


def take(url: str, names: list[str]) -> None:
    """Writes these pictures, or all of them."""
    with urllib.request.urlopen(f"{url}/demo/facts.json") as answer:
        facts = json.load(answer)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name in names or TAKEN:
            TAKEN[name](browser, url, facts)
        browser.close()


def page_of(browser: Browser, url: str, name: str, width: int, height: int) -> Page:
    """Somebody of the demo's people has signed in there."""
    page = browser.new_context(locale="en", viewport={"width": width, "height": height}).new_page()
    page.goto(url + "/")
    page.locator(f"form:has(input[value={name}]) button").first.click()
    return page


def unit(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """The block in a unit."""
    page = page_of(browser, url, "chen", 1000, 900)
    page.goto(facts["unit_url"])
    page.locator(".referral").first.screenshot(path=PICTURES / "unit.png")


def invitation(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """What a friend sees first."""
    page = browser.new_context(locale="en", viewport={"width": 420, "height": 900}).new_page()
    page.goto(facts["share_url"])
    page.screenshot(path=PICTURES / "invitation.png", full_page=True)


def growth(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """The course team's page."""
    page = page_of(browser, url, "ada", 1100, 1000)
    page.goto(facts["dashboard_url"] + "growth/")
    page.screenshot(path=PICTURES / "growth.png")


def review(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """The first groups of the fraud review."""
    page = page_of(browser, url, "ada", 1100, 1000)
    page.goto(facts["dashboard_url"] + "growth/review/")
    page.screenshot(path=PICTURES / "review.png")


def rehearsal(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """What a milestone would have given, before it is saved."""
    page = page_of(browser, url, "ada", 1100, 900)
    page.goto(facts["dashboard_url"] + "growth/rewards/milestones/")
    row = page.locator("fieldset").last
    row.get_by_label("How many").fill("3")
    row.get_by_label("Of what").select_option("active")
    row.get_by_label("Title for the inviter").fill("Guide")
    page.get_by_role("button", name="See what they would have done").click()
    page.locator("#what-would-happen").screenshot(path=PICTURES / "rehearsal.png")


def queue(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """The moderators' queue with its first post open."""
    page = page_of(browser, url, "bo", 1280, 900)
    page.goto(facts["dashboard_url"] + "moderation/")
    page.locator(".queue-link").first.click()
    page.locator("#item article").wait_for()
    page.screenshot(path=PICTURES / "queue.png")


def bulk(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """What a job over a filter would do."""
    page = page_of(browser, url, "bo", 1000, 900)
    page.goto(facts["dashboard_url"] + "moderation/bulk/?filter=reason%3Dreported&choice=hide&reason=Advertising")
    page.locator("#what-would-happen").screenshot(path=PICTURES / "bulk.png")


def health(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """How fast the forum is answered."""
    page = page_of(browser, url, "bo", 1100, 1000)
    page.goto(facts["dashboard_url"] + "moderation/health/")
    page.screenshot(path=PICTURES / "health.png")


def learners(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """The list of learners."""
    page = page_of(browser, url, "ada", 1100, 900)
    page.goto(facts["dashboard_url"] + "learners/")
    page.screenshot(path=PICTURES / "learners.png")


def learner(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """One of them."""
    page = page_of(browser, url, "ada", 1100, 1000)
    page.goto(facts["dashboard_url"] + "learners/")
    page.locator("#learners tbody a").first.click()
    page.locator("h1").wait_for()
    page.screenshot(path=PICTURES / "learner.png")


def trends(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """The charts of activity."""
    page = page_of(browser, url, "ada", 1100, 1500)
    page.goto(facts["dashboard_url"] + "learners/trends/")
    page.locator("svg text").first.wait_for()
    page.screenshot(path=PICTURES / "trends.png")


def risk(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """Who may drop out, and why."""
    page = page_of(browser, url, "ada", 1100, 900)
    page.goto(facts["dashboard_url"] + "learners/risk/")
    page.screenshot(path=PICTURES / "risk.png")


def overview(browser: Browser, url: str, facts: dict[str, Any]) -> None:
    """What needs the team now."""
    page = page_of(browser, url, "ada", 1100, 1000)
    page.goto(facts["dashboard_url"])
    page.screenshot(path=PICTURES / "overview.png")


TAKEN: dict[str, Callable[[Browser, str, dict[str, Any]], None]] = {
    one.__name__: one
    for one in (
        unit, invitation, growth, review, rehearsal, queue, bulk, health, learners, learner, trends, risk, overview,
    )
}  # fmt: skip

if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"), sys.argv[2:])
