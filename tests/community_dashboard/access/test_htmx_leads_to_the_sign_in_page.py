"""Whoever's session ended while a page was open is led away from it by htmx; no part of it becomes the sign-in page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter

# REST, and links in mails that work without a session, have doors of their own; no page asks them by htmx.
OTHER_DOORS = ("api_", "schema", "moderation_phone", "stop_digest", "stop_weekly_digest")


ELSEWHERE = [
    "https://evil.example/community/",
    "//evil.example/",
    "http://testserver//evil.example/",
    "http://testserver/\\evil.example/",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "http://[",
    "",
]


def pages() -> list[tuple[str, dict[str, Any]]]:
    """Every address behind the door by name, with values for it: also those that a template hands to htmx tomorrow."""
    _prefix, resolver = get_resolver().namespace_dict["community_dashboard"]
    return [
        (name, {one: 1 if isinstance(kind, IntConverter) else "x" for one, kind in way[3].items()})
        for name in resolver.reverse_dict
        if isinstance(name, str) and not name.startswith(OTHER_DOORS)
        for way in resolver.reverse_dict.getlist(name)
    ]


def asked(client, way, address, page):
    headers = {"HTTP_HX_REQUEST": "true"} | ({"HTTP_HX_CURRENT_URL": page} if page else {})
    return getattr(client, way)(address, **headers)


def led_to(response):
    """The path on which the sign-in page goes on; the answer itself holds nothing that could be put into a page."""
    assert (response.status_code, response.content) == (401, b"")
    assert response["WWW-Authenticate"] == "Session"
    assert response["Cache-Control"] == "private, no-store"
    sign_in = urlsplit(response["HX-Redirect"])
    assert (sign_in.netloc, sign_in.path) == ("testserver", "/login")
    return parse_qs(sign_in.query)["next"][0]


@pytest.mark.parametrize("way", ["get", "post"])
def test_every_page_leads_back_to_where_its_reader_was(client, db, course_key, way):
    page = f"/community/courses/{course_key}/moderation/?kind=flagged&who=all"
    found = pages()
    assert {"learners", "moderation_decide", "moderation_hold", "moderation_undo", "bulk_job"} <= dict(found).keys()
    for name, values in found:
        values |= {"course": str(course_key)} if "course" in values else {}
        address = reverse(f"community_dashboard:{name}", kwargs=values)
        assert led_to(asked(client, way, address, f"http://testserver{page}#list")) == page, name


@pytest.mark.parametrize("page", ELSEWHERE)
def test_a_page_of_elsewhere_is_not_gone_back_to(client, db, course_key, page):
    address = reverse("community_dashboard:learners", args=[str(course_key)]) + "?who=all"
    assert led_to(asked(client, "get", address, page)) == address


def test_a_page_that_was_safe_is_not_gone_back_to_unsafely(client, db, course_key):
    address = reverse("community_dashboard:learners", args=[str(course_key)])
    response = client.get(
        address, secure=True, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/x/"}
    )
    assert parse_qs(urlsplit(response["HX-Redirect"]).query)["next"] == [address]


def test_a_person_s_own_page_does_the_same(client, db, course_key):
    address = reverse("community_dashboard:my_appeal", args=[str(course_key), 1])
    assert led_to(asked(client, "get", address, f"http://testserver{address}?part=1")) == f"{address}?part=1"


def test_who_is_signed_in_without_the_right_is_refused_as_before(client_of, cast, course_key):
    address = reverse("community_dashboard:learners", args=[str(course_key)])
    response = asked(client_of(cast.dara), "get", address, f"http://testserver{address}")
    assert response.status_code == 403
    assert "HX-Redirect" not in response


def test_another_request_is_redirected_as_before(client, db, course_key):
    address = reverse("community_dashboard:learners", args=[str(course_key)])
    response = client.get(address, headers={"HX-Current-URL": "http://testserver/elsewhere/"})
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query)["next"] == [address]
