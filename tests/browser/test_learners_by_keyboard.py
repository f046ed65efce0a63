"""The team goes through its learners without a mouse: orders, narrows, goes on, opens one, notes, and comes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learned import list_of

ROWS = ".learners-list tbody tr"
NAMES = f"{ROWS} th a"


@pytest.fixture
def learners(site, sign_in):
    """ada in front of the list."""
    page = sign_in("ada")
    page.goto(list_of(site))
    return page


def press_tab_until(page, selector):
    for _turn in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_the_list_is_ordered_by_keyboard_and_the_focus_stays(learners):
    page = learners
    press_tab_until(page, "#sort-posts")
    page.keyboard.press("Enter")
    head = page.locator("th[aria-sort]")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head).to_contain_text("Posts")
    expect(page.locator("#sort-posts")).to_be_focused()
    expect(page).to_have_url(re.compile("sort=posts"))
    expect(page.locator("#learners-heard")).to_contain_text("people")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#sort-posts")).to_be_focused()
    page.go_back()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_it_is_narrowed_and_widened_by_keyboard(learners):
    page = learners
    before = page.locator("#learners-total").inner_text()
    press_tab_until(page, "#id_who")
    page.keyboard.press("e")  # everybody, the team too
    press_tab_until(page, ".learners-sentence button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("who=all"))
    expect(page.locator("#learners-total")).not_to_have_text(before)
    page.get_by_role("link", name="Show the whole list").press("Enter")
    expect(page.locator("#learners-total")).to_have_text(before)


def test_pages_follow_each_other_and_hold_others(learners):
    page = learners
    people = page.locator(".learners-list tbody tr th")  # with their usernames: two may have one name
    first = people.all_inner_texts()
    page.locator("#page-next").press("Enter")
    expect(page.locator("#page-first")).to_be_visible()
    assert not set(people.all_inner_texts()) & set(first)
    page.locator("#page-first").press("Enter")
    expect(page.locator("#page-first")).to_have_count(0)
    assert people.all_inner_texts() == first


def test_somebody_is_found_opened_noted_and_tagged(learners):
    page = learners
    press_tab_until(page, "#learners-text")
    page.keyboard.type("chen")
    page.keyboard.press("Enter")
    expect(page.locator(NAMES)).to_have_count(1)
    assert "chen" not in page.url
    press_tab_until(page, NAMES)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Chen", ignore_case=True)
    press_tab_until(page, "#tag-label")
    page.keyboard.type("Tutor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="The tag is given.")).to_be_visible()
    press_tab_until(page, "#note-text")
    page.keyboard.type("Helps others <b>a lot</b>.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".learner-words")).to_have_text("Helps others <b>a lot</b>.")
    press_tab_until(page, ".learner-note button")
    page.keyboard.press("Enter")
    expect(page.locator(".learner-words")).to_have_count(0)
    press_tab_until(page, ".learner-tags button")
    page.keyboard.press("Enter")
    expect(page.locator(".learner-tags")).to_have_count(0)


def test_the_whole_row_is_the_target(learners):
    page, address = learners, learners.url
    name = page.locator(NAMES).nth(2).inner_text()
    for place in (1, 7):  # a time, which says more under the pointer; the last cell
        page.goto(address)
        box = page.locator(ROWS).nth(2).locator("td").nth(place).bounding_box()
        page.mouse.click(box["x"] + 12, box["y"] + 14)
        expect(page.locator("h1")).to_contain_text(name)


def test_without_javascript_everything_is_there(site, sign_in):
    page = sign_in("ada", java_script_enabled=False)
    page.goto(list_of(site))
    page.locator("#sort-posts").click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Posts")
    page.locator("#id_who").select_option("team")
    page.locator(".learners-sentence button").click()
    expect(page).to_have_url(re.compile("who=team"))
    expect(page).to_have_url(re.compile("sort=posts"))


def test_the_list_is_saved(site, sign_in):
    page = sign_in("ada")
    page.goto(list_of(site))
    for name, ending in (("CSV", ".csv"), ("JSON", ".json")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename.endswith(f"-now{ending}")
