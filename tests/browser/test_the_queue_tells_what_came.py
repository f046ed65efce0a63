"""A queue that stays open says what came, moves nothing for it, and asks nothing while nobody looks."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.queued import queued_posts

FIRST = "#queue-rows .queue-link"


@pytest.fixture
def desk(site, sign_in):
    """bo in front of the list, with a clock in our hands; and what the page asked. All posts count as new."""
    queued_posts(site)
    page, asked = sign_in("bo"), []

    def as_if_all_were_new(route):
        asked.append(route.request.url)
        route.continue_(url=re.sub(r"after=\d+", "after=0", route.request.url))

    page.route("**/moderation/news/**", as_if_all_were_new)
    page.clock.install()
    page.goto(site.course + "moderation/")
    page.locator(FIRST).first.focus()
    return page, asked


def test_a_line_comes_and_no_row_moves(desk):
    page, asked = desk
    where, focus = page.locator(FIRST).first.bounding_box(), page.evaluate("document.activeElement.dataset.post")
    page.clock.run_for(61_000)
    expect(page.locator("#news")).to_contain_text(re.compile(r"new posts? wait"))
    assert len(asked) == 1
    assert page.locator(FIRST).first.bounding_box() == where
    assert page.evaluate("document.activeElement.dataset.post") == focus
    page.clock.run_for(61_000)
    page.wait_for_function("() => document.querySelector('#news input').value !== '0'")
    page.get_by_role("link", name="Show them").click()
    expect(page.locator("#news")).to_have_text("")
    assert len(asked) == 2 and "known=" in asked[1] and "known=0" not in asked[1]


def test_a_page_that_nobody_looks_at_asks_nothing(desk):
    page, asked = desk
    page.evaluate("() => Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.run_for(200_000)
    assert asked == []
    page.evaluate("() => Object.defineProperty(document, 'hidden', { value: false, configurable: true })")
    page.clock.run_for(61_000)
    expect(page.locator("#news")).to_contain_text(re.compile(r"new posts? wait"))


def test_nobody_is_sent_to_the_sign_in_page_by_a_page_that_asks_by_itself(desk):
    page, _asked = desk
    here = page.url
    page.context.clear_cookies()
    for _minute in range(2):
        with page.expect_response("**/moderation/news/**") as answer:
            page.clock.run_for(61_000)
        assert answer.value.status == 401
    assert page.url == here
