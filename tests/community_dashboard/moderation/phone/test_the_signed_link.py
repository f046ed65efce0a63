"""The link of a digest opens the page as one person, in one course, for three days, while they moderate."""

from datetime import timedelta

import pytest
from django.test import Client

from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.phone import taps
from community_dashboard.moderation.phone.links import phone_path
from community_dashboard.moderation.phone.models import Tap
from demo.campus.models import CourseRole
from tests.community_dashboard.moderation.phone.test_two_taps import fields


@pytest.fixture
def link(cast, course_key, now):
    """bo's."""
    return phone_path(cast.bo, course_key, now=now)


def test_who_may_open_the_page_signed_in(everybody, client_of, phone):
    answers = {who: client_of(user).get(phone).status_code for who, user in everybody.items()}
    assert answers == {
        "visitor": 302, "stranger": 403, "learner": 403, "moderator": 200, "group moderator": 200, "course staff": 200,
        "staff of another course": 403, "data researcher": 403, "global staff": 200,
    }  # fmt: skip


def test_course_staff_without_a_role_read_alone(everybody, client_of, phone, desk, thread):
    desk.find(thread)
    text = client_of(everybody["course staff"]).get(phone).content.decode()
    assert "You may read here." in text and "<form" not in text and "<article" in text


def test_the_link_shows_and_acts_without_signing_in(desk, thread, link, client_of, cast, phone):
    desk.find(thread)
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(link)
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin" and "no-store" in page["Cache-Control"]
    assert "sessionid" not in visitor.cookies
    sent = fields(page.content.decode(), "approve")
    token = sent.pop("csrfmiddlewaretoken")
    assert visitor.post(phone, sent).status_code == 403  # without the token of the form
    done = visitor.post(phone, sent | {"csrfmiddlewaretoken": token})
    assert done.status_code == 303 and "as=" in done["Location"]
    assert Decision.objects.get().actor == cast.bo
    assert visitor.get(done["Location"]).status_code == 200


def test_reading_changes_nothing(desk, thread, link):
    item = desk.find(thread)
    Client().get(link), Client().head(link)
    again = type(item).objects.get()
    assert (again.version, again.claimed_by_id, again.state) == (item.version, None, "open")
    assert not Decision.objects.exists() and not Tap.objects.exists()


def test_the_link_is_of_no_use_to_another_account(link, client_of, cast, somebody):
    for other in (cast.dara, cast.ada, somebody("moderator")):
        response = client_of(other).get(link)
        assert response.status_code == 403 and "made for another moderator" in response.content.decode()
    assert client_of(cast.bo).get(link).status_code == 200


def test_the_link_ends(cast, course_key, now, elsewhere):
    old = phone_path(cast.bo, course_key, now=now - timedelta(days=3, minutes=1))
    early = phone_path(cast.bo, course_key, now=now + timedelta(days=1))
    fresh = phone_path(cast.bo, course_key, now=now - timedelta(days=2))
    elsewhere_link = fresh.replace(str(course_key), str(elsewhere)).replace("%2B", "+")
    assert Client().get(fresh).status_code == 200
    for path in (old, early, fresh[:-2], elsewhere_link, fresh.split("?")[0] + "?as=", fresh.split("?")[0] + "?as=x.y"):
        response = Client().get(path)
        assert response.status_code == 302 and "as=" not in response["Location"], path


def test_with_the_role_the_link_is_gone(cast, link, course_key, desk, thread, phone):
    desk.find(thread)
    visitor = Client()
    sent = fields(visitor.get(link).content.decode(), "approve")
    CourseRole.objects.filter(user=cast.bo).delete()
    assert visitor.get(link).status_code == 403
    assert visitor.post(phone, sent).status_code == 403
    assert not Decision.objects.exists()


def test_a_new_password_and_a_closed_account_end_it(cast, link):
    cast.bo.is_active = False
    cast.bo.save()
    assert Client().get(link).status_code == 302
    cast.bo.is_active = True
    cast.bo.set_password("something else")
    cast.bo.save()
    assert Client().get(link).status_code == 302


def test_taps_are_kept_for_a_week(cast, now):
    assert taps.take(user=cast.bo, token="a" * 32, said="hide", now=now - timedelta(days=8))
    assert taps.take(user=cast.bo, token="b" * 32, said="hide", now=now)
    assert not taps.take(user=cast.bo, token="b" * 32, said="hide", now=now)
    assert taps.forget_old(now=now) == 1
    taps.forget_person(user_id=cast.bo.id)
    assert not Tap.objects.exists()
