"""The block in a unit as learners meet it: in a frame of another host, which has the height of its content."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.frames import code_of, open_in_the_learning_frame
from tests.browser.test_keyboard import focused, has_a_visible_focus

SIZES = {"desktop": {"width": 1280, "height": 800}, "telephone": {"width": 320, "height": 560}}


def inner(page):
    """The window of the unit."""
    return next(frame for frame in page.frames if "/xblock/the-unit" in frame.url)


def has_grown_with_its_content(page):
    """Waits until the frame is as tall as what stands in it."""
    frame = inner(page)
    frame.wait_for_function("() => Math.abs(innerHeight - document.getElementById('content').offsetHeight) <= 1")
    assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "The unit scrolls sideways."
    return frame.evaluate("() => innerHeight")


@pytest.mark.parametrize("size", SIZES)
def test_the_frame_grows_with_every_disclosure_and_never_scrolls(site, sign_in, size):
    page = sign_in("chen", viewport=SIZES[size])
    unit = open_in_the_learning_frame(page, site)
    expect(unit.get_by_label("Your personal link")).to_be_visible()
    closed = has_grown_with_its_content(page)
    last_network = unit.locator("details .referral-ways a").last
    expect(last_network).to_be_hidden()
    unit.get_by_text("More networks").click()
    expect(last_network).to_be_visible()
    more = has_grown_with_its_content(page)
    assert more > closed
    unit.get_by_text("QR code and short address").click()
    code = unit.get_by_alt_text("QR code of your personal link")
    expect(code).to_be_visible()
    code.scroll_into_view_if_needed()
    inner(page).wait_for_function("() => document.querySelector('.referral-qr').naturalWidth > 0")
    assert has_grown_with_its_content(page) > more
    unit.get_by_text("QR code and short address").click()
    expect(code).to_be_hidden()
    assert has_grown_with_its_content(page) == more
    unit.get_by_text("More networks").click()
    expect(last_network).to_be_hidden()
    assert has_grown_with_its_content(page) == closed


@pytest.mark.parametrize("allow", ["clipboard-write *", "fullscreen *"], ids=["allowed", "not allowed"])
def test_the_link_is_copied_where_the_clipboard_is_allowed_and_where_it_is_not(site, sign_in, allow):
    page = sign_in("chen")
    unit = open_in_the_learning_frame(page, site, allow=allow)
    # The frame must have its final place, or the press falls beside the button.
    has_grown_with_its_content(page)
    address = unit.get_by_label("Your personal link").input_value()
    unit.get_by_role("button", name="Copy the link").click()
    expect(unit.get_by_role("status")).to_have_text("The link is copied.")
    page.context.grant_permissions(["clipboard-read"])
    page.bring_to_front()
    page.get_by_role("button", name="Before").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == address


def test_the_link_is_copied_with_the_keyboard_alone(site, sign_in):
    page = sign_in("chen")
    open_in_the_learning_frame(page, site)
    has_grown_with_its_content(page)
    page.get_by_role("button", name="Before").focus()
    for _press in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "inside" and "Copy the link" in focused(inner(page)):
            break
    else:
        raise AssertionError("The button cannot be reached.")
    assert has_a_visible_focus(inner(page))
    page.keyboard.press("Enter")
    expect(page.frame_locator("#inside").get_by_role("status")).to_have_text("The link is copied.")


def test_a_network_opens_beside_the_course_which_stays(site, sign_in):
    page = sign_in("chen")
    unit = open_in_the_learning_frame(page, site)
    here = page.url
    has_grown_with_its_content(page)
    page.context.route(re.compile(r"https?://(?!127\.0\.0\.1)"), lambda route: route.fulfill(body="A network"))
    with page.expect_popup() as opened:
        unit.get_by_role("link", name="Mastodon").or_(unit.get_by_role("link", name="WhatsApp")).first.click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("() => window.opener") is None
    assert page.url == here
    expect(unit.get_by_label("Your personal link")).to_be_visible()


def test_the_share_sheet_is_offered_on_a_page_of_our_own_that_nobody_frames(site, sign_in):
    page = sign_in("chen")
    unit = open_in_the_learning_frame(page, site)
    has_grown_with_its_content(page)
    assert inner(page).evaluate("() => document.querySelectorAll('[data-referral-native]').length") == 0
    with page.expect_popup() as opened:
        unit.get_by_role("link", name="Share with an app of this device").click()
    own = opened.value
    own.wait_for_load_state()
    assert re.search(r"/r/[0-9a-z]+/share\?", own.url)
    expect(own.get_by_label("Your personal link")).to_be_visible()
    for address in (own.url, f"{site.url}/community/me/", f"{site.url}/r/{code_of(own.url)}", site.course):
        assert page.request.get(address).headers["x-frame-options"] == "DENY", address


@pytest.mark.parametrize("viewport", [*SIZES.values(), {"width": 568, "height": 240}], ids=[*SIZES, "on its side"])
def test_the_panel_is_noted_as_shown_with_the_token_that_the_platform_asks_for(site, sign_in, viewport):
    page = sign_in("chen", viewport=viewport)
    with page.expect_response(re.compile("/handler/shown")) as shown:
        unit = open_in_the_learning_frame(page, site)
        has_grown_with_its_content(page)
        unit.get_by_label("Your personal link").scroll_into_view_if_needed()
    assert shown.value.status == 204
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    assert shown.value.request.headers["x-csrftoken"] == token


@pytest.mark.parametrize("trouble", ["signed out", "refused", "no network"])
def test_a_count_that_is_refused_or_lost_disturbs_nobody(site, sign_in, trouble):
    page = sign_in("chen")
    unit = open_in_the_learning_frame(page, site)
    has_grown_with_its_content(page)
    if trouble == "signed out":
        page.context.clear_cookies()
    elif trouble == "refused":
        page.route("**/handler/shared", lambda route: route.fulfill(status=403, body="<h1>Forbidden</h1>"))
    else:
        page.route("**/handler/shared", lambda route: route.abort())
    with page.expect_request("**/handler/shared"):
        unit.get_by_role("button", name="Copy the link").click()
    expect(unit.get_by_role("status")).to_have_text("The link is copied.")
    page.wait_for_timeout(200)  # an error of the script would fail this test at its end


# What a reader would notice. The font is the platform's on purpose.
LOOKS = """(selector) => [...document.querySelectorAll(selector + ', ' + selector + ' *')].map(element => {
  const style = getComputedStyle(element);
  return [element.tagName, element.className.baseVal ?? element.className].concat(['color', 'backgroundColor', 'backgroundImage',
    'boxShadow', 'textShadow', 'textTransform', 'textAlign', 'textDecorationLine', 'listStyleType', 'fontSize', 'fontWeight',
    'lineHeight', 'marginTop', 'marginBottom', 'paddingInlineStart', 'paddingTop', 'borderTopWidth', 'borderTopLeftRadius',
    'display', 'maxWidth', 'boxSizing', 'minHeight'].map(name => name + ' ' + style[name])).join('; ');
})"""


def test_the_platforms_rules_do_not_change_the_block_and_ours_change_nothing_else(site, sign_in):
    page = sign_in("chen")
    open_in_the_learning_frame(page, site)
    has_grown_with_its_content(page)
    frame = inner(page)
    block, neighbour = frame.evaluate(LOOKS, ".referral"), frame.evaluate(LOOKS, "#neighbour")
    assert len(block) > 60
    frame.evaluate("() => document.querySelectorAll('link[rel=stylesheet]').forEach(link => { link.disabled = true })")
    assert frame.evaluate(LOOKS, ".referral") != block
    assert frame.evaluate(LOOKS, "#neighbour") == neighbour
    frame.evaluate(
        """() => { document.querySelectorAll('link[rel=stylesheet]').forEach(link => { link.disabled = false });
             document.getElementById('platform').textContent = 'body { margin: 0; color: #222; font: 16px/1.4 sans-serif }' }"""
    )
    # A stylesheet that is enabled again is loaded again.
    frame.wait_for_function("() => [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)")
    assert frame.evaluate(LOOKS, "#neighbour") != neighbour
    assert frame.evaluate(LOOKS, ".referral") == block


@pytest.mark.parametrize("doing", ["hover", "focus"])
def test_a_button_of_ours_stays_legible_while_it_is_pressed(site, sign_in, doing):
    page = sign_in("chen")
    unit = open_in_the_learning_frame(page, site)
    has_grown_with_its_content(page)
    button = unit.get_by_role("button", name="Copy the link")
    getattr(button, doing)()
    style = button.evaluate("e => { const s = getComputedStyle(e); return [s.color, s.backgroundImage, s.boxShadow] }")
    assert style == ["rgb(255, 255, 255)", "none", "none"]


def test_a_mobile_apps_view_of_the_unit_needs_no_window_around_it(site, sign_in):
    page = sign_in("chen", viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    open_in_the_learning_frame(page, site)
    page.goto(inner(page).url)
    expect(page.get_by_label("Your personal link")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Copy the link").tap()
    expect(page.get_by_role("status")).to_have_text("The link is copied.")
    for link in page.locator(".referral a:visible, .referral summary:visible, .referral button:visible").all():
        assert link.bounding_box()["height"] >= 24, link.inner_text()
