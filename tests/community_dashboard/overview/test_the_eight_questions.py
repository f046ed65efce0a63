"""The overview: eight questions in their order, each for those who may open it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.referrals.findings import of_change
from tests.community_dashboard.conftest import grow

ALL = ["burns", "waits", "mine", "broke", "drifts", "goes_out", "shines", "works"]


def questions(client, community):
    return re.findall(r'<li[^>]* id="(\w+)"', client.get(community).content.decode())


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("course staff", ALL),
        ("global staff", ALL),
        ("moderator", ["burns", "waits", "mine", "broke", "shines"]),
        ("group moderator", ["burns", "waits", "mine", "broke", "shines"]),
    ],
)
def test_each_reader_sees_the_questions_they_may_open_in_order(who, expected, everybody, client_of, community):
    assert questions(client_of(everybody[who]), community) == expected


def last_week():
    """A moment in the middle of the last whole week."""
    today = timezone.now().replace(hour=12)
    return today - timedelta(days=today.weekday() + 4)


def test_last_week_stands_against_the_week_before(cast, client_of, community, course_key):
    grow(cast, course_key, last_week(), friends=7, code="late")
    grow(cast, course_key, last_week() - timedelta(days=7), friends=5, code="soon")
    html = " ".join(client_of(cast.ada).get(community).content.decode().split())
    assert '<strong class="community-figure">5</strong>' in html
    assert "people enrolled through an invitation last week, 2 more than the week before." in html
    assert "enrolments brought by Chen Wei last week: nobody brought more." in html
    [address] = re.findall(r'id="works">.*?href="([^"]+)"', html)
    assert len(re.findall("<tr>", client_of(cast.ada).get(address).content.decode())) == 6


def test_thousands_stand_apart_on_a_card(cast, client_of, community, course_key):
    grow(cast, course_key, last_week(), friends=1002)
    html = client_of(cast.ada).get(community).content.decode()
    assert html.count('<strong class="community-figure">1,000</strong>') == 2


def test_what_has_an_answer_stands_first_and_the_rest_in_a_short_list(cast, client_of, community, course_key):
    grow(cast, course_key, last_week(), friends=5)
    client = client_of(cast.ada)
    unanswered = [key for key in ALL if key not in ("shines", "works")]
    assert questions(client, community) == ["shines", "works", *unanswered]
    before, _heading, after = client.get(community).content.decode().partition("Not yet here")
    assert before.count("community-figure") == 2
    assert "community-figure" not in after


def test_a_moderator_is_not_told_the_course_teams_figures(cast, client_of, community, course_key):
    grow(cast, course_key, last_week(), friends=7)
    html = client_of(cast.bo).get(community).content.decode()
    assert "Chen" not in html
    assert "community-figure" not in html
    assert "growth/" not in html


def test_an_empty_course_says_what_will_appear_and_what_to_do_first(cast, client_of, community):
    html = client_of(cast.ada).get(community).content.decode()
    assert "First, add the invitation block to a unit in Studio." in html
    assert html.count("will appear here") == 8


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (3, 3, "as many as the week before"),
        (0, 12, "12 fewer than the week before"),
        (1200, 0, "1,200 more than the week before"),
    ],
)
def test_a_change_is_said_in_words(now, before, words):
    assert of_change(now, before) == words
