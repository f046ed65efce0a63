"""The growth page: its numbers, the lists behind them, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing

from referral_xblock import api
from tests.community_dashboard.conftest import grow


def rows_of(html: str) -> list[str]:
    """The text of each row of each table."""
    found = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in found]


def numbers_of(html: str) -> list[tuple[str, str]]:
    """Each figure in a table that links to a list, with its address."""
    return [
        (text, unescape(url))
        for url, text in re.findall(r'community-number"><a href="([^"]+)"><bdi>([^<]*)</bdi></a>', html)
    ]


def test_the_funnel_stands_on_the_page(cast, client_of, community, grown):
    html = client_of(cast.ada).get(community + "growth/").content.decode()
    rows = rows_of(html)
    for row in ("Saw the invitation 1", "Shared it 1 100 %", "Opened a link 5 5.0 for each", "Registered 3 60.0 %",
                "Enrolled 3 100 %", "Completed an activity 1 33.3 %", "Completed the course 0 0 %"):  # fmt: skip
        assert row in rows
    assert "Mastodon 1 5 3 3 1 0" in rows
    assert "March 2, 2026 1 1 5 3 3 1 0" in rows
    assert "to look at: looks as if it were nobody’s, or the inviter’s own 1" in rows
    assert "belongs to the course team 1" in rows
    assert "Chen Wei 3 1 0" in rows


def test_every_number_leads_to_a_list_with_as_many_rows(cast, client_of, community, grown, ask, now):
    for number, reason in enumerate(("preview", "crawler", "", "")):
        ask(now + timedelta(hours=number), reason)
    client = client_of(cast.ada)
    numbers = numbers_of(client.get(community + "growth/").content.decode())
    assert len(numbers) > 25
    for text, url in numbers:
        response = client.get(url)
        assert response.status_code == 200, url
        listed = max(0, len(re.findall(r"<tr>", response.content.decode())) - 1)
        assert listed == int(text), url
    requests = {url.partition("requests/")[2]: int(text) for text, url in numbers if "/lists/requests/" in url}
    assert requests == {"": 9, "?verdict=person": 5, "?verdict=machine": 2, "?verdict=unknown": 2}


def test_a_number_that_is_nought_leads_to_a_list_that_says_so(cast, client_of, community, grown):
    html = client_of(cast.ada).get(community + "growth/lists/completed/").content.decode()
    assert "Nobody here" in html


def test_an_empty_course_says_what_will_appear_and_what_to_do_first(cast, client_of, community):
    html = client_of(cast.ada).get(community + "growth/").content.decode()
    assert "Nothing to count yet" in html
    assert "add the invitation block to a unit in Studio" in html
    assert "<table>" not in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=2026-03-09&end=2026-03-02", "The last day lies before the first."),
        ("start=yesterday", "Enter a valid date."),
        ("end=9999-12-31", "Please choose a day between 2000 and 2100."),
    ],
)
def test_an_impossible_period_is_answered_in_words(query, said, cast, client_of, community, grown):
    response = client_of(cast.ada).get(community + "growth/?" + query)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert "<table>" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["week=2026-W99", "week=9999-W52", "network=nowhere", "reason=none", "inviter=x", "beyond=x", "after=-1", "page=0",
     "start=%00", "verdict=robot", "verdict=%00", "placement=" + "x" * 300, "inviter=99999999999999999999", "network=%FF"],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_a_list_asked_for_nonsense_says_so(query, ending, cast, client_of, community, grown):
    response = client_of(cast.ada).get(f"{community}growth/lists/enrolled{ending}?{query}")
    assert response.status_code == 400


def test_a_list_that_there_is_not_is_not_found(cast, client_of, community):
    assert client_of(cast.ada).get(community + "growth/lists/passwords/").status_code == 404
    assert client_of(cast.ada).get(community + "growth/lists/passwords.csv").status_code == 404


def test_a_period_holds_for_every_number(cast, client_of, community, grown):
    html = client_of(cast.ada).get(community + "growth/?start=2026-03-03").content.decode()
    assert "Nobody saw, shared or followed an invitation in this period." in html
    html = client_of(cast.ada).get(community + "growth/?start=2026-03-02&end=2026-03-02").content.decode()
    assert "Enrolled 3 100 %" in rows_of(html)


def test_a_list_is_read_page_by_page(cast, client_of, community, grown, settings):
    settings.COMMUNITY_PAGE_SIZE = 2
    client, url, seen = client_of(cast.ada), "?", []
    while url is not None:
        html = client.get(community + "growth/lists/enrolled/" + url).content.decode()
        seen += re.findall(r"(grown\d)", html)
        following = re.search(r'href="(\?[^"]+)" rel="next"', html)
        url = unescape(following[1]) if following else None
    assert seen == ["grown4", "grown3", "grown2"]


def test_nothing_of_one_course_stands_in_another(cast, client_of, everybody, elsewhere, grown):
    client = client_of(everybody["staff of another course"])
    for page in ("growth/", "growth/lists/enrolled/", "growth/lists/advocates/", "growth/lists/enrolled.csv"):
        response = client.get(f"/community/courses/{elsewhere}/{page}")
        text = b"".join(response).decode() if response.streaming else response.content.decode()
        assert response.status_code == 200
        assert "grown" not in text
        assert "Chen" not in text
    sealed = {"inviter": signing.dumps([cast.chen.id, str(elsewhere)], salt="growth.inviter")}
    foreign = client.get(f"/community/courses/{elsewhere}/growth/lists/enrolled/", sealed)
    assert "Nobody here" in foreign.content.decode()


def test_a_name_with_markup_stays_text(cast, client_of, community, grown):
    cast.chen.profile.name = "<script>alert(1)</script>"
    cast.chen.profile.save()
    html = client_of(cast.ada).get(community + "growth/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_page_costs_as_many_queries_for_ten_as_for_a_thousand(cast, client_of, community, course_key, now, ask):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        client = client_of(cast.ada)
        client.get(community + "growth/")  # the course and its policy are then in the cache
        counts = []
        for page in ("growth/", "growth/lists/enrolled/", "growth/lists/clicked/", "growth/lists/requests/",
                     "growth/lists/requests/?verdict=machine", "growth/lists/advocates/", ""):  # fmt: skip
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(community + page).status_code == 200
            counts.append(len(queries))
        return counts

    grow(cast, course_key, now, friends=10, code="ten")
    for number in range(10):
        ask(now + timedelta(seconds=number), "crawler")
    few = cost()
    grow(cast, course_key, now, friends=1000, code="thousand")
    for number in range(300):
        ask(now + timedelta(seconds=number), "crawler")
    assert cost() == few
    assert max(few) <= 40
    assert api.funnel(course_key).steps[4].people == 1006
