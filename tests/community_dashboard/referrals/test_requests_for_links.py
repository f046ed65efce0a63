"""The list of everything that asked for a link: what it was and why, never who."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection

from referral_xblock.api import Selection, Verdict, list_requests
from referral_xblock.links.machines import recognise
from tests.community_dashboard.referrals.test_the_growth_page import rows_of

REASONS = ("preview", "", "crawler", "")
LIST = "growth/lists/requests/"


@pytest.fixture
def asked(grown, ask, now):
    """Two requests by machines and two not known, an hour apart, after the five by persons."""
    return [ask(now + timedelta(hours=number + 1), reason) for number, reason in enumerate(REASONS)]


def test_a_row_says_when_by_what_and_why(cast, client_of, community, asked):
    rows = rows_of(client_of(cast.ada).get(community + LIST).content.decode())
    assert rows[0] == "Time By Unit What it was Why"
    assert "Mastodon The course as a whole not known no sign either way" in rows[1]
    assert "Mastodon The course as a whole a machine a robot or a scanner" in rows[2]
    assert "Mastodon The course as a whole a machine a link preview" in rows[4]
    assert "Mastodon The course as a whole a person pressing join" in rows[5]
    assert len(rows) == 10
    assert re.match(r"March 2, 2026, .+ Mastodon", rows[9])


@pytest.mark.parametrize(("verdict", "count"), [("person", 5), ("machine", 2), ("unknown", 2)])
def test_one_verdict_is_asked_for_in_the_address(verdict, count, cast, client_of, community, asked):
    client = client_of(cast.ada)
    html = client.get(f"{community}{LIST}?verdict={verdict}").content.decode()
    assert len(rows_of(html)) == count + 1
    assert f'<option value="{verdict}" selected>' in html
    response = client.get(f"{community}growth/lists/requests.csv?verdict={verdict}")
    assert f"-by-{verdict}.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [row["verdict"] for row in rows] == [verdict] * count


@pytest.mark.parametrize("who", ["course staff", "data researcher", "global staff"])
def test_nothing_tells_who_asked(who, everybody, client_of, community, asked):
    client = client_of(everybody[who])
    file = b"".join(client.get(community + "growth/lists/requests.csv")).decode("utf-8-sig")
    assert file.splitlines()[0] == "created_at,network,unit,placement,verdict,reason"
    for text in (file, client.get(community + LIST).content.decode()):
        for hidden in ("a-secret-visitor", "chen", "Chen", "grown0", "asked", str(asked[0].link.code)):
            assert hidden not in text


def test_other_lists_do_not_ask_what_it_was(cast, client_of, community, asked):
    client = client_of(cast.ada)
    assert 'name="verdict"' in client.get(community + LIST).content.decode()
    assert 'name="verdict"' not in client.get(community + "growth/lists/enrolled/").content.decode()


@pytest.mark.parametrize("verdict", ["", "machine"])
def test_the_list_is_read_page_by_page(verdict, cast, client_of, community, asked, settings):
    client, pages = client_of(cast.ada), []
    url = f"{community}{LIST}?verdict={verdict}"
    whole = rows_of(client.get(url).content.decode())[1:]
    settings.COMMUNITY_PAGE_SIZE = 1
    while url:
        html = client.get(url).content.decode()
        pages += rows_of(html)[1:]
        following = re.search(r'href="(\?[^"]+)" rel="next"', html)
        url = community + LIST + unescape(following[1]) if following else None
    assert pages == whole
    assert len(whole) == (2 if verdict else 9)


def test_requests_of_one_moment_are_each_listed_once(course_key, ask, now):
    made = {ask(now, reason).id for reason in ("crawler", "", "preview", "", "", "crawler")}
    found, after = [], 0
    while rows := list_requests(course_key, Selection(), after=after, limit=2):
        found += [row.id for row in rows]
        after = rows[-1].id
    assert found == sorted(made, reverse=True)


def test_a_row_that_is_gone_ends_the_list(course_key, asked):
    assert list_requests(course_key, Selection(), after=asked[3].id)
    last = asked[3].id
    asked[3].delete()
    assert list_requests(course_key, Selection(), after=last) == []


@pytest.mark.parametrize(("verdict", "queries"), [(Verdict.MACHINE, 2), (None, 4)])
def test_a_page_costs_a_bounded_number_of_queries(verdict, queries, course_key, asked, django_assert_num_queries):
    with django_assert_num_queries(queries):
        list_requests(course_key, Selection(), verdict=verdict, after=asked[3].id, limit=50)


@pytest.mark.parametrize("after", [False, True])
def test_a_page_is_read_along_its_index(after, course_key, asked, django_assert_num_queries):
    if connection.vendor != "sqlite":
        pytest.skip("the plan is read as SQLite words it")
    with django_assert_num_queries(4 if after else 3) as read:
        list_requests(course_key, Selection(), after=asked[3].id if after else 0)
    with connection.cursor() as cursor:
        for query in read.captured_queries[-3:]:
            plan = str(cursor.execute("EXPLAIN QUERY PLAN " + query["sql"]).fetchall())
            assert "USING INDEX click_course_verdict (course_key=? AND verdict=?" in plan
            assert "TEMP B-TREE" not in plan


def test_every_reason_that_a_machine_can_have_has_words():
    from community_dashboard.referrals.words import SIGNS

    browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) {}/120.0.0.0 Safari/537.36"
    reasons = {
        recognise("HEAD", {}),
        recognise("GET", {"Sec-Purpose": "prefetch"}),
        recognise("GET", {"Sec-Fetch-Dest": "image"}),
        recognise("GET", {}),
        recognise("GET", {"User-Agent": "WhatsApp/2.23"}),
        recognise("GET", {"User-Agent": "curl/8.0"}),
        recognise("GET", {"User-Agent": browser.format("HeadlessChrome")}),
        recognise("GET", {"User-Agent": browser.format("Chrome")}),
    }
    assert len(reasons) == 8
    assert reasons | {"beacon", "join", "account"} == set(SIGNS)
