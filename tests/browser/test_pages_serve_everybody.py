"""Each page: no axe violation, no sideways scroll on a small telephone, also right-to-left and in a long language."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import PAGES, address_of, reader_of

TELEPHONE = {"width": 320, "height": 700}


@pytest.fixture
def opened(site, sign_in, profile):
    def open_page(name, **options):
        who = reader_of(name)
        page = sign_in(who, **options) if who else profile(**options)
        response = page.goto(address_of(name, site))
        assert response.status < 500
        return page

    return open_page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened, name, width):
    page = opened(name, viewport={"width": width, "height": 900})
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true }")
    result = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("locale", ["en", "fr", "eo", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_small_telephone(opened, name, locale):
    page = opened(name, viewport=TELEPHONE, locale=locale)
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
             .filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.right > innerWidth + 1 || r.left < -1) })
             .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert wide == []


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_its_language_and_direction(opened, name):
    page = opened(name, locale="ar")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("name", PAGES)
def test_one_main_heading_and_no_text_that_is_not_french(opened, name):
    page = opened(name, locale="fr")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_no_third_party_is_asked(site, sign_in, profile, name):
    who = reader_of(name)
    page = sign_in(who) if who else profile()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address_of(name, site))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
