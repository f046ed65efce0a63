"""The form of the block as authors meet it: in Studio's sandbox, whose runtime is told what happens."""

import pytest
from playwright.sync_api import expect

from tests.browser.frames import open_in_studios_frame

# The library's editor takes the press on a Save button for itself, and hands the form its element wrapped.
LIBRARY = """
  addEventListener("load", function () {
    document.querySelector(".save-button").addEventListener("click", function (event) { event.preventDefault(); });
  });
  var start = window.ReferralStudio;
  window.ReferralStudio = function (runtime, element, args) { start(runtime, window.$(element), args); };
"""


def told(page):
    """What the runtime was told, in order."""
    frame = next(frame for frame in page.frames if "/xblock/the-form" in frame.url)
    return frame.evaluate("() => window.told")


@pytest.fixture
def form(site, sign_in):
    """`form(more="")`: (the window around, the form in its frame), for the course's author."""

    def open_form(more="", **options):
        page = sign_in("ada", **options)
        inside = open_in_studios_frame(page, site, more=more)
        expect(inside.get_by_role("button", name="Save")).to_be_enabled()
        return page, inside

    return open_form


@pytest.mark.parametrize("around", ["", LIBRARY], ids=["course", "library"])
@pytest.mark.parametrize("how", ["press", "enter"])
def test_the_form_is_saved_and_studio_is_told_when_it_begins_and_ends(form, around, how):
    page, inside = form(around)
    title = inside.get_by_label("Title", exact=True)
    before = title.input_value()
    with page.expect_response("**/handler/submit_studio_edits") as saved:
        if how == "press":
            inside.get_by_role("button", name="Save").click()
        else:
            title.press("Enter")
    assert saved.value.status == 200
    expect(inside.get_by_role("alert")).to_have_text("The settings are saved.")
    assert told(page) == [["save", {"state": "start"}], ["save", {"state": "end"}]]
    assert title.input_value() == before


def test_what_is_wrong_is_said_beside_its_field_and_studio_takes_its_saving_away(form):
    page, inside = form()
    inside.get_by_label("Hashtags").fill("2026")
    inside.get_by_role("button", name="Save").click()
    field = inside.get_by_label("Hashtags")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(inside.get_by_text("This is not one: 2026")).to_be_visible()
    start, error = told(page)
    assert start == ["save", {"state": "start"}]
    assert error[0] == "error"
    # Studio shows nothing, and goes on saying that it saves, where one of the two is missing.
    assert error[1]["title"] == "Nothing was saved yet. Please look at the marked fields."
    assert "This is not one: 2026" in error[1]["message"]


def test_cancelling_tells_studio_and_saves_nothing(form):
    page, inside = form()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/handler/" in request.url else None)
    inside.get_by_label("Title", exact=True).fill("Never kept")
    inside.get_by_role("button", name="Cancel").click()
    assert told(page) == [["cancel", {}]]
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda route: route.fulfill(status=403, body="<h1>Forbidden</h1>"), "You are signed out"),
        (lambda route: route.fulfill(status=500, body="<h1>Error</h1>"), "could not be saved"),
        (lambda route: route.fulfill(status=200, body="<h1>Sign in</h1>"), "could not be saved"),
        (lambda route: route.abort(), "could not be saved"),
    ],
    ids=["refused", "broken", "not an answer", "no network"],
)
def test_a_form_that_cannot_be_saved_says_so_and_keeps_what_was_typed(form, answer, words):
    page, inside = form()
    page.route("**/handler/submit_studio_edits", answer)
    inside.get_by_label("Title", exact=True).fill("Two of us")
    inside.get_by_role("button", name="Save").click()
    expect(inside.get_by_role("alert")).to_contain_text(words)
    expect(inside.get_by_label("Title", exact=True)).to_have_value("Two of us")
    assert [name for name, _facts in told(page)] == ["save", "error"]
    assert words in told(page)[1][1]["title"]


def test_the_course_policy_opens_beside_studio_and_outside_its_sandbox(form):
    page, inside = form()
    with page.expect_popup() as opened:
        inside.get_by_role("link", name="Course policy for invitations").click()
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/growth/settings/")
    assert opened.value.evaluate("() => window.opener") is None


def test_words_and_fields_have_their_size_though_a_rem_is_ten_pixels(form):
    _page, inside = form(viewport={"width": 560, "height": 700})
    field = inside.get_by_label("Title", exact=True)
    assert field.evaluate("e => getComputedStyle(e).fontSize") == "16px"
    assert field.bounding_box()["height"] >= 44
    assert inside.get_by_label("QR code and short address").bounding_box()["height"] >= 20
    assert inside.get_by_role("button", name="Save").bounding_box()["height"] >= 44
    assert inside.locator("html").evaluate("e => e.scrollWidth <= innerWidth")
