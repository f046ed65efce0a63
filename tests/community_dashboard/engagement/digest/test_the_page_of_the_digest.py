"""The page of the weekly digest: its door, what it would tell, its switches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.digest.queries import is_on, stopped_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(course_key):
    return f"/community/courses/{course_key}/learners/digest/"


@pytest.mark.parametrize("who", ["stranger", "learner", "moderator", "staff of another course", "data researcher"])
def test_others_are_refused(who, everybody, client_of, page, course_key):
    assert client_of(everybody[who]).get(page).status_code == 403
    assert client_of(everybody[who]).post(page, {"course": "off"}).status_code == 403
    assert client_of(None).post(page, {"course": "off"}).status_code == 302
    assert is_on(course_key)


def test_it_shows_the_figures_of_last_week(cast, client_of, page, course_key, tell, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)  # no midnight comes in between
    monday = now - timedelta(days=now.weekday())
    tell([cast.chen], monday - timedelta(days=3))
    fill_course(course_key, now=now)
    html = client_of(cast.ada).get(page).content.decode()
    assert "About 1 learner was active" in html and "Segments today" in html and "Mentor material" in html
    assert "to 1 person." in html


def test_an_empty_course_says_what_will_appear(cast, client_of, page, course_key):
    from community_dashboard.models import Activity

    Activity.objects.filter(course_key=course_key).delete()
    html = client_of(cast.ada).get(page).content.decode()
    assert "No week to tell of yet" in html


def test_the_reader_and_the_course_have_each_a_switch(cast, client_of, page, course_key):
    client = client_of(cast.ada)
    assert client.post(page, {"mine": "stop"}).status_code == 303
    assert stopped_by(cast.ada.id, course_key) and "Send it to me again" in client.get(page).content.decode()
    client.post(page, {"mine": "want"})
    assert not stopped_by(cast.ada.id, course_key)
    client.post(page, {"course": "off"})
    html = client.get(page).content.decode()
    assert (
        not is_on(course_key)
        and "This course sends none" in html
        and "it was last switched, by <bdi>ada</bdi>." in html
    )
    client.post(page, {"course": "on"})
    assert is_on(course_key)


def test_a_site_that_sends_none_says_so(cast, client_of, page, settings):
    settings.COMMUNITY_WEEKLY_MINUTES = 0
    assert "This site sends no weekly digests." in client_of(cast.ada).get(page).content.decode()


def test_who_is_not_on_the_team_is_told_so(everybody, client_of, page):
    html = client_of(everybody["global staff"]).get(page).content.decode()
    assert "none is sent to you" in html and 'name="mine"' not in html


@pytest.mark.parametrize("data", [{}, {"mine": "x"}, {"course": "maybe"}, {"mine": ["stop", "x"]}])
def test_what_is_sent_wrongly_changes_nothing(data, cast, client_of, page, course_key):
    assert client_of(cast.ada).post(page, data).status_code == 303
    assert is_on(course_key) and not stopped_by(cast.ada.id, course_key)


def test_the_cost_is_bounded(cast, client_of, page, weeks, django_assert_max_num_queries):
    client = client_of(cast.ada)
    with django_assert_max_num_queries(45):
        client.get(page)
