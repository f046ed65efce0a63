"""Our pages run under the strictest policy that the architecture promises, with every element in use."""

import pytest

from tests.browser.pages import PAGES, address_of, reader_of

STRICT = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_the_strict_policy(site, sign_in, profile, name):
    who = reader_of(name)
    page = sign_in(who) if who else profile()

    def stricter(route):
        response = route.fetch()
        headers = {key: value for key, value in response.headers.items() if key != "content-security-policy"}
        route.fulfill(response=response, headers=headers | {"content-security-policy": STRICT})

    page.route("**/*", stricter)
    page.goto(address_of(name, site))
    page.wait_for_load_state("networkidle")
    for details in page.locator("summary").all():
        if details.is_visible():
            details.click()
    # A breach is written to the console, which the fixture turns into a failure.
    page.wait_for_timeout(100)
