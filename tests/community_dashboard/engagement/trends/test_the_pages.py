"""The pages of trends: who may open them, what stands in their address, what they cost, how fresh they are."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.trends.outline import outline_of
from community_dashboard.engagement.trends.page import QUESTIONS, address_of, trends_page
from community_dashboard.models import FillError
from demo.courseware.models import Block
from tests.community_dashboard.engagement.trends.conftest import live_in, rows_of

PERIOD = "start=2026-01-12&end=2026-03-02"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("visitor", 302),
        ("stranger", 403),
        ("learner", 403),
        ("moderator", 403),
        ("group moderator", 403),
        ("staff of another course", 403),
        ("data researcher", 403),
        ("course staff", 200),
        ("global staff", 200),
    ],
)
def test_who_may_open_them(everybody, client_of, course_key, who, status):
    client = client_of(everybody[who])
    for question in QUESTIONS:
        response = client.get(address_of(course_key, question))
        assert response.status_code == status, question
        assert response["Cache-Control"] == "private, no-store"


def test_there_is_no_other_question(cast, client_of, community):
    client = client_of(cast.ada)
    assert client.get(community + "learners/trends/weather/").status_code == 404
    assert client.post(community + "learners/trends/").status_code == 405


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_course_without_anything_says_so(cast, client_of, course_key, question):
    response = client_of(cast.ada).get(address_of(course_key, question))
    html = response.content.decode()
    assert response.status_code == 200 and html.count("<h1>") == 1
    assert "chart-drawing" not in html and "<table" not in html
    assert "Nothing has been counted yet" in html


@pytest.mark.parametrize(
    "query",
    [
        "start=2026-02-30",
        "start=2026-03-01&end=2026-02-01",
        "cohort=77",
        "mode=x",
        "segment=x",
        "start=%00",
        "cohort=1e9",
    ],
)
@pytest.mark.parametrize("question", ["activity", "countries", "runs"])
def test_a_choice_that_cannot_be_is_400_with_a_sentence(cast, client_of, course_key, question, query):
    response = client_of(cast.ada).get(address_of(course_key, question) + "?" + query)
    html = response.content.decode()
    assert response.status_code == 400
    assert "Please put the choice right" in html
    assert "community-wrong" in html or "This address asks for something that is not there" in html


def test_the_choice_goes_along_to_the_other_questions(cast, client_of, lived_in):
    query = f"{PERIOD}&cohort={lived_in.cohort.id}&joined=1"
    html = client_of(cast.ada).get(address_of(lived_in.course_key, "activity") + "?" + query).content.decode()
    for question in QUESTIONS:
        assert f'href="{address_of(lived_in.course_key, question)}?{query.replace("&", "&amp;")}"' in html


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "runs"])
def test_the_page_shows_the_numbers_of_its_charts(cast, client_of, lived_in, question):
    """What is written is what `trends_page` says, and what is drawn has the same numbers."""
    response = client_of(cast.ada).get(f"{address_of(lived_in.course_key, question)}?{PERIOD}")
    html = response.content.decode()
    choice = response.context["form"].choice()
    page = trends_page(lived_in.course_key, choice, question, reader=cast.ada, now=response.context["form"].now)
    assert page.charts
    for chart in page.charts:
        figure = re.search(rf'<figure class="[^"]*chart-{chart.name}".*?</figure>', html, re.DOTALL).group()
        told = [re.findall(r"<bdi>([^<]*)</bdi>", row) for row in re.findall(r"<tr>(.*?)</tr>", figure, re.DOTALL)[1:]]
        expected = [[name.replace("'", "&#x27;"), *numbers] for name, numbers in rows_of(chart).items()]
        assert told == expected
        if chart.drawing:
            drawn = json.loads(re.search(r'application/json">(.*?)</script>', figure).group(1))
            assert drawn == json.loads(json.dumps(chart.drawing.data))


def test_no_page_asks_more_of_the_database_the_more_people_learn(cast, course_key, tiny_course, now):
    def asked_by(question):
        choice = Choice.usual(now.date())
        trends_page(course_key, choice, question, reader=cast.ada, now=now)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            trends_page(course_key, choice, question, reader=cast.ada, now=now)
        return len(queries)

    live_in(course_key, tiny_course.completable, people=4, now=now, seed=1, prefix="few")
    fill_course(course_key, now=now)
    few = {question: asked_by(question) for question in QUESTIONS}
    live_in(course_key, tiny_course.completable, people=60, now=now, seed=2, prefix="many")
    fill_course(course_key, now=now)
    assert {question: asked_by(question) for question in QUESTIONS} == few
    assert max(few.values()) <= 11


def test_a_narrowed_choice_costs_little_more(cast, lived_in, django_assert_max_num_queries):
    choice = Choice(lived_in.today - timedelta(days=40), lived_in.today, cohort=lived_in.cohort.id, segment="drifters")
    for question in QUESTIONS:
        with django_assert_max_num_queries(15):
            trends_page(lived_in.course_key, choice, question, reader=cast.ada, now=lived_in.now)


def test_the_outline_is_asked_for_once_in_ten_minutes(course_key, tiny_course, django_assert_num_queries):
    first = outline_of(course_key)
    assert [unit.title for unit in first] == ["Who visits a flower", "Inside the hive"]
    Block.objects.filter(usage_key=tiny_course.units[0]).update(display_name="Renamed")
    with django_assert_num_queries(0):
        assert outline_of(course_key) == first
    cache.clear()
    assert outline_of(course_key)[0].title == "Renamed"


def test_how_fresh_the_figures_are_and_what_is_missing(cast, client_of, lived_in):
    FillError.objects.create(course_key=lived_in.course_key, step="days", words="x", happened_at=lived_in.now)
    html = client_of(cast.ada).get(address_of(lived_in.course_key, "activity")).content.decode()
    assert re.search(r'Counted up to: <time datetime="2026-03-02T09:30:00', html)
    assert "1 part of the figures could not be counted and is tried again." in html


def test_numbers_lead_to_lists_of_as_many_people(cast, client_of, lived_in):
    """Of who enrolled, by week; and of who never started."""
    client = client_of(cast.ada)
    html = client.get(f"{address_of(lived_in.course_key, 'enrolment')}?{PERIOD}").content.decode()
    links = re.findall(r'<a href="(/community/[^"]*learners/\?[^"]*)"><bdi>(\d+)</bdi>', html)
    assert len(links) > 5
    for url, number in links:
        page = client.get(url.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<th scope="row">', page)) == int(number), url
