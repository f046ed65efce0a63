"""Who to be, and the facts for a program."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from openedx_events.learning.signals import SESSION_LOGIN_COMPLETED

from demo.campus.content_policy import STRICT
from demo.campus.facts import invites_from_a_unit
from demo.courseware.models import Block
from tests.people import make_course


def test_the_facts_are_those_that_the_product_names(cast, course_key, client):
    facts = client.get("/demo/facts.json").json()
    assert facts["people"] == {
        "ada": {"username": "ada", "role": "course_author"},
        "bo": {"username": "bo", "role": "moderator"},
        "chen": {"username": "chen", "role": "learner"},
        "dara": {"username": "dara", "role": "stranger"},
        "eli": {"username": None, "role": "visitor"},
    }
    assert facts["course_key"] == str(course_key)
    addresses = ["unit_url", "studio_url", "about_url", "dashboard_url", "share_url"]
    assert set(facts) == {"course_key", "people", "version", *addresses}
    assert all(facts[name].startswith("http://testserver/") for name in addresses)
    assert facts["unit_url"].endswith("/unit/block-v1:Test+Bees101+2026+type@vertical+block@meadow")
    assert "/r/" in facts["share_url"]


def test_an_empty_demo_says_so_instead_of_failing(db, client):
    facts = client.get("/demo/facts.json").json()
    assert (facts["course_key"], facts["unit_url"], facts["share_url"]) == ("", "", "")
    assert "No course is loaded yet." in client.get("/").content.decode()


@pytest.fixture
def plain_course(cast, course_key):
    """The tiny course without its invitation block, as most exports are."""
    Block.objects.filter(course_key=course_key, block_type="referral").delete()
    return course_key


def test_in_a_course_without_an_invitation_block_the_facts_lead_to_the_course_itself(plain_course, client):
    facts = client.get("/demo/facts.json").json()
    assert facts["unit_url"].endswith(
        f"/courses/{plain_course}/unit/{plain_course.make_usage_key('vertical', 'meadow')}"
    )
    assert facts["studio_url"] == f"http://testserver/studio/{plain_course}/"
    assert "/r/" in facts["share_url"]
    assert not invites_from_a_unit()


def test_in_a_course_without_an_invitation_block_everybody_finds_something_to_look_at(plain_course, cast, client_of):
    page = client_of().get("/").content.decode()
    assert "Be eli and open the link" in page
    assert "The course in Studio, to add an invitation block" in page
    assert "The first unit of the course" in page
    assert "The unit from which learners invite" not in page
    invitation = client_of().post("/demo/visit/", follow=True)
    assert invitation.status_code == 200
    assert "Bees and other visitors" in invitation.content.decode()
    facts = client_of().get("/demo/facts.json").json()
    assert client_of(cast.ada).get(urlsplit(facts["studio_url"]).path).status_code == 200
    assert client_of(cast.chen).get(urlsplit(facts["unit_url"]).path).status_code == 200


def test_with_an_invitation_block_the_front_page_speaks_of_it(cast, client):
    page = client.get("/").content.decode()
    assert "The unit from which learners invite" in page
    assert "The first unit of the course" not in page
    assert invites_from_a_unit()


def test_a_course_without_any_unit_has_a_front_page(plain_course, client):
    Block.objects.filter(course_key=plain_course).delete()
    assert client.get("/demo/facts.json").json()["unit_url"] == ""
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("username", ["ada", "bo", "chen", "dara"])
def test_one_click_signs_in(cast, client, heard, username):
    with heard(SESSION_LOGIN_COMPLETED) as calls:
        answer = client.post("/demo/sign-in/", {"username": username})
    assert (answer.status_code, answer.url) == (303, "/")
    assert [arguments["user"].pii.username for _signal, arguments in calls] == [username]
    assert client.session["_auth_user_id"] == str(getattr(cast, username).id)


def test_nobody_else_can_be_had_for_a_click(cast, client, django_user_model):
    django_user_model.objects.create_user("somebody", "somebody@example.org")
    for username in ("somebody", "nobody", "", "eli"):
        assert client.post("/demo/sign-in/", {"username": username}).status_code == 400
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/demo/sign-in/", "/demo/visit/", "/logout", "/login", "/register"])
def test_a_form_needs_its_token(cast, address):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(address, {"username": "ada"})
    assert answer.status_code == 403
    assert "This form could not be checked" in answer.content.decode()


def test_a_visitor_is_signed_out_and_opens_the_link_of_chen(cast, client_of):
    browser = client_of(cast.ada)
    answer = browser.post("/demo/visit/")
    assert answer.status_code == 303
    assert answer.url == urlsplit(browser.get("/demo/facts.json").json()["share_url"]).path
    assert "_auth_user_id" not in browser.session


def test_our_pages_may_load_their_own_files_only(cast, course_key, client_of):
    browser = client_of(cast.ada)
    for address in (
        "/",
        "/login",
        "/demo/outbox/",
        f"/courses/{course_key}/",
        f"/courses/{course_key}/about",
        "/nowhere",
    ):
        answer = browser.get(address)
        page = answer.content.decode()
        assert answer.headers["Content-Security-Policy"] == STRICT
        assert "<style" not in page
        assert " style=" not in page
        assert "<script" not in page
        assert " onclick=" not in page


def test_a_visitor_gets_no_cookie_before_there_is_a_form(cast, course_key, client):
    answer = client.get(f"/courses/{course_key}/about")
    assert answer.status_code == 200
    assert not answer.cookies


def test_arabic_runs_from_right_to_left(cast, client):
    client.post("/demo/language/", {"language": "ar", "next": "/"})
    assert '<html lang="ar" dir="rtl">' in client.get("/").content.decode()


def test_signing_in_with_a_password_wants_the_right_one(cast, client, heard):
    cast.dara.set_password("meadow-and-hive-7")
    cast.dara.save()
    wrong = client.post("/login", {"identifier": "dara", "password": "hive"})
    assert wrong.status_code == 422
    assert "do not fit together" in wrong.content.decode()
    with heard(SESSION_LOGIN_COMPLETED) as calls:
        right = client.post(
            "/login?next=/demo/outbox/", {"identifier": "DARA@example.org", "password": "meadow-and-hive-7"}
        )
    assert (right.status_code, right.url) == (303, "/demo/outbox/")
    assert len(calls) == 1


def test_the_cast_has_no_password_to_guess(cast, client):
    assert not cast.ada.has_usable_password()
    assert client.post("/login", {"identifier": "ada", "password": ""}).status_code == 422


def test_the_home_of_a_course_shows_its_units_to_those_who_are_in_it(cast, course_key, client_of):
    page = client_of(cast.chen).get(f"/courses/{course_key}/").content.decode()
    assert "Who visits a flower" in page
    assert "Enrol somebody" not in page
    assert "Enrol somebody" in client_of(cast.ada).get(f"/courses/{course_key}/").content.decode()
    assert client_of(cast.dara).get(f"/courses/{course_key}/").url == f"/courses/{course_key}/about"


def test_the_description_of_a_course_is_cleaned_where_it_is_shown(db, client):
    hostile = "<h2>What you learn</h2><script>steal()</script><p onclick='steal()'>Bees</p>"
    course_key = make_course(overview_html=hostile).course_key
    page = client.get(f"/courses/{course_key}/about").content.decode()
    assert "<h2>What you learn</h2>" in page
    assert "steal" not in page
