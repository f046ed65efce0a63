"""Every address of the dashboard, for every kind of reader."""

from __future__ import annotations

import re

import pytest

from community_dashboard.referrals.lists import COLUMNS

TEAM = {"course staff", "global staff"}
LEADING = TEAM | {"moderator", "group moderator"}
FILES = TEAM | {"data researcher"}
PEOPLE = [
    "visitor", "stranger", "learner", "moderator", "group moderator", "course staff", "staff of another course",
    "data researcher", "global staff",
]  # fmt: skip
PAGES = {
    "": LEADING,
    "growth/": TEAM,
    "growth/review/": TEAM,
    "growth/settings/": TEAM,
    "growth/settings/policy.json": TEAM,
    **{f"growth/lists/{name}/": TEAM for name in COLUMNS},
    **{f"growth/lists/{name}.csv": FILES for name in COLUMNS},
}
REST = ["funnel/", "summary/", "advocates/", "journeys/"]
POSTS = [
    "growth/review/", "growth/review/1/undo/",
    "growth/settings/", "growth/settings/import/", "growth/settings/links/", "growth/settings/links/1/",
]  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_each_page_opens_for_whom_it_is_meant(who, everybody, client_of, community, grown):
    client = client_of(everybody[who])
    for page, readers in PAGES.items():
        response = client.get(community + page)
        if who == "visitor":
            assert response.status_code == 302, page
            assert response["Location"].startswith("http://testserver/login?next=%2Fcommunity%2Fcourses%2F"), page
        else:
            assert response.status_code == (200 if who in readers else 403), page
        assert response["Cache-Control"] == "private, no-store", page


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("page", POSTS)
def test_nobody_else_changes_the_settings(who, page, everybody, client_of, community):
    response = client_of(everybody[who]).post(community + page, {})
    if who == "visitor":
        assert response.status_code == 302
    elif who in TEAM:
        assert response.status_code in (400, 404)  # an empty form; no such link
    else:
        assert response.status_code == 403


@pytest.mark.parametrize("who", PEOPLE)
def test_each_rest_address_answers_whom_it_is_meant_for(who, everybody, client_of, rest, grown):
    expected = {"visitor": 401, **dict.fromkeys(TEAM, 200)}.get(who, 403)
    client = client_of(everybody[who])
    for address in REST:
        response = client.get(rest + address)
        assert response.status_code == expected, address
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Type"] == "application/json"
    assert client.get("/community/api/v1/schema/").status_code == (401 if who == "visitor" else 200)


@pytest.mark.parametrize(
    "page", ["", "growth/", "growth/settings/", "growth/lists/enrolled/", "growth/lists/enrolled.csv"]
)
def test_a_refusal_does_not_tell_whether_the_course_exists(page, cast, client_of, community, course_key):
    client = client_of(cast.dara)

    def refusal(course):
        response = client.get(community.replace(str(course_key), course) + page)
        assert response.status_code == 403
        text = response.content.decode().replace(course, "COURSE")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)

    assert refusal(str(course_key)) == refusal("course-v1:No+Such+Course") == refusal("no-course-at-all")


@pytest.mark.parametrize("course", ["course-v1:No+Such+Course", "no-course-at-all"])
def test_a_rest_refusal_does_not_tell_either(course, cast, client_of, rest, course_key):
    client = client_of(cast.dara)
    there, not_there = client.get(rest + "funnel/"), client.get(rest.replace(str(course_key), course) + "funnel/")
    assert (there.status_code, there.content) == (not_there.status_code, not_there.content) == (403, there.content)


def test_whoever_might_open_every_course_is_told_that_there_is_none(everybody, client_of):
    client = client_of(everybody["global staff"])
    assert client.get("/community/courses/course-v1:No+Such+Course/growth/").status_code == 404
    assert client.get("/community/api/v1/courses/course-v1:No+Such+Course/growth/funnel/").status_code == 404


def test_a_plus_may_be_written_as_it_is_or_escaped(cast, client_of, community, rest):
    client = client_of(cast.ada)
    for address in (community, community + "growth/", rest + "funnel/"):
        assert client.get(address).status_code == 200
        assert client.get(address.replace("+", "%2B")).status_code == 200


def test_a_forged_token_is_not_signed_in(client_of, rest):
    response = client_of(None).get(rest + "funnel/", headers={"authorization": "JWT not.a.token"})
    assert response.status_code == 401


def test_a_form_from_another_site_changes_nothing(cast, community):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada)
    assert client.post(community + "growth/settings/links/", {"code": "spring"}).status_code == 403
