"""…/growth/teams/: who may open it, what the course's staff do there, and the log of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from referral_xblock.models import BuddyPair, Journey, Membership, Team, TeamAct
from referral_xblock.teams.actions import create_team, join_team
from referral_xblock.teams.queries import find_team, team_of
from referral_xblock.teams.running import close_team, merge_teams, rename_team
from tests.referral_xblock.teams.people import brought, learner
from tests.referral_xblock.visits import set_policy

pytestmark = pytest.mark.django_db
MAY = {"course staff", "global staff"}


@pytest.fixture
def hive(cast, course_key, now):
    set_policy(course_key, teams=True, team_size=3)
    return find_team(create_team(user=cast.chen, course_key=course_key, name="<i>The Hive", now=now))


@pytest.fixture
def nest(cast, course_key, hive, now):
    return find_team(create_team(user=cast.bo, course_key=course_key, name="The Nest", now=now))


def page(course_key, name="teams", *more):
    return reverse(f"community_dashboard:{name}", args=[str(course_key), *more])


@pytest.mark.parametrize("name", ["teams", "rename_team", "merge_team", "close_team"])
def test_only_the_courses_staff(everybody, client_of, course_key, hive, name):
    where = page(course_key, name, *(() if name == "teams" else (hive.id,)))
    for who, user in everybody.items():
        client = client_of(user)
        response = client.get(where) if name == "teams" else client.post(where, {"name": "X", "into": "x"})
        if who == "visitor":
            assert response.status_code == 302
        elif who in MAY:
            assert response.status_code in (200, 303, 400)
        else:
            assert response.status_code == 403, who
    if name == "close_team":
        assert not find_team(hive.code).is_open


@pytest.mark.parametrize("act", [rename_team, close_team, merge_teams])
def test_the_action_itself_checks_who_acts(everybody, course_key, hive, nest, now, act):
    from django.core.exceptions import PermissionDenied

    more = {rename_team: {"name": "X"}, merge_teams: {"into_id": nest.id}, close_team: {}}[act]
    for who, user in everybody.items():
        if who in MAY or user is None:
            continue
        with pytest.raises(PermissionDenied):
            act(actor=user, course_key=course_key, team_id=hive.id, now=now, **more)
    assert not TeamAct.objects.exists()


def test_a_team_of_another_course_cannot_be_acted_on(everybody, client_of, course_key, elsewhere, hive):
    client = client_of(everybody["staff of another course"])
    assert client.post(page(elsewhere, "close_team", hive.id)).status_code == 400
    assert client.post(page(course_key, "close_team", hive.id)).status_code == 403
    assert find_team(hive.code).is_open


def test_renaming_is_kept_with_who_did_it_and_escaped(cast, client_of, course_key, hive):
    client = client_of(cast.ada)
    for _again in range(2):
        response = client.post(page(course_key, "rename_team", hive.id), {"name": "The Comb"}, follow=True)
    text = response.content.decode()
    assert find_team(hive.code).name == "The Comb"
    assert TeamAct.objects.count() == 1, "the second time nothing changed"
    assert "&lt;i&gt;The Hive" in text
    assert "<i>The Hive" not in text
    assert "(ada)" in text
    wrong = client.post(page(course_key, "rename_team", hive.id), {"name": "me@bees.example"})
    assert wrong.status_code == 400
    assert "cannot hold an address" in wrong.content.decode()


def test_closing_frees_its_members(cast, client_of, course_key, hive, now):
    for _again in range(2):
        assert client_of(cast.ada).post(page(course_key, "close_team", hive.id)).status_code == 303
    assert team_of(cast.chen.id, course_key) is None
    assert [act.kind for act in TeamAct.objects.all()] == ["closed"]
    create_team(user=cast.chen, course_key=course_key, name="Anew", now=timezone.now())


def test_merging_by_code_and_never_more_than_fit(cast, client_of, course_key, hive, nest, now):
    client = client_of(cast.ada)
    for wrong in ("nothing", hive.code):
        assert client.post(page(course_key, "merge_team", hive.id), {"into": wrong}).status_code == 400
    more = [learner(f"more{number}", course_key) for number in range(2)]
    join_team(user=more[0], code=hive.code, now=now)
    join_team(user=more[1], code=nest.code, now=now)
    too_many = client.post(page(course_key, "merge_team", hive.id), {"into": nest.code})
    assert too_many.status_code == 400
    assert "Together they would have 4 members" in too_many.content.decode()
    set_policy(course_key, team_size=4)
    for _again in range(2):
        assert client.post(page(course_key, "merge_team", hive.id), {"into": nest.code}).status_code == 303
    assert not find_team(hive.code).is_open
    assert find_team(nest.code).members == Membership.objects.filter(team_id=nest.id).count() == 4
    assert [act.kind for act in TeamAct.objects.all()] == ["merged"]


def test_pages_of_teams_and_of_the_log(cast, client_of, course_key, hive, settings, django_assert_max_num_queries):
    settings.COMMUNITY_PAGE_SIZE = 3
    for number in range(6):
        member = learner(f"member{number}", course_key)
        create_team(user=member, course_key=course_key, name=f"Team {number}", now=timezone.now())
    for number in range(5):
        rename_team(actor=cast.ada, course_key=course_key, team_id=hive.id, name=f"Hive {number}", now=timezone.now())
    client = client_of(cast.ada)
    client.get(page(course_key))
    with django_assert_max_num_queries(20):
        first = client.get(page(course_key)).content.decode()
    assert "Hive 4" in first
    assert "Team 1" in first
    assert "Team 2" not in first
    third = list(Team.objects.order_by("id").values_list("id", flat=True))[2]
    assert f"?after={third}" in first
    assert "Team 4" in client.get(page(course_key), {"after": third}).content.decode()
    fourth = TeamAct.objects.order_by("-id")[2].id
    assert f"?before={fourth}#log" in first
    assert client.get(page(course_key), {"after": "x", "before": "9" * 40}).status_code == 200


def test_what_buddies_do_is_shown_where_it_is_measured(cast, client_of, course_key, hive, now):
    assert "study buddies do" not in client_of(cast.ada).get(page(course_key)).content.decode()
    set_policy(course_key, buddies="measure")
    for number in range(30):
        brought(cast.chen, learner(f"f{number}", course_key), course_key, completed_at=now if number % 3 else None)
    text = client_of(cast.ada).get(page(course_key)).content.decode()
    assert "What study buddies do" in text
    assert "(95 %: " in text
    assert Journey.objects.count() == 30
    assert not BuddyPair.objects.exists()


def test_the_empty_page_says_what_comes(cast, client_of, course_key):
    text = client_of(cast.ada).get(page(course_key)).content.decode()
    assert "Teams are off in this course" in text
    assert "No team here" in text
