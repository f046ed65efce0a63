"""Who opens the list, its files and one learner."""

from __future__ import annotations

import pytest

PEOPLE = [
    "visitor", "stranger", "learner", "moderator", "group moderator", "course staff", "staff of another course",
    "data researcher", "global staff",
]  # fmt: skip
TEAM = {"course staff", "global staff"}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_asks_who_it_is(who, everybody, client_of, school_class, page):
    client, one = client_of(everybody[who]), school_class.url(school_class.pupils[0])
    pages = {
        page: TEAM,
        one: TEAM,
        page + "unit/": TEAM,
        page + "post/thread/999999/": TEAM,
        **dict.fromkeys((page + "learners.csv", page + "learners.json"), TEAM | {"data researcher"}),
    }
    for address, readers in pages.items():
        response = client.get(address)
        expected = (
            302
            if who == "visitor"
            else 403
            if who not in readers
            else 404
            if "/unit/" in address or "/post/" in address
            else 200
        )
        assert response.status_code == expected, address
        assert expected == 404 or response["Cache-Control"] == "private, no-store"
    for part in ("notes/", "notes/1/remove/", "tags/", "tags/remove/"):
        response = client.post(one + part, {})
        assert response.status_code == (302 if who == "visitor" else 403) or who in TEAM
    assert client.post(page + "search/", {"text": "x"}).status_code == (
        302 if who == "visitor" else 303 if who in TEAM else 403
    )
    rest = f"/community/api/v1/courses/{school_class.course_key}/learners/"
    expected = 401 if who == "visitor" else 200 if who in TEAM | {"data researcher"} else 403
    assert client.get(rest).status_code == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_only_who_may_open_them_sees_them_in_the_navigation(who, everybody, client_of, community):
    text = client_of(everybody[who]).get(community, follow=True).content.decode()
    assert (f'href="{community}learners/"' in text) == (who in TEAM)


def test_acts_are_sent_by_post(school_class, client_of, cast, page):
    one = school_class.url(school_class.pupils[0])
    for address in (one + "notes/", one + "notes/1/remove/", one + "tags/", one + "tags/remove/", page + "search/"):
        assert client_of(cast.ada).get(address).status_code == 405


def test_a_form_from_another_site_changes_nothing(school_class, cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada)
    assert client.post(school_class.url(school_class.pupils[0]) + "notes/", {"text": "x"}).status_code == 403
