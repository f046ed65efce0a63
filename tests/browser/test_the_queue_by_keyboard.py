"""A moderator works through the queue with two keys for each post, and who listens is told what happens."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.queued import queued_posts

ROWS = "#queue-rows .queue-link"


@pytest.fixture
def desk(site, sign_in):
    """bo in front of the list, the first row in focus; and the posts that are there for certain."""
    posts = queued_posts(site)
    page = sign_in("bo")
    page.goto(site.course + "moderation/")
    page.locator(ROWS).first.focus()
    return page, posts


def focused(page):
    return page.evaluate(
        "() => document.activeElement.dataset.post || document.activeElement.id || document.activeElement.name"
    )


def opened(page):
    """The post in the pane, once it is that of the row in focus."""
    page.wait_for_function(
        "() => document.querySelector('#item article')?.dataset.post === document.activeElement.dataset.post"
    )
    return focused(page)


def test_two_keys_decide_and_the_next_post_is_there(desk):
    page, _posts = desk
    page.keyboard.press("j")
    second = opened(page)
    page.keyboard.press("k")
    first = opened(page)
    assert first != second
    before = page.locator(ROWS).count()

    page.keyboard.press("h")
    expect(page.locator("#heard")).to_have_text(re.compile("(Hide the post|Keep it hidden): press Enter"))
    page.keyboard.press("Escape")
    expect(page.locator("#heard")).to_have_text("Nothing is chosen.")
    expect(page.locator("[data-chosen]")).to_have_count(0)

    page.keyboard.press("h")
    page.keyboard.press("Enter")
    assert opened(page) == second
    expect(page.locator("#said")).to_contain_text("Hidden:")
    expect(page.locator(f"#row-{first}")).to_have_count(0)
    assert page.locator(ROWS).count() == before - 1
    assert second.split("-")[1] in page.url

    page.keyboard.press("u")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Undone:")
    expect(page.locator(f"#row-{first}")).to_have_count(1)
    assert opened(page) == first


def test_a_choice_with_words_leads_into_its_field_and_back(desk):
    page, _posts = desk
    page.keyboard.press("j")
    post = opened(page)
    page.keyboard.press("n")
    assert focused(page) == "note-text"
    page.keyboard.type("j k h a: no key acts here")
    assert focused(page) == "note-text"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Note on the author:")
    expect(page.locator(f"#row-{post}")).to_have_count(1)


def test_keys_act_while_the_list_has_the_focus_alone(desk):
    page, _posts = desk
    page.keyboard.press("j")
    opened(page)
    page.locator("select[name=language]").focus()
    page.keyboard.press("h")
    expect(page.locator("[data-chosen]")).to_have_count(0)


def test_the_keys_are_listed_and_the_list_has_the_focus_again(desk):
    page, _posts = desk
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert "Approve the post" in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert focused(page)


def kept(page):
    """Keeps the keys; the next page is there with its script."""
    with page.expect_navigation():
        page.get_by_role("button", name="Keep these keys").click()


def test_keys_are_changed_and_switched_off(site, sign_in):
    queued_posts(site)
    page = sign_in("bo")
    page.goto(site.course + "moderation/")
    page.locator("#keys summary").click()
    page.get_by_label("Hide the post").fill("x")
    kept(page)
    page.locator(ROWS).first.focus()
    page.keyboard.press("j")
    opened(page)
    page.keyboard.press("x")
    expect(page.locator("#heard")).to_contain_text("press Enter")
    page.keyboard.press("Escape")
    page.goto(site.course + "moderation/")
    page.locator("#keys summary").click()
    page.get_by_label("Hide the post").fill("h")
    page.get_by_label("Use these keys").uncheck()
    kept(page)
    page.locator(ROWS).first.focus()
    page.keyboard.press("j")
    expect(page.locator("#item article")).to_have_count(0)
    page.locator("#keys summary").click()
    page.get_by_label("Use these keys").check()
    kept(page)


def test_the_other_moderator_sees_who_looks(site, sign_in):
    posts = queued_posts(site)
    bo, ada = sign_in("bo"), sign_in("ada")
    address = f"{site.course}moderation/item/{posts[-1]['kind']}/{posts[-1]['id']}/"
    bo.goto(address)
    ada.goto(address)
    expect(ada.locator("#claim")).to_contain_text(re.compile("Bo Lindgren has (just opened|been looking at) this"))
    bo.goto(site.course)  # who goes lets go
    for _look in range(20):
        ada.reload()
        if "Bo Lindgren" not in ada.locator("#claim").inner_text():
            break
        ada.wait_for_timeout(300)
    expect(ada.locator("#claim")).not_to_contain_text("Bo Lindgren")


def test_everything_works_without_javascript(site, sign_in):
    posts = queued_posts(site)
    page = sign_in("bo", java_script_enabled=False)
    page.goto(site.course + "moderation/")
    page.get_by_role("link", name=re.compile(re.escape(posts[-1]["title"]))).click()
    page.locator("summary", has_text="Look again later").click()
    page.get_by_role("button", name="Look again later").click()
    expect(page.locator("#said")).to_contain_text("Snoozed:")
    page.locator(".queue-first button[value=hide]").click()
    expect(page.locator("#said")).to_contain_text("Hidden:")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("Undone:")


def test_the_tree_of_an_open_post_reads_in_order(site, sign_in):
    posts = queued_posts(site)
    page = sign_in("bo")
    page.goto(f"{site.course}moderation/item/{posts[3]['kind']}/{posts[3]['id']}/")
    tree = page.locator("#item").aria_snapshot()
    order = [
        tree.index(words)
        for words in ("heading", "Why it is here", "ordinateurs", "Decide", "Approve", "Hide", "Score")
    ]
    assert order == sorted(order)
    assert page.locator("[lang=fr]").count() >= 1
