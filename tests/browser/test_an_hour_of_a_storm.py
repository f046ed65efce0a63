"""An hour of a course's first week: a moderator at the keyboard, another beside, and three decisions on a telephone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import storm

ROWS = "#queue-rows .queue-link"


@pytest.fixture(scope="module")
def stormy(site):
    """What the storm has brought."""
    yield storm.blow(site)
    storm.end(site)


def opened(page):
    """The post in the pane, once it is that of the row in focus."""
    page.wait_for_function(
        "() => document.querySelector('#item article')?.dataset.post === document.activeElement.dataset.post"
    )
    return page.evaluate("() => document.activeElement.dataset.post")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def to(page, locator):
    """Moves by Tab alone until this has the focus."""
    handle = locator.first.element_handle()
    for _step in range(200):
        if handle.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not reach it.")


def leave(page, site):
    """Leaves the queue, and lets go of the post that came next, so that others find it free.

    Who leaves before the page has heard that the post is theirs holds it for some minutes more: nobody is that quick but a test.
    """
    expect(page.locator("#claim [data-until]")).to_have_count(1)
    page.goto(site.course)
    page.wait_for_timeout(2000)


def test_a_moderator_takes_the_storm_by_keyboard_with_another_beside(site, sign_in, stormy):
    bo, ada = sign_in("bo"), sign_in("ada")
    numbers = {f"{one['kind']}-{one['id']}" for one in stormy["offers"]}

    # What burns: offers are hidden, reported questions approved, with two keys each.
    bo.goto(f"{site.course}moderation/?reason=burning")
    bo.locator(ROWS).first.focus()
    press(bo, "j", "k")
    mine = len(numbers) - 2
    hidden = 0
    for _post in range(60):
        if not bo.locator(ROWS).count() or hidden == mine:
            break
        post = opened(bo)
        title = bo.locator("#item-title").inner_text()
        offer = "Diploma on demand" in title
        press(bo, "h" if offer else "a", "Enter")
        hidden += offer
        expect(bo.locator(f"#row-{post}")).to_have_count(0)
        expect(bo.locator("#said")).to_contain_text("Hidden:" if offer else "Approved:")
    assert hidden == mine

    # The other moderator opens one of those that are left; who looks is seen, and nobody acts twice.
    leave(bo, site)
    ada.goto(f"{site.course}moderation/?reason=burning")
    left = ada.locator(ROWS).filter(has_text="Diploma on demand")
    expect(left).to_have_count(2)
    address = left.first.get_attribute("href")
    ada.goto(f"{site.url}{address}" if address.startswith("/") else address)
    bo.goto(ada.url)
    expect(bo.locator("#claim")).to_contain_text(re.compile("Ada Moreau has (just opened|been looking at) this"))
    ada.locator(".queue-first button[value=hide]").press("Enter")
    expect(ada.locator("#said")).to_contain_text("Hidden:")
    bo.locator(".queue-first button[value=approve]").press("Enter")
    expect(bo.locator("#said")).to_contain_text("Ada Moreau has decided on this already")
    leave(ada, site)

    # Forty people ask the same: answered once.
    one = stormy["same"][0]
    bo.goto(f"{site.course}moderation/item/{one['kind']}/{one['id']}/same/")
    expect(bo.get_by_role("heading", name="Answer once")).to_be_visible()
    offered = bo.locator("input[name=post]").count()
    assert offered >= 10
    for index in range(offered):
        words = bo.locator("input[name=post]").nth(index).locator("xpath=ancestor::label").inner_text()
        assert "count sheet" in words.lower()
    to(bo, bo.get_by_label("Reply"))
    bo.keyboard.type("At the end of the unit “A count in practice”, by the button “Hand it in”.")
    to(bo, bo.get_by_role("button", name="Answer all that are ticked"))
    press(bo, "Enter")
    expect(bo.get_by_role("heading", name=f"{offered} posts are answered")).to_be_visible()

    # A learner reads no offer any more, and the answer.
    reader = sign_in("chen")
    for offer in stormy["offers"][:3]:
        reader.goto(f"{site.url}/courses/{site.facts['course_key']}/discussion/{offer['id']}/")
        assert "bit.ly" not in reader.content()
    reader.goto(f"{site.url}/courses/{site.facts['course_key']}/discussion/{stormy['same'][0]['id']}/")
    expect(reader.get_by_text("Hand it in")).to_be_visible()

    # The log knows who did what.
    bo.goto(f"{site.course}moderation/log/")
    bo.wait_for_timeout(2000)
    expect(bo.locator("main")).to_contain_text("Ada Moreau")


def test_the_rest_of_the_offers_goes_at_once_and_comes_back_at_once(site, sign_in, stormy):
    page = sign_in("bo")
    one = stormy["offers"][0]
    page.goto(f"{site.course}moderation/bulk/?author_of={one['kind']}-{one['id']}&choice=hide")
    expect(page.get_by_role("heading", name="What would happen: Hide")).to_be_visible()
    page.goto(f"{site.course}moderation/bulk/?author_of={one['kind']}-{one['id']}&choice=restore")
    begin = page.get_by_role("button", name=re.compile(r"Do it for \d+ posts"))
    to(page, begin)
    press(page, "Enter")
    expect(page.locator("#progress")).to_contain_text("is done", timeout=60_000)
    to(page, page.get_by_role("button", name="Undo what was done"))
    press(page, "Enter")
    expect(page.locator("#progress")).to_contain_text("was undone", timeout=60_000)


def test_three_decisions_on_a_telephone(site, sign_in, stormy):
    page = sign_in("bo", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(f"{site.course}moderation/phone/")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for word, button in (("Approve", "Approve the post"), ("Hide", "Hide the post"), ("Answer", "Send the answer")):
        post = page.locator("article").first
        title = post.locator("h2").inner_text()
        post.locator("summary", has_text=word).first.tap()
        if word == "Answer":
            post.get_by_label("Your answer").fill("Thank you, we are looking at it.")
        post.get_by_role("button", name=button).tap()
        page.wait_for_load_state()
        expect(page.get_by_role("status")).to_contain_text(re.compile(r"\w"))
        if word != "Answer":
            expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)
