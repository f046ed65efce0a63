"""The other pages of moderation without a mouse and without seeing: every control is reached, named, used, and answers.

The queue has its own test. Each page is walked through once, by Tab and by what a screen reader is told; what is done there is
done with keys alone.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.moderated import PASSWORD, moderated
from tests.browser.walking import tree_of, tree_wrong, walk, walk_wrong

# name: (who, the page; below the course unless it begins with a slash, a word of moderated() in braces)
PAGES = {
    "one post": ("bo", "{thread}"),
    "answer once": ("bo", "{thread}same/"),
    "what would happen": ("bo", "{many}"),
    "a job": ("bo", "{job}"),
    "log": ("bo", "moderation/log/"),
    "appeals": ("bo", "moderation/appeals/"),
    "replies": ("bo", "moderation/replies/"),
    "rules": ("keeper", "moderation/rules/"),
    "health": ("bo", "moderation/health/"),
    "targets": ("ada", "moderation/health/targets/"),
    "phone": ("bo", "moderation/phone/"),
    "digest": ("bo", "{digest}"),
    "my decisions": ("chen", "/community/me/"),
    "my appeal": ("chen", "{decision}"),
}


@pytest.fixture
def at(site, reader):
    """`at(name)`: that page, open, of who uses it."""

    def opened(name):
        who, place = PAGES[name]
        place, how = place.format(**moderated(site)), {}
        if name == "phone":
            how = {"viewport": {"width": 390, "height": 800}}
        page = reader(None if who == "keeper" else who, **how)
        page.goto(site.url + place if place.startswith("/") else site.course + place)
        if "/login" in page.url:
            page.get_by_label(re.compile("[Uu]sername")).fill(who)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
        return page

    return opened


def to(page, locator):
    """Moves by Tab alone until this has the focus."""
    wanted = locator.first.element_handle()
    for _step in range(150):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {locator}.")


def press(page, name):
    """Moves to the button with these words and presses it."""
    to(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


def told(page, words):
    """A live region says so."""
    expect(page.locator("[role=status], [role=alert]").filter(has_text=words).first).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_reached_in_order_and_named(at, name):
    page = at(name)
    walked = walk(page, "#item" if name == "one post" else "body")  # the list beside it has its own test
    assert len(walked.controls) > (20 if name == "one post" else 0)
    assert walk_wrong(walked) == []
    assert tree_wrong(tree_of(page)) == []


def test_a_post_is_opened_up_and_decided_on(at):
    page = at("one post")
    page.focus("#item-title")  # where the queue puts whoever opens a post
    more = page.locator("details[data-choice=snooze]")
    to(page, more.locator("summary"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(more.get_by_label("Until")).to_be_focused()
    said = page.locator("#said").element_handle()
    press(page, "Unpin the thread")
    told(page, "Unpinned:")
    press(page, "Undo")
    told(page, "Undone:")
    assert said.evaluate("node => node.isConnected && node.role === 'status'")  # the same region told both


def test_a_reply_is_kept_chosen_by_its_abbreviation_changed_and_sent(at):
    page = at("replies")
    to(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("Nests in sand")
    to(page, page.get_by_label("Abbreviation"))
    page.keyboard.type("sand")
    to(page, page.get_by_label("Text"))
    page.keyboard.type("Hello {name}, look at {{the map}}.")
    press(page, "Keep this reply")
    told(page, "The reply is kept.")

    post = at("one post")
    answer = post.locator("details[data-choice=reply]")
    to(post, answer.locator("summary"))
    post.keyboard.press("Enter")
    to(post, answer.get_by_label("Kept reply"))
    post.keyboard.type("sand")
    field = answer.get_by_label("Your answer")
    expect(field).to_have_value(re.compile(r"^Hello \w+, look at \{the map\}\.$"))
    to(post, field)
    post.keyboard.press("Control+End")
    post.keyboard.type(" It is new.")
    words = field.input_value()
    to(post, answer.get_by_role("button"))
    post.keyboard.press("Enter")
    told(post, "Answered:")
    assert words.endswith("{the map}. It is new.")

    page = at("replies")
    to(page, page.get_by_role("link", name="Change “Nests in sand”"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Change a reply")).to_be_visible()
    to(page, page.get_by_label("Text"))
    page.keyboard.press("Control+End")
    page.keyboard.type(" Bye.")
    press(page, "Save the change")
    expect(page.locator(".reply-list")).to_contain_text("{{the map}}. Bye.")
    to(page, page.get_by_role("link", name="Change “Nests in sand”"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Change a reply")).to_be_visible()
    press(page, "Remove this reply")
    told(page, "The reply is removed.")
    expect(page.get_by_label("Text")).to_have_value("Hello {name}, look at {{the map}}. Bye.")


def test_a_reply_takes_the_place_of_the_one_chosen_before_and_leaves_what_was_typed(at):
    page = at("replies")
    for name in ("One", "Two"):
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Text").fill(f"Words of {name}.")
        page.get_by_role("button", name="Keep this reply").click()
        told(page, "The reply is kept.")
    post = at("one post")
    answer = post.locator("details[data-choice=reply]")
    answer.locator("summary").click()
    field = answer.get_by_label("Your answer")
    field.fill("See you.")
    for name in ("One", "Two", "One"):
        answer.get_by_label("Kept reply").select_option(label=name)
        expect(field).to_have_value(f"Words of {name}.\n\nSee you.")
    answer.get_by_label("Kept reply").select_option(label="none")
    expect(field).to_have_value("See you.")


def test_the_log_is_filtered_and_a_decision_undone(at):
    page = at("log")
    to(page, page.get_by_label("What", exact=True))
    page.keyboard.type("Pin")
    press(page, "Show")
    expect(page).to_have_url(re.compile("choice=pin"))
    press(page, re.compile("Undo: Pinned"))
    told(page, "Undone.")
    page.keyboard.press("Tab")  # where one was before
    assert page.evaluate("() => document.activeElement.closest('tr') !== null")


def test_who_was_silenced_may_post_again(at):
    page = at("log")
    press(page, re.compile("Let .* post again"))
    told(page, re.compile("again"))


def test_an_author_appeals_and_another_moderator_answers(at):
    chen = at("my decisions")
    to(chen, chen.get_by_role("link", name="Ask that somebody else looks at it"))
    chen.keyboard.press("Enter")
    to(chen, chen.get_by_role("textbox"))
    chen.keyboard.type("I made this list myself.")
    press(chen, "Ask for another look")
    told(chen, "Your words have arrived")

    bo = at("appeals")
    appeal = bo.get_by_role("article").filter(has_text="I made this list myself.")
    to(bo, appeal.get_by_label("Your answer"))
    bo.keyboard.type("Thank you. It stays as it is.")
    to(bo, appeal.get_by_role("button", name="Uphold the decision"))
    bo.keyboard.press("Enter")
    told(bo, re.compile("stays|upheld"))


def test_a_job_is_stopped_goes_on_and_is_undone(at):
    page = at("a job")
    stop = page.get_by_role("button", name="Stop")
    to(page, stop)
    with page.expect_response("**/bulk/**part=progress"):
        pass
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    expect(stop).to_be_focused()  # what is read anew every two seconds takes nobody's place
    page.keyboard.press("Enter")
    press(page, "Go on")
    told(page, "is done")
    press(page, "Undo what was done")
    told(page, "was undone")


def test_many_posts_are_looked_at_before(at):
    page = at("what would happen")
    to(page, page.locator("form select").first)
    page.keyboard.type("Cl")
    press(page, "Look what would happen")
    expect(page.get_by_role("heading", name="What would happen: Close")).to_be_visible()
    to(page, page.get_by_role("button", name="Do it for 1 post"))


def test_rules_are_tried_and_kept(at):
    page = at("rules")
    first = page.get_by_label("Shortened links")
    before = first.input_value()
    to(page, first)
    page.keyboard.press("ArrowDown")
    press(page, "See what they would have done")
    expect(page.get_by_role("region", name=re.compile("would have done"))).to_be_visible()
    assert first.input_value() != before
    press(page, "Save the rules")
    told(page, "The rules are saved.")
    to(page, first)
    page.keyboard.press("ArrowUp")
    press(page, "Save the rules")
    assert first.input_value() == before


def test_a_wrong_target_is_told_and_led_to(at):
    page = at("targets")
    field = page.get_by_label("Holidays")
    to(page, field)
    page.keyboard.type("soon")
    press(page, "Save targets and hours")
    told(page, "Not saved yet")
    to(page, page.get_by_role("alert").get_by_role("link", name="Holidays"))
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    expect(field).to_have_accessible_description(re.compile("soon"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    press(page, "Save targets and hours")
    told(page, "are saved")


def test_two_presses_decide_on_the_telephone_page(at):
    page = at("phone")
    to(page, page.locator("summary", has_text="Answer").last)
    page.keyboard.press("Enter")
    to(page, page.locator("details[open] textarea"))
    page.keyboard.type("We are looking at it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page, re.compile(r"\w"))


def test_the_daily_mail_is_stopped_and_wanted_again(at):
    page = at("digest")
    press(page, "Stop this mail")
    told(page, "no more daily mail")
    press(page, "Send it again from tomorrow")
    told(page, "Once a day")
