"""Every address of teams, buddies and the leaderboard: visitor, stranger, another course's staff, own staff, learner."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.campus import actions as campus
from referral_xblock.data import Role
from referral_xblock.leaderboard.actions import appear
from referral_xblock.leaderboard.computing import recompute
from referral_xblock.models import Appearance, BuddyPair, Membership, Team
from referral_xblock.teams.actions import create_team
from referral_xblock.teams.weeks import coming_mondays
from tests.people import make_course
from tests.referral_xblock.teams.people import brought, learner
from tests.referral_xblock.visits import set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_teams")]

PAGES = ("teams", "buddies", "leaderboard")
FORMS = ("create_team", "type_team_code", "leave_team", "propose_buddy", "appear", "disappear")
HOSTILE = "<img src=x onerror=a>“’&"


@pytest.fixture
def otto(cast, db):
    """Leads another course."""
    from django.contrib.auth import get_user_model

    other = make_course("course-v1:Test+Birds+2026").course_key
    otto = get_user_model().objects.create(username="otto", email="otto@example.org")
    campus.give_role(user=otto, course_key=other, role=Role.COURSE_STAFF)
    set_policy(other, teams=True, buddies="on", leaderboard=True)
    return otto


@pytest.fixture
def code(cast, course_key, now):
    return create_team(user=cast.chen, course_key=course_key, name=HOSTILE, now=now)


def plain(response):
    """The page without what differs from one request to the next, and without its own address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return text.replace(response.wsgi_request.path.replace("+", "%2B"), "").replace(response.wsgi_request.path, "")


def address(name, course_key, *more):
    return reverse(f"referral_xblock:{name}", args=[str(course_key), *more])


def of_pair(name, course_key):
    return address(name, course_key, 1)


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_signs_in_and_comes_back(client_of, course_key, name):
    response = client_of().get(address(name, course_key))
    assert response.status_code == 302
    assert "/login" in response["Location"]
    assert f"next=/community/{name}/" in response["Location"].replace("%2F", "/")


