"""The growth figures by REST."""

from __future__ import annotations

import pytest

from referral_xblock import api


def test_the_funnel_is_that_of_the_page(cast, client_of, rest, course_key, grown):
    found = client_of(cast.ada).get(rest + "funnel/").json()
    counted = api.funnel(course_key)
    assert [(step["stage"], step["people"]) for step in found["steps"]] == [(s.stage, s.people) for s in counted.steps]
    assert found["clicks"] == {"raw": 5, "machine": 0, "person": 5, "unknown": 0, "people": 5}
    assert found["breakdowns"]["week"][0]["key"] == "2026-W10"
    assert found["breakdowns"]["network"][0]["people"]["shown"] is None
    assert {(row["status"], row["reason"]) for row in found["uncounted"]} == {
        ("held", "suspicious"), ("not_credited", "staff"),
    }  # fmt: skip


def test_the_summary_has_both_estimates(cast, client_of, rest, grown):
    found = client_of(cast.ada).get(rest + "summary/").json()
    assert (found["enrolments"], found["inviters"], found["k"], found["extra"]) == (3, 1, None, None)


@pytest.mark.parametrize(("who", "named"), [("course staff", False), ("global staff", True)])
def test_user_names_are_for_those_who_may_have_files_with_names(who, named, everybody, client_of, rest, grown):
    client = client_of(everybody[who])
    journeys = client.get(rest + "journeys/").json()["results"]
    assert [row["username"] for row in journeys] == (["grown4", "grown3", "grown2"] if named else [None] * 3)
    [advocate] = client.get(rest + "advocates/").json()["results"]
    assert advocate == {"username": "chen" if named else None, "enrolled": 3, "active": 1, "completed": 0}


def test_journeys_are_read_page_by_page(cast, client_of, rest, grown, settings):
    settings.COMMUNITY_PAGE_SIZE = 2
    client, url, seen = client_of(cast.ada), rest + "journeys/?network=mastodon", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == 3
    assert seen == sorted(seen, reverse=True)


def test_journeys_are_asked_for_by_stage_and_status(cast, client_of, rest, grown):
    client = client_of(cast.ada)
    assert len(client.get(rest + "journeys/?stage=active").json()["results"]) == 1
    [held] = client.get(rest + "journeys/?status=held").json()["results"]
    assert (held["status"], held["reason"]) == ("held", "suspicious")
    assert client.get(rest + "journeys/?status=not_credited&reason=audience").json()["results"] == []


@pytest.mark.parametrize(
    "query",
    ["journeys/?stage=clicked", "journeys/?status=x", "journeys/?week=x", "funnel/?start=x", "advocates/?page=-1"],
)
def test_nonsense_is_answered_in_words(query, cast, client_of, rest):
    response = client_of(cast.ada).get(rest + query)
    assert response.status_code == 400
    assert all(isinstance(words, list) for words in response.json().values())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_figures_are_only_read(method, cast, client_of, rest):
    assert getattr(client_of(cast.ada), method)(rest + "funnel/").status_code == 405


def test_the_document_describes_these_addresses_and_no_others(cast, client_of):
    document = client_of(cast.ada).get("/community/api/v1/schema/").json()
    assert document["openapi"].startswith("3.")
    assert sorted(document["paths"]) == [
        f"/community/api/v1/courses/{{course}}/{name}/"
        for name in ("growth/advocates", "growth/funnel", "growth/journeys", "growth/summary", "learners")
    ]
    funnel = document["paths"]["/community/api/v1/courses/{course}/growth/funnel/"]["get"]
    assert {parameter["name"] for parameter in funnel["parameters"]} == {"course", "start", "end"}
    assert "steps" in document["components"]["schemas"]["Funnel"]["properties"]
