"""`python -m tests.browser.pictures http://127.0.0.1:8000`: takes README's pictures from a running demo with its crowd."""

from __future__ import annotations

import json
import sys
import urllib.request

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT

PICTURES = ROOT / "docs" / "pictures"


def take(url: str) -> None:
    """Writes unit.png, invitation.png and growth.png."""
    with urllib.request.urlopen(f"{url}/demo/facts.json") as answer:
        facts = json.load(answer)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def page_of(name: str, **options):
            page = browser.new_context(locale="en", **options).new_page()
            page.goto(url + "/")
            page.locator(f"form:has(input[value={name}]) button").first.click()
            return page

        unit = page_of("chen", viewport={"width": 1000, "height": 900})
        unit.goto(facts["unit_url"])
        unit.locator(".referral").first.screenshot(path=PICTURES / "unit.png")

        visitor = browser.new_context(locale="en", viewport={"width": 420, "height": 900}).new_page()
        visitor.goto(facts["share_url"])
        visitor.screenshot(path=PICTURES / "invitation.png", full_page=True)

        growth = page_of("ada", viewport={"width": 1100, "height": 1000})
        growth.goto(facts["dashboard_url"] + "growth/")
        growth.screenshot(path=PICTURES / "growth.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
