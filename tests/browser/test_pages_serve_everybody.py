"""Each page: no axe violation, no sideways scroll on a small telephone, in each language and direction.

A page is opened once for each language, and once for axe in two widths: opening it is what takes the time.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import PAGES, address_of, reader_of

pytestmark = pytest.mark.pages
TELEPHONE = {"width": 320, "height": 700}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def opened(site, reader):
    """`opened(name)` opens a page."""

    def open_page(name, **options):
        page = reader(reader_of(name), **options)
        assert page.goto(address_of(name, site)).status < 500
        return page

    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_desk_and_on_a_telephone(opened, name):
    page = opened(name, viewport={"width": 1280, "height": 900})
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for details in page.locator("details").all():
            details.evaluate("element => { element.open = true }")
        result = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        assert result.violations_count == 0, f"{width}: {result.generate_report()}"


@pytest.mark.parametrize("locale", ["en", "fr", "eo", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_on_a_small_telephone_in_each_language(opened, name, locale):
    page = opened(name, viewport=TELEPHONE, locale=locale)
    html = page.locator("html")
    assert html.get_attribute("lang") == locale
    assert (html.get_attribute("dir") or "ltr") == ("rtl" if locale == "ar" else "ltr")
    assert page.locator("h1").count() == 1
    if page.locator("figure.chart").count():  # drawn a moment later
        page.wait_for_load_state("networkidle")
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
             .filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.right > innerWidth + 1 || r.left < -1) })
             .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert wide == []
