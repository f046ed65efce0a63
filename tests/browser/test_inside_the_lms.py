"""Our pages among the bare rules that the LMS and its themes write: nothing of theirs leaks in, nothing of ours leaks out."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import address_of, reader_of

LMS_LIKE = (Path(__file__).parent / "lms_like.css").read_text()
SERVED = Path(__file__).resolve().parents[2] / "referral_xblock" / "static" / "referral_xblock"
# What the frame says of the whole page, without any rule for an element: what our pages look like when left alone.
BARE = "body { margin: 0; font-family: sans-serif; }"
DASHBOARD = ("overview", "growth", "settings", "no right")
INVITER = ("me", "share")

# Colours, sizes and boxes; the family of the font is the theme's.
MEASURED = """root => [root, ...root.querySelectorAll('*')].filter(e => !e.closest('svg') || e.matches('svg')).map(e => {
    const style = getComputedStyle(e), names = ['color', 'background-color', 'background-image', 'font-size', 'font-style',
      'font-weight', 'line-height', 'letter-spacing', 'text-transform', 'text-align', 'text-decoration-line', 'text-shadow',
      'list-style-type', 'display', 'box-sizing', 'box-shadow', 'vertical-align', 'accent-color',
      'margin-top', 'margin-right', 'margin-bottom', 'margin-left',
      'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
      'border-top-width', 'border-top-color', 'border-bottom-width', 'border-bottom-color', 'border-top-left-radius',
      'border-collapse'];
    return e.tagName + '.' + e.className + ' ' + names.map(name => name + ': ' + style.getPropertyValue(name)).join('; ');
})"""
CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block", "target-size"]}


@pytest.fixture
def opened(site, sign_in):
    """`opened("growth")` is a page whose reader is signed in; `dress` then opens it with other stylesheets."""

    def open_page(name, **options):
        return sign_in(reader_of(name), **options), address_of(name, site)

    return open_page


def dress(page, address, frame, *, without=None):
    """Opens the address with `frame` in the place of the demo's stylesheet, and without another sheet if one is named."""
    page.unroute_all()
    page.route("**/demo/campus.css", lambda route: route.fulfill(body=frame, content_type="text/css"))
    if without:
        page.route(without, lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", DASHBOARD)
def test_the_dashboard_looks_the_same_whatever_the_platform_says_of_bare_elements(opened, name, width):
    page, address = opened(name, viewport={"width": width, "height": 900})
    alone, inside = (dress(page, address, frame).locator("#community").evaluate(MEASURED) for frame in (BARE, LMS_LIKE))
    assert len(alone) >= 5
    assert [(a, b) for a, b in zip(alone, inside, strict=True) if a != b] == []


@pytest.mark.parametrize("name", DASHBOARD + INVITER)
def test_it_is_legible_on_the_platforms_page_and_on_a_dark_one(opened, name):
    page, address = opened(name)
    paper = (SERVED / "lms_page.css").read_text() if name in INVITER else ""
    dress(page, address, LMS_LIKE + paper)
    page.locator("main").evaluate("main => { main.className += ' referral-frame' }")
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true }")
    for theme in ("", "indigo-dark-theme"):
        page.evaluate("theme => { document.body.className = theme }", theme)
        page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
        result = Axe().run(page, context="main", options=CONTRAST)
        assert result.violations_count == 0, result.generate_report()
    sizes = page.locator("main").evaluate(
        """main => [...main.querySelectorAll('*')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
             .filter(e => e.offsetParent).map(e => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert min(sizes) >= 14
    leaning = page.locator("main :is(label, h1, h2, p, a, button)").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).fontStyle !== 'normal').map(e => e.outerHTML.slice(0, 80))"
    )
    assert leaning == []


@pytest.mark.parametrize(
    ("name", "sheet", "root"),
    [(name, "**/community.css", "#community") for name in DASHBOARD]
    + [(name, "**/block.css*", ".referral") for name in INVITER],
)
def test_the_site_around_it_stays_as_it_is(opened, name, sheet, root):
    # Heights and what follows from them depend on how long our page is; everything else is compared.
    outside = f"""body => [...body.querySelectorAll('*')].filter(e => !e.closest('{root}') && !e.querySelector('{root}'))
        .map(e => e.tagName + e.className + JSON.stringify([...getComputedStyle(e)].map(n => getComputedStyle(e)[n])))"""
    page, address = opened(name)
    ours = dress(page, address, LMS_LIKE).locator("body").evaluate(outside)
    theirs = dress(page, address, LMS_LIKE, without=sheet).locator("body").evaluate(outside)
    assert len(ours) > 10
    assert [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b] == []
