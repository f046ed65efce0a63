"""The link in the mail, on this device and on another."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED, SESSION_LOGIN_COMPLETED

from demo.campus import queries

FORM = {"name": "Eli Nassar", "email": "eli@example.org", "username": "eli", "password": "meadow-and-hive-7"}


@pytest.fixture
def link(course_key, client):
    """The path in the mail, after registering in `client` on the way to the course."""
    key = str(course_key).replace("+", "%2B")
    client.post(f"/register?course_id={key}&enrollment_action=enroll&next=/courses/x/?from=mail", FORM)
    return mail.outbox[0].body.split("http://testserver")[1].split()[0]


def test_another_device_is_signed_in_enrolled_and_led_on(link, course_key, client_of, heard):
    phone = client_of()
    with heard(SESSION_LOGIN_COMPLETED, COURSE_ENROLLMENT_CREATED) as calls:
        activated = phone.get(link)
        assert activated.status_code == 303
        assert activated.url.startswith("/account/finish_auth?")
        enrolled = phone.get(activated.url)
    assert (enrolled.status_code, enrolled.url) == (303, "/courses/x/?from=mail")
    assert [signal for signal, _arguments in calls] == [SESSION_LOGIN_COMPLETED, COURSE_ENROLLMENT_CREATED]
    eli = get_user_model().objects.get(username="eli")
    assert eli.is_active
    assert queries.is_enrolled(eli, course_key)


def test_the_same_device_is_not_signed_in_twice(link, client, heard):
    with heard(SESSION_LOGIN_COMPLETED) as calls:
        assert client.get(link).status_code == 303
    assert calls == []


def test_nobody_enrols_before_activation(link, course_key, client):
    answer = client.get(f"/account/finish_auth?course_id={course_key}&enrollment_action=enroll".replace("+", "%2B"))
    assert answer.url == "/register/check-mail"
    assert not queries.is_enrolled(get_user_model().objects.get(username="eli"), course_key)
    assert "eli@example.org" in client.get(answer.url).content.decode()


def test_a_used_link_signs_nobody_in_but_keeps_the_way_on(link, client_of):
    client_of().get(link)
    stranger = client_of()
    answer = stranger.get(link)
    assert answer.url.startswith("/login?next=%2Faccount%2Ffinish_auth")
    assert "_auth_user_id" not in stranger.session


def test_a_used_link_still_leads_its_owner_on(link, client):
    client.get(link)
    again = client.get(link)
    assert again.url.startswith("/account/finish_auth?")


def test_a_link_without_its_query_remembers_where_to_go(link, client_of):
    assert client_of().get(link.partition("?")[0]).url.startswith("/account/finish_auth?course_id=")


def test_an_unknown_key_says_what_to_do(db, client):
    answer = client.get("/activate/no-such-key")
    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()


def test_looking_without_opening_activates_nobody(link, client_of):
    assert client_of().head(link).status_code == 405
    assert not get_user_model().objects.get(username="eli").is_active
