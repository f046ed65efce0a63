"""Who saves or reads the list again and again is told to wait; nobody else is."""

from __future__ import annotations

import pytest
from django.utils import translation

from community_dashboard.engagement.learners import rest, views


@pytest.fixture
def at(monkeypatch):
    """`at(moment)`: that is what the time is when something is asked for."""

    def change(moment):
        for module in (views, rest):
            monkeypatch.setattr(module.timezone, "now", lambda: moment)

    return change


def test_files_of_all_kinds_count_together_and_a_sentence_says_when(
    school_class, page, cast, client_of, everybody, settings, at
):
    settings.COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES = 3
    at(school_class.at.replace(minute=3, second=20))
    client = client_of(cast.ada)
    for ending in ("csv", "json", "xlsx"):
        assert client.get(f"{page}learners.{ending}").status_code == 200
    response = client.get(f"{page}learners.csv")
    assert (response.status_code, response["Retry-After"]) == (429, "400")
    assert response.content.decode() == "You have saved many files in a short time. Please try again in 7 minutes."
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert client_of(everybody["data researcher"]).get(f"{page}learners.csv").status_code == 200
    at(school_class.at.replace(minute=10, second=0))
    assert client.get(f"{page}learners.csv").status_code == 200


def test_what_makes_no_sense_and_what_is_refused_is_not_counted(school_class, page, cast, client_of, settings):
    settings.COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES = 1
    client = client_of(cast.ada)
    assert client.get(f"{page}learners.csv?who=x").status_code == 400
    assert client.get(f"{page}learners.pdf").status_code == 404
    assert client.get(f"{page}learners.csv").status_code == 200
    assert client.get(f"{page}learners.csv").status_code == 429
    stranger = client_of(cast.dara)
    assert [stranger.get(f"{page}learners.csv").status_code for _ in range(3)] == [403] * 3


def test_the_last_minute_is_said_in_the_reader_s_language(school_class, page, cast, client_of, settings, at):
    settings.COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES = 1
    at(school_class.at.replace(minute=9, second=30))
    client = client_of(cast.ada)
    client.get(f"{page}learners.csv")
    assert client.get(f"{page}learners.csv").content.decode().endswith("try again in 1 minute.")
    with translation.override("fr"):
        words = client.get(f"{page}learners.csv", headers={"Accept-Language": "fr"}).content.decode()
    assert "1\u00a0minute" in words


def test_pages_by_rest_have_a_limit_of_their_own(school_class, page, course_key, cast, client_of, settings, at):
    settings.COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES = 1
    settings.COMMUNITY_LEARNER_PAGES_PER_TEN_MINUTES = 2
    at(school_class.at.replace(minute=3, second=20))
    client, address = client_of(cast.ada), f"/community/api/v1/courses/{course_key}/learners/"
    assert client.get(f"{page}learners.csv").status_code == 200
    assert client.get(address + "?who=x").status_code == 400
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    response = client.get(address)
    assert response["Retry-After"] == "400"
    assert "400" in response.json()["detail"]
    assert client.get(page).status_code == 200  # people turn pages as they like


def test_a_site_may_have_no_limit(school_class, page, course_key, cast, client_of, settings):
    settings.COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES = settings.COMMUNITY_LEARNER_PAGES_PER_TEN_MINUTES = 0
    client, address = client_of(cast.ada), f"/community/api/v1/courses/{course_key}/learners/"
    assert {client.get(f"{page}learners.csv").status_code for _ in range(33)} == {200}
    assert client.get(address).status_code == 200
