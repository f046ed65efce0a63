"""The bar above a course shows what plugins bring, as the platform's does."""

import re

import pytest


@pytest.fixture
def bar(cast, tiny_course, client_of):
    """`bar("ada", "home")` is the bar's links as (address, words, whether it is this page)."""

    def read(who, page):
        home = f"/courses/{tiny_course.course_key}/"
        path = home if page == "home" else f"{home}unit/{tiny_course.units[0]}"
        text = client_of(getattr(cast, who)).get(path).content.decode()
        found = re.search(r'<nav class="campus-tabs".*?</nav>', text, re.DOTALL)
        links = re.findall(r'<a href="([^"]*)"( aria-current="page")?>([^<]*)</a>', found[0]) if found else []
        return [(address, words, bool(current)) for address, current, words in links]

    return read


@pytest.mark.parametrize("who", ["ada", "bo"])
def test_the_team_and_the_moderators_come_to_the_dashboard_by_it(who, bar, course_key):
    course, talk = f"/courses/{course_key}/", f"/courses/{course_key}/discussion/"
    community = f"/community/courses/{course_key}/"
    assert bar(who, "home") == [(course, "Course", True), (talk, "Discussion", False), (community, "Community", False)]
    if who == "bo":
        assert [title for _url, title, _here in bar(who, "unit")] == ["Course", "Discussion", "Community"]


def test_a_learner_comes_to_the_course_and_its_discussion(bar):
    assert [title for _url, title, _here in bar("chen", "home")] == ["Course", "Discussion"]
    assert [title for _url, title, _here in bar("chen", "unit")] == ["Course", "Discussion"]


def test_the_tools_stand_beside_the_description(cast, course_key, client_of):
    link = f'<a href="/community/courses/{course_key}/">Community</a>'
    home = f"/courses/{course_key}/"
    assert client_of(cast.bo).get(home).content.decode().count(link) == 2
    assert link not in client_of(cast.chen).get(home).content.decode()


def test_a_tab_that_is_switched_off_leaves_the_tool(cast, course_key, client_of, settings):
    settings.COMMUNITY_SHOW_COURSE_TAB = False
    page = client_of(cast.ada).get(f"/courses/{course_key}/").content.decode()
    assert "Community" not in page[page.index("campus-tabs") : page.index("</nav>", page.index("campus-tabs"))]
    assert page.count(f'href="/community/courses/{course_key}/"') == 1
