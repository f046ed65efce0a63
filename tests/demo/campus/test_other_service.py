"""Signing in through another service whose pages lose the query string."""

import pytest
from django.contrib.auth import get_user_model
from openedx_events.learning.signals import (
    COURSE_ENROLLMENT_CREATED,
    SESSION_LOGIN_COMPLETED,
    STUDENT_REGISTRATION_COMPLETED,
)

from demo.campus import queries

PERSON = {"name": "Eli Nassar", "email": "eli@example.org"}


@pytest.fixture
def start(course_key):
    """Where the register page sends somebody who wants into the course and then to a certain place."""
    key = str(course_key).replace("+", "%2B")
    return f"/sso/university/start?course_id={key}&enrollment_action=enroll&next=/r/abc/back%3Fs%3Dx"


def walk(browser, start, person=PERSON):
    """From the button to the callback's answer."""
    provider = browser.get(start)
    assert "next" not in provider.url.replace("/sign-in", "")
    assert "course" not in provider.url
    back = browser.post(provider.url, person)
    assert back.status_code == 303
    return browser.get(back.url)


def test_a_newcomer_is_registered_active_enrolled_and_led_on(start, course_key, client, heard):
    with heard(STUDENT_REGISTRATION_COMPLETED, SESSION_LOGIN_COMPLETED, COURSE_ENROLLMENT_CREATED) as calls:
        registered = walk(client, start)
        enrolled = client.get(registered.url)
    assert enrolled.url == "/r/abc/back?s=x"
    assert [signal for signal, _arguments in calls] == [STUDENT_REGISTRATION_COMPLETED, COURSE_ENROLLMENT_CREATED]
    assert calls[0][1]["user"].is_active
    eli = get_user_model().objects.get(email="eli@example.org")
    assert not eli.has_usable_password()
    assert queries.is_enrolled(eli, course_key)


def test_somebody_known_is_signed_in_and_not_registered_again(start, client, client_of, heard):
    walk(client, start)
    with heard(STUDENT_REGISTRATION_COMPLETED, SESSION_LOGIN_COMPLETED) as calls:
        walk(client_of(), start)
    assert [signal for signal, _arguments in calls] == [SESSION_LOGIN_COMPLETED]
    assert get_user_model().objects.filter(email="eli@example.org").count() == 1


def test_an_address_alone_does_not_open_an_account_with_a_password(cast, start, client):
    answer = walk(client, start, {"name": "Not Chen", "email": "chen@example.org"})
    assert answer.status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_state_from_another_browser_is_refused(start, client, client_of):
    provider = client.get(start)
    back = client.post(provider.url, PERSON)
    victim = client_of()
    assert victim.get(back.url).status_code == 400
    assert "_auth_user_id" not in victim.session


def test_a_state_works_once(start, client):
    provider = client.get(start)
    back = client.post(provider.url, PERSON)
    assert client.get(back.url).status_code == 303
    assert client.get(back.url).status_code == 400


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?state=&code="])
def test_a_callback_without_its_state_says_what_to_do(db, client, query):
    answer = client.get(f"/sso/university/callback{query}")
    assert answer.status_code == 400
    assert "Please begin again." in answer.content.decode()


def test_an_unknown_service_is_not_there(db, client):
    for page in ("start", "sign-in", "callback"):
        assert client.get(f"/sso/elsewhere/{page}").status_code == 404


def test_two_people_of_one_name_get_two_usernames(db, client_of):
    for email in ("one@example.org", "two@example.org"):
        walk(client_of(), "/sso/university/start", {"name": "Eli Nassar", "email": email})
    assert (
        len(
            {
                user.username
                for user in get_user_model().objects.filter(email__in=["one@example.org", "two@example.org"])
            }
        )
        == 2
    )
