"""What the hourly task puts right: somebody left the course and nobody told us, and time has changed points."""

import pytest

from demo.campus.models import Enrolment
from referral_xblock.leaderboard.tasks import recompute_standings
from referral_xblock.models import BuddyPair, Standing
from referral_xblock.settings import STANDINGS
from referral_xblock.teams.actions import create_team
from referral_xblock.teams.buddies import propose
from referral_xblock.teams.queries import find_team, team_of
from referral_xblock.teams.weeks import coming_mondays
from tests.referral_xblock.teams.people import brought, learner
from tests.referral_xblock.visits import set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_teams")]


def test_who_is_gone_is_out_of_teams_pairs_and_places(cast, course_key, fay, now):
    code = create_team(user=cast.chen, course_key=course_key, name="The Hive", now=now)
    brought(cast.chen, fay, course_key)
    brought(cast.bo, learner("gus", course_key), course_key)
    monday = coming_mondays(now.date())[0]
    propose(user=fay, course_key=course_key, starts_on=monday, weekly_blocks=2, now=now)
    recompute_standings()
    assert set(Standing.objects.values_list("user_id", flat=True)) == {cast.chen.id, cast.bo.id}
    Enrolment.objects.filter(user=cast.chen).update(active=False)
    recompute_standings()
    assert team_of(cast.chen.id, course_key) is None
    assert not find_team(code).is_open
    assert not BuddyPair.objects.exists()
    assert set(Standing.objects.values_list("user_id", flat=True)) == {cast.bo.id}


def test_a_course_that_uses_none_of_it_is_left_alone(cast, course_key):
    set_policy(course_key, teams=False, buddies="off", leaderboard=False)
    brought(cast.bo, learner("gus", course_key), course_key)
    recompute_standings()
    assert not Standing.objects.exists()


def test_the_task_is_in_the_schedule_by_its_name():
    assert recompute_standings.name == STANDINGS