@pytest.mark.parametrize("name", [*PAGES, *FORMS])
def test_strangers_and_other_courses_staff_are_refused_alike(client_of, cast, course_key, otto, name):
    for person in (cast.dara, otto):
        client = client_of(person)
        send = client.get if name in PAGES else client.post
        here, nowhere = send(address(name, course_key)), send(address(name, "course-v1:No+Such+Course"))
        assert here.status_code == nowhere.status_code == send(address(name, "nonsense")).status_code == 403
        assert plain(here) == plain(nowhere), "nobody learns whether there is such a course"
        assert here["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["agree_buddies", "end_buddies"])
def test_a_pair_is_nobody_elses(client_of, cast, course_key, otto, name):
    for person in (cast.dara, otto, cast.bo, cast.ada):
        assert client_of(person).post(of_pair(name, course_key)).status_code == 403
    assert client_of().post(of_pair(name, course_key)).status_code == 302


@pytest.mark.parametrize("name", [*PAGES, *FORMS])
def test_a_course_that_does_not_use_it_is_like_one_that_is_not_there(client_of, cast, course_key, name):
    set_policy(course_key, teams=False, buddies="off", leaderboard=False)
    client = client_of(cast.chen)
    send = client.get if name in PAGES else client.post
    assert send(address(name, course_key)).status_code == 403


@pytest.mark.parametrize("name", FORMS)
def test_forms_answer_to_post_alone(client_of, cast, course_key, name):
    assert client_of(cast.chen).get(address(name, course_key)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_the_own_staff_may_look_and_take_no_part(client_of, cast, course_key, name, now):
    client = client_of(cast.ada)
    assert client.get(address(name, course_key)).status_code == 200
    assert client.post(address("create_team", course_key), {"name": "Ours"}).status_code == 403
    assert client.post(address("appear", course_key), {"kind": "pseudonym", "pseudonym": "A"}).status_code == 403
    assert client.post(address("propose_buddy", course_key), {"starts_on": "2026-03-02"}).status_code == 403
    assert not Team.objects.exists()
    assert not Appearance.objects.exists()


def test_joining_by_the_address(client_of, cast, course_key, code):
    client = client_of(cast.bo)
    page = client.get(f"/community/join/{code}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "1 member of at most 3." in text
    assert "What joining shows" in text
    assert "onerror=a>" not in text.replace("&gt;", ""), "a hostile name is escaped"
    assert not Membership.objects.filter(user=cast.bo).exists(), "looking is not joining"
    assert client.post(f"/community/join/{code}/").status_code == 303
    assert Membership.objects.filter(user=cast.bo).exists()
    assert client.get(f"/community/join/{code}/").status_code == 303, "who is in it is led there"


def test_joining_for_a_visitor_and_for_somebody_outside(client_of, cast, course_key, code, otto):
    path = f"/community/join/{code}/"
    for send in (client_of().get, client_of().post):
        assert send(path).status_code == 303
        assert "/login" in send(path)["Location"]
    for person in (cast.dara, otto, cast.ada):
        for send in (client_of(person).get, client_of(person).post):
            response = send(path)
            text = response.content.decode()
            assert response.status_code == 403
            assert "img" not in text, "nothing of the team is told"
    assert "Enrol in the course" in client_of(cast.dara).get(path).content.decode()
    assert Membership.objects.count() == 1


def test_a_course_that_is_not_open_is_not_named(client_of, cast, course_key, code):
    from demo.courseware.models import Course

    Course.objects.filter(course_key=course_key).update(open_to_public=False)
    text = client_of(cast.dara).get(f"/community/join/{code}/").content.decode()
    assert "Bees and other visitors" not in text
    assert "Its team can let you in" in text


@pytest.mark.parametrize("wrong", ["cccccccc", "nothing", "%00", "a" * 300])
def test_a_code_that_is_none_says_so(client_of, cast, wrong):
    assert client_of(cast.chen).get(f"/community/join/{wrong}/").status_code == 404


def test_a_learner_begins_looks_for_and_leaves_a_team(client_of, cast, course_key, code):
    client = client_of(cast.bo)
    there = client.post(address("type_team_code", course_key), {"code": code.upper()})
    assert there["Location"] == f"/community/join/{code}/"
    assert client.post(address("type_team_code", course_key), {"code": "?"}).status_code == 400
    wrong = client.post(address("create_team", course_key), {"name": "me@bees.example"})
    assert wrong.status_code == 400
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert client.post(address("create_team", course_key), {"name": HOSTILE}).status_code == 303
    text = client.get(address("teams", course_key)).content.decode()
    assert "<img" not in text
    assert "&lt;img" in text
    assert client.post(address("leave_team", course_key)).status_code == 303
    assert not client.get(address("teams", course_key)).content.decode().count("&lt;img")


def test_two_become_buddies_on_their_pages(client_of, cast, course_key, fay):
    journey = brought(cast.chen, fay, course_key)
    page = client_of(cast.chen).get(address("buddies", course_key)).content.decode()
    wish = {"friend": journey.id, "weekly_blocks": 3, "starts_on": coming_mondays(timezone.now().date())[0].isoformat()}
    assert f'value="{journey.id}"' in page
    for broken in ({"weekly_blocks": "many"}, {"starts_on": "someday"}):
        assert client_of(cast.chen).post(address("propose_buddy", course_key), wish | broken).status_code == 400
    assert client_of(cast.chen).post(address("propose_buddy", course_key), wish).status_code == 303
    pair = BuddyPair.objects.get()
    assert "Agree" in client_of(fay).get(address("buddies", course_key)).content.decode()
    assert client_of(fay).post(address("agree_buddies", course_key, pair.id)).status_code == 303
    for person in (cast.chen, fay):
        assert "0 of 3" in client_of(person).get(address("buddies", course_key)).content.decode()
    assert client_of(fay).post(address("end_buddies", course_key, pair.id)).status_code == 303
    assert "0 of 3" not in client_of(cast.chen).get(address("buddies", course_key)).content.decode()


def test_the_leaderboard_shows_who_chose_it_and_escapes_names(client_of, cast, course_key, fay):
    brought(fay, learner("one", course_key), course_key, active_at=timezone.now())
    brought(cast.bo, learner("two", course_key), course_key)
    recompute([fay.id, cast.bo.id], course_key, now=timezone.now())
    appear(user=fay, course_key=course_key, kind="pseudonym", pseudonym="<b>Fly</b>", now=timezone.now())
    text = client_of(cast.bo).get(address("leaderboard", course_key)).content.decode()
    assert "&lt;b&gt;Fly" in text
    assert "You are at place 2 with 1 point." in re.sub(r"\s+", " ", text)
    assert "1 learner with points is not listed" in text
    for page in ("0", "-1", "x", "9" * 30, "²"):
        assert client_of(cast.bo).get(address("leaderboard", course_key), {"page": page}).status_code == 200
    client = client_of(cast.bo)
    assert client.post(address("appear", course_key), {"kind": "pseudonym", "pseudonym": ""}).status_code == 400
    assert client.post(address("appear", course_key), {"kind": "?"}).status_code == 400
    assert client.post(address("appear", course_key), {"kind": "first"}).status_code == 303
    assert client.post(address("disappear", course_key)).status_code == 303
