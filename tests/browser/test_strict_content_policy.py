"""Our pages run under the strictest policy that the architecture promises, with every element in use, and ask nobody else."""

import pytest

from tests.browser.pages import PAGES, address_of, reader_of

pytestmark = pytest.mark.pages
STRICT = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"


def stricter(route):
    """Gives a page the strictest policy; what it loads passes."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    response = route.fetch()
    headers = {key: value for key, value in response.headers.items() if key != "content-security-policy"}
    route.fulfill(response=response, headers=headers | {"content-security-policy": STRICT})


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_the_strict_policy(site, reader, name):
    page, asked = reader(reader_of(name)), []
    page.unroute_all()
    page.route("**/*", stricter)

    def note(request):
        asked.append(request.url)

    page.on("request", note)
    page.goto(address_of(name, site))
    page.wait_for_load_state("networkidle")
    for details in page.locator("summary").all():
        if details.is_visible():
            details.click()
    # A breach is written to the console, which the fixture turns into a failure.
    page.wait_for_timeout(100)
    page.remove_listener("request", note)
    assert asked
    assert [url for url in asked if not url.startswith((site.url + "/", "data:"))] == []
