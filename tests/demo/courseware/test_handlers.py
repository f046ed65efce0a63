"""Handlers act as the person who is signed in, and as nobody else."""

from __future__ import annotations

import pytest
from completion.models import BlockCompletion
from django.test import Client

from demo.courseware.models import FieldValue


def submit(moss, block=None) -> str:
    """The handler with which a learner answers the question."""
    return f"/courses/{moss.key}/xblock/{block or moss.p1}/handler/submit"


def test_a_handler_acts_as_the_learner_who_is_signed_in(moss, people, client_of):
    client_of(people.chen).post(f"{submit(moss)}?student={people.bo.pk}", {"choice": "1", "user_id": str(people.bo.pk)})
    assert set(FieldValue.objects.values_list("user_key", flat=True)) == {str(people.chen.pk)}
    assert set(BlockCompletion.objects.values_list("user_id", flat=True)) == {people.chen.pk}


@pytest.mark.parametrize("name", ["dara", None])
def test_who_does_not_learn_here_is_refused(moss, people, client_of, name):
    browser = client_of(getattr(people, name) if name else None)
    assert browser.post(submit(moss), {"choice": "1"}).status_code == 403
    assert not FieldValue.objects.exists()


def test_a_stranger_does_not_learn_whether_a_course_exists(moss, people, client_of):
    there, not_there = (
        client_of(people.dara).post(path, {"choice": "1"})
        for path in (submit(moss), submit(moss).replace("course-v1:Test+Moss+2026", "course-v1:No+Such+Course"))
    )
    assert (there.status_code, not_there.status_code) == (403, 403)


def test_the_csrf_token_is_asked_for(moss, people):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.chen)
    assert browser.post(submit(moss), {"choice": "1"}).status_code == 403
    page = browser.get(f"/courses/{moss.key}/unit/{moss.u2}")
    token = page.cookies["csrftoken"].value
    assert browser.post(submit(moss), {"choice": "1"}, headers={"x-csrftoken": token}).status_code == 303
    assert FieldValue.objects.filter(user_key=str(people.chen.pk)).exists()


def test_get_reaches_a_handler_and_the_handler_decides(moss, people, client_of):
    assert client_of(people.chen).get(submit(moss)).status_code == 405


@pytest.mark.parametrize("name", ["student_view", "save", "__init__", "nothing", "publish"])
def test_only_handlers_can_be_called(moss, people, client_of, name):
    assert client_of(people.chen).post(submit(moss).replace("submit", name)).status_code == 404


def test_a_block_of_another_course_is_not_found(moss, people, client_of):
    other = str(moss.p1).replace("Moss", "Fern")
    assert client_of(people.chen).post(submit(moss, other)).status_code == 404


def test_settings_cannot_be_written_outside_studio(moss, people, client_of):
    path = submit(moss, moss.h1).replace("submit", "submit_studio_edits")
    for person in (people.chen, people.ada):
        assert client_of(person).post(path, {"display_name": "Taken", "data": "over"}).status_code == 403
    assert "Soft and" in client_of(people.chen).get(f"/courses/{moss.key}/unit/{moss.u1}").content.decode()


def test_a_handler_for_third_parties_acts_as_nobody(moss, people):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.chen)
    path = submit(moss).replace("/handler/", "/handler_noauth/")
    assert browser.post(path, {"choice": "1"}).status_code == 303
    assert not FieldValue.objects.exists()
    assert not BlockCompletion.objects.exists()


def test_odd_requests_are_no_server_errors(moss, people, client_of):
    browser = client_of(people.chen)
    assert browser.generic("POST", submit(moss), b"\xff\xfe\x00", content_type="application/json").status_code < 500
    assert browser.post(f"{submit(moss)}/{'x' * 10_000}").status_code < 500
    assert browser.get(f"{submit(moss)}?a={'x' * 10_000}").status_code == 405
    assert browser.generic("BREW", submit(moss)).status_code == 405
