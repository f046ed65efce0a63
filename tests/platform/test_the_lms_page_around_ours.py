"""Our full pages in the frame that the LMS has for Django templates: its blocks title, headextra, body and bodyextra."""

import re
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path

import pytest

from demo.host import DemoHost
from referral_xblock.host.edx_platform import EdxPlatform


class HostInTheLms(DemoHost):
    """The demo's people and courses on the LMS's page."""

    def base_template(self):
        return EdxPlatform().base_template()


class Page(HTMLParser):
    """The elements of a page with their attributes, in order."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(autouse=True)
def _in_the_lms(settings):
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates", *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    settings.REFERRAL_HOST = f"{__name__}.HostInTheLms"


PAGES = {
    "overview": ("ada", "{course}"),
    "growth": ("ada", "{course}growth/"),
    "settings": ("ada", "{course}growth/settings/"),
    "no right": ("dara", "{course}"),
    "me": ("chen", "/community/me/"),
}


@pytest.fixture(params=PAGES)
def answer(request, cast, course_key, client_of):
    who, path = PAGES[request.param]
    return client_of(getattr(cast, who)).get(path.format(course=f"/community/courses/{course_key}/"))


def test_it_has_the_site_around_it_and_our_content_where_the_skip_link_leads(answer):
    text = answer.content.decode()
    page = Page(text)
    assert text.count("The site") == 2
    assert [attributes["id"] for attributes in page.all("main")] == ["main"]
    assert len(page.all("h1")) == 1
    assert text.index("<main") < text.index("<h1") < text.index("</main>") < text.index("wrapper-footer")
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1].strip()
    assert title and title != "Demo campus"


def test_its_stylesheet_stands_in_the_head_and_the_telephone_is_told_its_width(answer):
    text = answer.content.decode()
    page = Page(text)
    styles = [link["href"] for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert len(styles) == 2
    assert any("lms_page" in address for address in styles)
    assert text.rindex('rel="stylesheet"') < text.index("</head>")
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")


def test_it_adds_no_inline_script_or_style(answer):
    page = Page(answer.content.decode())
    assert all("src" in script for script in page.all("script"))
    assert page.all("style") == []
    for _tag, attributes in page.elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_it_speaks_the_language_of_its_reader(cast, client_of):
    answer = client_of(cast.chen).get("/community/me/", headers={"accept-language": "fr"})
    assert Page(answer.content.decode()).all("html") == [{"lang": "fr"}]
    assert "Mes invitations" in answer.content.decode()


def test_a_message_for_the_reader_is_shown_once(cast, course_key, client_of):
    browser = client_of(cast.ada)
    browser.post("/community/me/name/", {"shown_as": "Ada"})
    assert browser.get("/community/me/").content.decode().count("Your invitations now use this choice.") == 1
