"""The list by REST."""

from __future__ import annotations

import pytest

from community_dashboard.activity.rollup import people
from community_dashboard.activity.rollup.choosing import EVERYBODY
from community_dashboard.engagement.learners.actions import add_tag


@pytest.fixture
def address(course_key) -> str:
    """The address of the list."""
    return f"/community/api/v1/courses/{course_key}/learners/"


def test_it_goes_on_by_its_cursor_until_everybody_was_told_once(school_class, address, cast, client_of, settings):
    settings.COMMUNITY_PAGE_SIZE = 4
    client, told, url = client_of(cast.ada), [], address + "?who=all&sort=posts"
    while url:
        answer = client.get(url).json()
        told += answer["results"]
        url = answer["next"]
    number = people.count(school_class.course_key, EVERYBODY, now=school_class.at)
    assert len(told) == len({row["user_id"] for row in told}) == answer["count"] == number
    assert [row["posts"] for row in told] == sorted((row["posts"] for row in told), reverse=True)


def test_names_are_for_who_may_have_them(school_class, address, cast, everybody, client_of):
    add_tag(
        by=cast.ada,
        course_key=school_class.course_key,
        user_id=school_class.pupils[2].id,
        label="Two",
        now=school_class.at,
    )
    row = client_of(cast.ada).get(address).json()["results"][2]
    assert (row["username"], row["name"], row["email"], row["tags"]) == (None, None, None, None)
    row = client_of(everybody["data researcher"]).get(address).json()["results"][2]
    assert (row["username"], row["email"], row["tags"]) == ("pupil02", "pupil02@example.org", ["Two"])
    assert row["posts"] == 2 and row["risk"] is None


def test_filters_are_those_of_the_page(school_class, address, cast, client_of):
    answer = client_of(cast.ada).get(address + "?segment=never-started").json()
    assert {row["user_id"] for row in answer["results"]} >= {school_class.pupils[10].id, school_class.pupils[11].id}
    assert client_of(cast.ada).get(address + "?who=left").json()["results"] == []


@pytest.mark.parametrize("query", ["who=x", "sort=name", "segment=x", "after=x", "cohort=x"])
def test_what_makes_no_sense_is_a_sentence(school_class, address, cast, client_of, query):
    response = client_of(cast.ada).get(f"{address}?{query}")
    assert response.status_code == 400
    assert response.json()[query.partition("=")[0]]


def test_a_cursor_of_another_order_is_none(school_class, address, cast, client_of, settings):
    settings.COMMUNITY_PAGE_SIZE = 2
    url = client_of(cast.ada).get(address + "?sort=posts").json()["next"]
    assert client_of(cast.ada).get(url.replace("sort=posts", "sort=grade")).status_code == 400


def test_it_stands_in_the_schema(cast, client_of):
    document = client_of(cast.ada).get("/community/api/v1/schema/", headers={"accept": "application/json"}).json()
    (found,) = (path for path in document["paths"] if path.endswith("/learners/"))
    assert document["paths"][found]["get"]["operationId"] == "learners"
    assert any(path.endswith("/growth/funnel/") for path in document["paths"])


@pytest.mark.parametrize(("size", "queries"), [(2, 40), (50, 40)])
def test_as_many_queries_for_many(
    school_class, address, everybody, client_of, settings, size, queries, django_assert_max_num_queries
):
    settings.COMMUNITY_PAGE_SIZE = size
    client = client_of(everybody["data researcher"])
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code == 200
