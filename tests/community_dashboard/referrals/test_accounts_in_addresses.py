"""An account never stands in an address by its number."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.access.sealing import opened, sealed
from referral_xblock.sharing.models import Share
from tests.community_dashboard.referrals.test_the_growth_page import numbers_of, rows_of


def addresses(client, url):
    """The queries of every address on a page."""
    html = client.get(url).content.decode()
    return [parse_qs(urlsplit(unescape(address)).query) for address in re.findall(r'href="([^"]+)"', html)]


@pytest.mark.parametrize("page", ["growth/", "growth/lists/advocates/", "growth/lists/inviters/"])
def test_a_page_names_inviters_by_a_seal(page, cast, client_of, community, course_key, grown):
    seals = {seal for query in addresses(client_of(cast.ada), community + page) for seal in query.get("inviter", [])}
    assert seals
    assert {opened(seal, course_key) for seal in seals} == {cast.chen.id}
    assert not any(seal.isdigit() for seal in seals)


@pytest.mark.parametrize("field", ["inviter", "beyond"])
@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_a_seal_that_does_not_hold_is_refused_in_words(
    field, ending, cast, client_of, community, course_key, elsewhere, grown
):
    seal = sealed(cast.chen.id, course_key)
    for wrong in (str(cast.chen.id), seal[:-1], seal + "x", "a" + seal, sealed(cast.chen.id, elsewhere)):
        response = client_of(cast.ada).get(f"{community}growth/lists/enrolled{ending}", {field: wrong})
        assert response.status_code == 400
        words = "This address is damaged or was made for another course."
        assert response.content.decode().count(words) == 1


def test_the_active_inviters_are_read_page_by_page(cast, client_of, community, course_key, now, settings):
    settings.COMMUNITY_PAGE_SIZE = 2
    people = [get_user_model().objects.create(username=f"sharer{n}", email=f"s{n}@example.org") for n in range(5)]
    for number, user in enumerate(people):
        day = (now + timedelta(days=number)).date()
        Share.objects.create(user=user, course_key=course_key, channel="copy", day=day)
    client, url, seen, seals = client_of(cast.ada), "?", [], []
    while url is not None:
        html = client.get(community + "growth/lists/inviters/" + url).content.decode()
        seen += re.findall(r"(sharer\d)", html)
        following = re.search(r'href="(\?[^"]+)" rel="next"', html)
        url = unescape(following[1]) if following else None
        seals += parse_qs(url[1:])["beyond"] if url else []
    assert seen == [user.username for user in people]
    assert [opened(seal, course_key) for seal in seals] == [people[1].id, people[3].id]


def test_a_sealed_number_leads_to_its_rows_and_survives_the_filter(cast, client_of, community, grown):
    client = client_of(cast.ada)
    [url] = {
        url
        for text, url in numbers_of(client.get(community + "growth/").content.decode())
        if "inviter=" in url and text == "3"
    }
    html = client.get(url).content.decode()
    assert len(rows_of(html)) == 4
    assert "Only invitations by Chen Wei" in html
    assert f'name="inviter" value="{parse_qs(urlsplit(url).query)["inviter"][0]}"' in html
