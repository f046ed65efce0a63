"""The charts in a real browser: drawn under the strict policy, chosen by address, with their numbers for who cannot see them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learned import list_of
from tests.browser.test_strict_content_policy import stricter

QUESTIONS = ("", "enrolment/", "progress/", "retention/", "community/", "countries/", "runs/")
DRAWN = ".chart-drawn > div > svg"


@pytest.fixture
def trends(site):
    """`trends("progress/")`: the address of a question."""
    return lambda question="", query="": f"{list_of(site)}trends/{question}{query}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_everything_is_drawn_under_the_strict_policy(trends, sign_in, question):
    page = sign_in("ada")

    page.route("**/*", stricter)
    warnings = []
    page.on("console", lambda message: warnings.append(message.text) if message.type in ("warning", "error") else None)
    page.goto(trends(question))
    page.wait_for_load_state("networkidle")
    waiting = page.locator("script[type='application/json'][id$='-data']").count()
    assert waiting or question == "countries/", (
        "in a course of sixty no country has ten people, everything else is drawn"
    )
    assert page.locator(DRAWN).count() == waiting
    # Moving over a drawing, making the window narrow and printing draw anew.
    for drawing in page.locator(DRAWN).all():
        box = drawing.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(media="print")
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint')) }")
    page.wait_for_timeout(150)
    assert page.locator(DRAWN).count() == waiting
    assert warnings == []  # a breach of the policy would be one; the fixture fails on it as well


def test_the_table_behind_a_chart_opens_by_keyboard(trends, sign_in):
    page = sign_in("ada")
    page.goto(trends("enrolment/"))
    figure = page.locator("figure.chart").first
    table = figure.locator("table")
    expect(table).to_be_hidden()
    figure.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/learners/\?.*joined=1"))


def test_who_cannot_see_a_drawing_hears_its_finding(trends, sign_in):
    page = sign_in("ada")
    page.goto(trends())
    for figure in page.locator("figure.chart").all():
        finding = figure.locator("h2").inner_text()
        drawing = figure.locator(".chart-drawing")
        assert drawing.get_attribute("role") == "img"
        assert drawing.get_attribute("aria-label") == finding
        names = figure.get_attribute("aria-labelledby").split()
        assert finding in [page.locator(f"#{name}").inner_text() for name in names]


def test_without_scripts_the_tables_are_open_and_nothing_is_missing(trends, sign_in):
    page = sign_in("ada", java_script_enabled=False)
    page.goto(trends())
    for figure in page.locator("figure.chart").all():
        expect(figure.locator("table")).to_be_visible()
        expect(figure.locator(".chart-drawing")).to_be_hidden()


def test_what_is_chosen_stands_in_the_address_and_a_link_shows_the_same(trends, sign_in):
    page = sign_in("ada")
    page.goto(trends())
    page.get_by_label("Segment").select_option("never-started")
    page.get_by_label("Only who enrolled in these days").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("segment=never-started"))
    assert "joined=" in page.url
    expect(page.get_by_role("heading", name="Nobody was active in this period.")).to_be_visible()
    page.get_by_role("link", name="Enrolment", exact=True).click()
    page.wait_for_url(re.compile(r"/trends/enrolment/\?.*segment=never-started"))
    said = page.locator("figure.chart h2").all_inner_texts()
    other = sign_in("ada")
    other.goto(page.url)
    assert other.locator("figure.chart h2").all_inner_texts() == said
    expect(other.get_by_label("Segment")).to_have_value("never-started")
    other.get_by_role("link", name="Back to the last eight weeks").click()
    expect(other.get_by_label("Segment")).to_have_value("")


def test_the_choosers_are_reached_by_keyboard_in_their_order(trends, sign_in):
    page = sign_in("ada")
    page.goto(trends())
    page.get_by_label("From", exact=True).focus()
    names = []
    for _turn in range(20):
        name = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        if name not in names:
            names.append(name)
        page.keyboard.press("Tab")
    order = [name for name in names if name in ("start", "end", "cohort", "mode", "segment", "joined", "Show")]
    assert order[:2] == ["start", "end"] and order[-3:] == ["segment", "joined", "Show"]


def test_a_day_that_cannot_be_is_said_beside_its_box(trends, sign_in):
    page = sign_in("ada")
    response = page.goto(trends(query="?start=2026-03-01&end=2026-02-01"))
    assert response.status == 400
    box = page.get_by_label("Until")
    expect(box).to_be_focused()
    assert (
        page.locator(f"#{box.get_attribute('aria-describedby')}").inner_text() == "The last day lies before the first."
    )


def test_right_to_left_time_runs_to_the_left(trends, sign_in):
    """The first bar stands at the right, and the names of the days of the week too."""
    page = sign_in("ada", locale="ar")
    page.goto(trends())
    assert page.locator("html").get_attribute("dir") == "rtl"
    left, right = page.locator(".chart-hours").evaluate(
        """figure => {
          const box = figure.querySelector('svg').getBoundingClientRect();
          const texts = [...figure.querySelectorAll('svg text')].map(t => t.getBoundingClientRect());
          const days = texts.filter(t => t.height && t.top > box.top + 20);
          return [Math.min(...days.map(t => t.left)) - box.left, box.right - Math.max(...days.map(t => t.right))];
        }"""
    )
    assert right < 40 < left


def test_numbers_are_written_as_the_page_writes_them(trends, sign_in):
    english, french = (sign_in("ada", locale=locale) for locale in ("en", "fr"))
    for page in (english, french):
        page.goto(trends())
    one, other = (page.locator(".chart-hours table td").all_text_contents() for page in (english, french))
    assert any("." in text for text in one) and not any("." in text for text in other)
    assert [text.replace(",", ".") for text in other] == one
