"""After retirement nobody is found in teams, pairs and leaderboards, and what a team has earned stays."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from demo.campus import actions as campus
from referral_xblock import retirement
from referral_xblock.data import Role
from referral_xblock.leaderboard.actions import appear
from referral_xblock.leaderboard.computing import recompute, recompute_course
from referral_xblock.leaderboard.queries import board, team_board
from referral_xblock.management.whereabouts import find_account
from referral_xblock.models import Appearance, BuddyPair, Membership, Standing, Team, TeamAct
from referral_xblock.own_data import own_data
from referral_xblock.teams.actions import create_team, join_team, leave_team
from referral_xblock.teams.buddies import agree, propose
from referral_xblock.teams.queries import find_team
from referral_xblock.teams.running import rename_team
from referral_xblock.teams.weeks import coming_mondays
from tests.referral_xblock.teams.people import brought, learner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_teams")]
NAMES = ("wilhelmina", "Wilhelmina Featherstone", "wilhelmina@example.org")


@pytest.fixture
def person(cast, course_key, now):
    """Was in one team, is in another, has a buddy on either side, appears, and led the course for a while."""
    me = learner("wilhelmina", course_key, name=NAMES[1])
    begun = timezone.now() - timedelta(days=40)
    create_team(user=me, course_key=course_key, name="Wilhelmina and friends", now=begun)
    leave_team(user_id=me.id, course_key=course_key, now=begun + timedelta(days=1))
    code = create_team(user=cast.bo, course_key=course_key, name="Featherstones", now=begun)
    join_team(user=me, code=code, now=begun + timedelta(days=2))
    friend = learner("friend", course_key)
    brought(me, friend, course_key, active_at=timezone.now())
    brought(cast.chen, me, course_key)
    wish = {"course_key": course_key, "starts_on": coming_mondays(now.date())[0], "weekly_blocks": 2, "now": now}
    for asks, answers in ((friend, me), (me, cast.chen)):
        propose(user=asks, **wish)
        pair = BuddyPair.objects.get(friend=asks)
        agree(user=answers, course_key=course_key, pair_id=pair.id, now=now)
    appear(user=me, course_key=course_key, kind="first", pseudonym="", now=now)
    campus.give_role(user=me, course_key=course_key, role=Role.COURSE_STAFF)
    rename_team(actor=me, course_key=course_key, team_id=find_team(code).id, name="The Featherstone five", now=now)
    campus.take_role(user=me, course_key=course_key, role=Role.COURSE_STAFF)
    recompute_course(course_key, clock=timezone.now)
    return me


def found(person):
    return list(find_account(person.id, names=[*NAMES, "Featherstone", "wilhelmina"]))


def test_the_person_stands_in_every_table_first(person):
    tables = {standing.table.rpartition(".")[2] for standing in found(person)}
    assert tables >= {"Team", "Membership", "TeamAct", "BuddyPair", "Standing", "Appearance"}


def test_then_in_none_of_them(person, cast, course_key):
    before = team_board(course_key, cast.bo.id).rows[0].points
    for _again in range(2):
        retirement.retire(person, email=NAMES[2])
        assert [one for one in found(person) if one.table.startswith("referral_xblock.") and not one.kept] == []
    assert (Appearance.objects.count(), BuddyPair.objects.count()) == (0, 0)
    team = Team.objects.get(is_open=True)
    assert (team.name, team.members) == ("", 1), "the place is free, the name that was the person's is gone"
    assert {act.actor_id for act in TeamAct.objects.all()} == {None}
    recompute_course(course_key, clock=timezone.now)
    after = team_board(course_key, cast.bo.id).rows[0]
    assert (after.points, after.name) == (before, ""), "what the team has earned stays"
    assert [row.user_id for row in Standing.objects.all()] == [cast.chen.id], "nobody's stand-in has a place"
    assert board(course_key, cast.bo.id).people == 1
    stubs = get_user_model().objects.filter(username__startswith="anonymous_")
    assert set(Membership.objects.values_list("user_id", flat=True)) <= {
        cast.bo.id,
        *stubs.values_list("id", flat=True),
    }


def test_a_team_that_nobody_is_in_any_more_has_no_name(cast, course_key, fay, now):
    create_team(user=fay, course_key=course_key, name="Something I once wrote", now=now)
    retirement.retire(fay)
    assert [team.name for team in Team.objects.all()] == [""]


def test_who_only_appears_without_having_invited_leaves_nothing_either(cast, course_key, fay, now):
    appear(user=fay, course_key=course_key, kind="pseudonym", pseudonym="Fly", now=now)
    retirement.retire(fay)
    assert not Appearance.objects.exists()


def test_the_saved_file_holds_what_these_tables_hold(person, course_key):
    recompute([person.id], course_key, now=timezone.now())
    parts = {part.name: list(part.rows) for part in own_data(person.id)}
    assert [row["team"] for row in parts["teams_i_am_in"]] == ["The Featherstone five"]
    assert len(parts["teams_i_was_in"]) == len(parts["points"]) == 1
    assert parts["appearing_on_leaderboards"][0]["name"] == "Wilhelmina"
    for name in ("study_buddies_who_invited_me", "study_buddies_whom_i_invited", "what_i_did_with_teams"):
        assert len(parts[name]) == 1
