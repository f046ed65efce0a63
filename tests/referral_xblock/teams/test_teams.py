"""A learner begins a team, joins one, leaves it; each once, one at a time, and never more than fit."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from referral_xblock.consent.actions import choose_name
from referral_xblock.models import Membership, Team
from referral_xblock.teams.actions import create_team, join_team, leave_team
from referral_xblock.teams.models import FOREVER
from referral_xblock.teams.queries import find_team, my_team, team_of
from tests.referral_xblock.teams.people import learner
from tests.referral_xblock.visits import set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "open_teams")]


@pytest.fixture
def code(cast, course_key, now):
    return create_team(user=cast.chen, course_key=course_key, name="The Hive", now=now)


def test_a_team_begins_with_who_begins_it(cast, course_key, code):
    mine = my_team(cast.chen.id, course_key)
    assert (mine.team.name, mine.team.code, mine.team.members, mine.others) == ("The Hive", code, 1, ())


def test_beginning_it_twice_is_beginning_it_once(cast, course_key, code, now):
    assert create_team(user=cast.chen, course_key=course_key, name=" The  Hive ", now=now) == code
    assert Team.objects.count() == 1
    with pytest.raises(ValidationError, match="already"):
        create_team(user=cast.chen, course_key=course_key, name="Another", now=now)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "x" * 41,
        "see bees.example",
        "me@bees.example",
        "Course staff",
        "Аdmin",
        "The course team",
        "Équipe pédagogique",
        "Team admin",
    ],
)
def test_a_name_that_strangers_should_not_see_cannot_be_had(cast, course_key, now, name):
    with pytest.raises(ValidationError):
        create_team(user=cast.chen, course_key=course_key, name=name, now=now)
    assert not Team.objects.exists()


@pytest.mark.parametrize("name", ["Team Rocket", "Équipe 3", "Dream team", "<b>Bees", "蜂"])
def test_a_team_may_call_itself_one(cast, course_key, now, name):
    create_team(user=cast.chen, course_key=course_key, name=name, now=now)
    assert team_of(cast.chen.id, course_key).name == name


def test_members_see_each_other_only_as_each_chose(cast, course_key, code, now):
    join_team(user=cast.bo, code=code, now=now)
    assert my_team(cast.chen.id, course_key).others == ("",)
    choose_name(user=cast.bo, shown_as="Bo the Bee", now=now)
    assert my_team(cast.chen.id, course_key).others == ("Bo the Bee",)


@pytest.mark.parametrize(
    "written", ["{code}", " {upper} ", "http://testserver/community/join/{code}/", "{first} {last}"]
)
def test_the_code_is_read_as_people_write_it(code, written):
    text = written.format(code=code, upper=code.upper(), first=code[:4], last=code[4:])
    assert find_team(text).code == code


def test_joining_twice_is_joining_once_and_a_second_team_is_refused(cast, course_key, code, fay, now):
    for _again in range(2):
        join_team(user=cast.bo, code=code, now=now)
    assert Team.objects.get().members == Membership.objects.filter(until=FOREVER).count() == 2
    other = create_team(user=fay, course_key=course_key, name="The Meadow", now=now)
    with pytest.raises(ValidationError, match="already"):
        join_team(user=cast.bo, code=other, now=now)


def test_a_full_team_takes_nobody(cast, course_key, code, fay, now):
    join_team(user=cast.bo, code=code, now=now)
    join_team(user=fay, code=code, now=now)
    with pytest.raises(ValidationError, match="full"):
        join_team(user=learner("gus", course_key), code=code, now=now)
    assert Team.objects.get().members == 3


def test_who_leaves_makes_room_and_the_last_closes_it(cast, course_key, code, now):
    join_team(user=cast.bo, code=code, now=now)
    later = now + timedelta(days=1)
    assert leave_team(user_id=cast.bo.id, course_key=course_key, now=later)
    assert not leave_team(user_id=cast.bo.id, course_key=course_key, now=later), "a second time nothing happens"
    assert find_team(code).members == 1
    leave_team(user_id=cast.chen.id, course_key=course_key, now=later)
    assert not find_team(code).is_open
    with pytest.raises(ValidationError, match="closed"):
        join_team(user=cast.bo, code=code, now=later)
    create_team(user=cast.chen, course_key=course_key, name="Anew", now=later)
    assert team_of(cast.chen.id, course_key).name == "Anew"


def test_coming_back_to_a_team_is_a_second_membership(cast, course_key, code, now):
    for day in range(3):
        join_team(user=cast.bo, code=code, now=now + timedelta(days=2 * day))
        leave_team(user_id=cast.bo.id, course_key=course_key, now=now + timedelta(days=2 * day + 1))
    assert Membership.objects.filter(user=cast.bo).count() == 3
    assert find_team(code).members == 1


def test_outsiders_and_courses_without_teams_are_refused(cast, course_key, code, now):
    for person in (cast.dara, cast.ada):
        with pytest.raises(PermissionDenied):
            join_team(user=person, code=code, now=now)
        with pytest.raises(PermissionDenied):
            create_team(user=person, course_key=course_key, name="Mine", now=now)
    set_policy(course_key, teams=False)
    with pytest.raises(PermissionDenied):
        join_team(user=cast.bo, code=code, now=now)


def test_unenrolling_leaves_the_team(cast, course_key, code, now, django_capture_on_commit_callbacks):
    from demo.campus import actions as campus

    with django_capture_on_commit_callbacks(execute=True):
        campus.unenrol(user=cast.chen, course_key=course_key, by=None, now=now)
    assert team_of(cast.chen.id, course_key) is None
    assert not find_team(code).is_open
