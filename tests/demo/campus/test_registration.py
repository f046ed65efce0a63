"""What registering sends, keeps and refuses."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import override_settings
from openedx_events.learning.signals import (
    COURSE_ENROLLMENT_CHANGED,
    COURSE_ENROLLMENT_CREATED,
    SESSION_LOGIN_COMPLETED,
    STUDENT_REGISTRATION_COMPLETED,
)
from openedx_filters import PipelineStep
from openedx_filters.learning.filters import StudentRegistrationRequested

from demo.campus import actions, queries

FORM = {"name": "Eli Nassar", "email": "Eli@Example.org", "username": "eli", "password": "meadow-and-hive-7"}


class Refuse(PipelineStep):
    """A plugin that lets nobody in; remembers what it was shown."""

    seen = None

    def run_filter(self, form_data):
        Refuse.seen = dict(form_data.items())
        raise StudentRegistrationRequested.PreventRegistration("Registration is closed today.", status_code=403)


def refuse_everybody():
    step = f"{__name__}.Refuse"
    pipeline = {StudentRegistrationRequested.filter_type: {"fail_silently": False, "pipeline": [step]}}
    return override_settings(OPEN_EDX_FILTERS_CONFIG=pipeline)


def test_a_new_account_is_signed_in_inactive_and_announced_once(db, client, heard):
    with heard(STUDENT_REGISTRATION_COMPLETED, SESSION_LOGIN_COMPLETED) as calls:
        answer = client.post("/register", FORM)
    assert answer.status_code == 302
    assert answer.url == "/register/check-mail"
    eli = get_user_model().objects.get(username="eli")
    assert client.session["_auth_user_id"] == str(eli.id)
    assert not eli.is_active
    [(signal, arguments)] = calls
    assert signal is STUDENT_REGISTRATION_COMPLETED
    user = arguments["user"]
    assert (user.id, user.is_active) == (eli.id, False)
    assert (user.pii.username, user.pii.email, user.pii.name) == ("eli", "eli@example.org", "Eli Nassar")


def test_the_receiver_sees_the_request_with_its_cookie_and_the_new_person(db, client):
    from crum import get_current_request

    seen = []

    def receiver(user, **_):
        request = get_current_request()
        seen.append((request.COOKIES.get("from_a_friend"), request.user.id == user.id))

    STUDENT_REGISTRATION_COMPLETED.connect(receiver)
    try:
        client.cookies["from_a_friend"] = "chen"
        client.post("/register", FORM)
    finally:
        STUDENT_REGISTRATION_COMPLETED.disconnect(receiver)
    assert seen == [("chen", True)]


@pytest.mark.django_db(transaction=True)
def test_registration_is_announced_outside_any_transaction(client):
    inside = []

    def receiver(**_):
        inside.append(connection.in_atomic_block)

    STUDENT_REGISTRATION_COMPLETED.connect(receiver)
    try:
        client.post("/register", FORM)
    finally:
        STUDENT_REGISTRATION_COMPLETED.disconnect(receiver)
    assert inside == [False]


def test_an_invited_address_is_enrolled_before_the_registration_is_announced(cast, course_key, client, heard, now):
    actions.enrol_somebody(identifier="ELI@example.org", course_key=course_key, by=cast.ada, now=now)
    signals = (COURSE_ENROLLMENT_CHANGED, COURSE_ENROLLMENT_CREATED, STUDENT_REGISTRATION_COMPLETED)
    with heard(*signals) as calls:
        client.post("/register", FORM)
    assert [signal for signal, _arguments in calls] == list(signals)
    eli = get_user_model().objects.get(username="eli")
    assert calls[1][1]["enrollment"].user.id == eli.id
    assert queries.is_enrolled(eli, course_key)


def test_an_invitation_enrols_one_account_only(cast, course_key, client, heard, now):
    actions.enrol_somebody(identifier="eli@example.org", course_key=course_key, by=cast.ada, now=now)
    client.post("/register", FORM)
    eli = get_user_model().objects.get(username="eli")
    actions.unenrol(user=eli, course_key=course_key, by=eli, now=now)
    with heard(COURSE_ENROLLMENT_CREATED) as calls:  # activation looks for invitations once more
        client.get(mail.outbox[0].body.split("http://testserver")[1].split()[0])
    assert calls == []


def test_a_plugin_may_refuse_and_never_sees_the_password(db, client, heard):
    with refuse_everybody(), heard(STUDENT_REGISTRATION_COMPLETED) as calls:
        answer = client.post("/register", FORM)
    assert answer.status_code == 422
    assert "Registration is closed today." in answer.content.decode()
    assert calls == []
    assert not get_user_model().objects.filter(username="eli").exists()
    assert {"username", "email", "name", "country", "honor_code"} <= set(Refuse.seen)
    assert "password" not in Refuse.seen


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "Chen", "This username is taken."),
        ("email", "CHEN@example.org", "There is an account with this e-mail address already."),
        ("username", "a b", "Enter a valid username."),
        ("email", "nowhere", "Enter a valid email address."),
        ("password", "short", "This password is too short."),
        ("name", "", "This field is required."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(cast, client, field, value, sentence):
    answer = client.post("/register", FORM | {field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert sentence in page
    assert not get_user_model().objects.filter(username="eli").exists()


def test_two_at_once_with_one_username_leave_one_account(cast, rf, now):
    request = rf.post("/register")
    request.session = {}
    with pytest.raises(actions.RegistrationRefusedError, match="taken"):
        actions.register(
            request=request, username="chen", email="new@example.org", name="New", password="meadow-7-hive", now=now
        )
    assert not get_user_model().objects.filter(email="new@example.org").exists()


def test_the_mail_leads_on_to_enrolment_and_then_to_the_place_that_was_wanted(db, client):
    client.post("/register?course_id=course-v1:A%2BB%2BC&enrollment_action=enroll&next=/r/abc/back%3Fs%3Dx", FORM)
    [message] = mail.outbox
    assert message.to == ["eli@example.org"]
    assert "http://testserver/activate/" in message.body
    assert "%2Faccount%2Ffinish_auth%3Fcourse_id%3Dcourse-v1%253AA%252BB%252BC" in message.body
    assert "%252Fr%252Fabc%252Fback%253Fs%253Dx" in message.body


@override_settings(EMAIL_BACKEND="demo.campus.outbox.DatabaseOutbox")
def test_the_demo_shows_its_mail_on_a_page_and_escapes_it(db, client):
    client.post("/register", FORM | {"name": "<script>alert(1)</script>"})
    page = client.get("/demo/outbox/").content.decode()
    assert "eli@example.org" in page
    assert '<a href="http://testserver/activate/' in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
