"""Whatever order, repetition and loss of events: after the next pass the leaderboard is a clean computation from the journeys."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from referral_xblock.leaderboard.computing import recompute, recompute_course, recompute_teams
from referral_xblock.models import Journey, Standing, Team, TeamStanding
from referral_xblock.teams.actions import create_team, join_team, leave_team
from tests.referral_xblock.teams.people import brought, learner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_teams")]

STEPS = some.lists(
    some.tuples(
        some.sampled_from(["enrol", "active", "complete", "lapse", "leave", "move", "hold", "delete", "join", "quit"]),
        some.integers(0, 5),  # which friend
        some.integers(0, 2),  # which inviter
        some.sampled_from(["told", "told twice", "told late", "lost"]),
    ),
    max_size=25,
)


@pytest.fixture
def players(cast, course_key, fay):
    friends = [learner(f"friend{number}", course_key) for number in range(6)]
    return [cast.chen, cast.bo, fay], friends


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_after_the_pass_it_is_what_the_journeys_say(course_key, players, steps):
    inviters, friends = players
    for table in (Journey, TeamStanding, Standing, Team):
        table.objects.all().delete()
    begun = timezone.now() - timedelta(days=60)
    code = create_team(user=inviters[0], course_key=course_key, name="The Hive", now=begun)
    late = []
    for number, (what, friend, inviter, telling) in enumerate(steps):
        _happens(what, friends[friend], inviters[inviter], course_key, code, begun + timedelta(days=number))
        if telling == "told late":
            late.append(inviters[inviter].id)
        for _again in range({"told": 1, "told twice": 2}.get(telling, 0)):
            recompute([inviters[inviter].id], course_key, now=timezone.now())
    for user_id in reversed(late):
        recompute([user_id], course_key, now=timezone.now())
    now = timezone.now()
    recompute_course(course_key, clock=lambda: now)
    kept = _everything()
    assert recompute_course(course_key, clock=lambda: now) == 0, "a second pass changes nothing"
    for table in (Standing, TeamStanding):
        table.objects.all().delete()
    recompute([one.id for one in inviters], course_key, now=now)
    recompute_teams(list(Team.objects.values_list("id", flat=True)), course_key, now=now)
    assert _everything() == kept


def _everything():
    return (
        sorted(Standing.objects.values_list("user_id", "points", "shown")),
        sorted(TeamStanding.objects.values_list("team_id", "points")),
    )


def _happens(what, friend, inviter, course_key, code, moment):
    row = Journey.objects.filter(user=friend)
    if what == "enrol" and not row.exists():
        brought(inviter, friend, course_key, days_ago=(timezone.now() - moment).days)
    elif what == "active":
        row.update(active_at=moment)
    elif what == "complete":
        row.update(completed_at=moment, lapsed_at=None)
    elif what == "lapse":
        row.update(lapsed_at=moment)
    elif what == "leave":
        row.update(unenrolled_at=moment)
    elif what == "move":
        row.update(inviter=inviter)
    elif what == "hold":
        row.update(status="held")
    elif what == "delete":
        row.delete()
    elif what == "quit":
        leave_team(user_id=inviter.id, course_key=course_key, now=moment)
    elif what == "join" and Team.objects.filter(code=code, is_open=True).exists():
        join_team(user=inviter, code=code, now=moment)


def test_a_journey_that_changed_is_heard_of(course_key, players, django_capture_on_commit_callbacks):
    from referral_xblock.signals import JOURNEY_CHANGED

    inviters, friends = players
    brought(inviters[0], friends[0], course_key)
    for _again in range(2):
        JOURNEY_CHANGED.send(
            sender=None, course_key=course_key, user_id=friends[0].id, inviter_id=inviters[0].id, stages=frozenset()
        )
    assert Standing.objects.get().points == 1
