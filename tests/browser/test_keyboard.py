"""What matters can be done with the keyboard alone, and the one who listens is told what happened."""

import re

from playwright.sync_api import expect


def focused(page):
    """The accessible description of what has the focus."""
    return page.evaluate(
        """() => { const e = document.activeElement
             return (e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || e.name || e.tagName).trim() }"""
    )


def tab_to(page, words, *, most=60):
    """Presses Tab until something with these words has the focus; fails after `most` times."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if re.search(words, focused(page)):
            return
    raise AssertionError(f"Nothing called {words} can be reached; at last: {focused(page)}")


def has_a_visible_focus(page):
    return page.evaluate(
        """() => { const s = getComputedStyle(document.activeElement)
             return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none' }"""
    )


def test_the_link_is_copied_with_the_keyboard_and_the_copy_is_announced(site, sign_in):
    page = sign_in("chen")
    page.goto(site.facts["unit_url"])
    tab_to(page, "Copy the link")
    assert has_a_visible_focus(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("opied")
    assert "Copy the link" in focused(page) or "opied" in focused(page)


def test_every_network_is_reached_and_named(site, sign_in):
    page = sign_in("chen")
    page.goto(site.facts["unit_url"])
    tab_to(page, "More networks")
    page.keyboard.press("Enter")
    names = page.locator(".referral a[href*='/to/']").evaluate_all("links => links.map(link => link.innerText.trim())")
    assert len(names) >= 16
    assert all(names)
    tab_to(page, re.escape(names[-1]))


def test_the_invitation_is_read_and_accepted_with_the_keyboard(site, profile):
    page = profile()
    page.goto(site.facts["share_url"])
    tab_to(page, "Join this course")
    assert has_a_visible_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/register"))


def test_the_first_tab_on_every_full_page_skips_to_the_content(site, sign_in):
    page = sign_in("ada")
    page.goto(site.course + "growth/")
    page.keyboard.press("Tab")
    assert "Skip" in focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_tree_of_the_invitation_reads_in_order(site, profile):
    page = profile()
    page.goto(site.facts["share_url"])
    tree = page.locator("body").aria_snapshot()
    order = [tree.index(words) for words in ("heading", "Join this course", "Join without telling", "full description")]
    assert order == sorted(order)
