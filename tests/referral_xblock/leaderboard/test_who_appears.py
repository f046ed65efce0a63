"""Nobody appears who did not choose it; everybody with points counts in the places; no row is not a person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from demo.campus import actions as campus
from referral_xblock.consent.actions import choose_name
from referral_xblock.leaderboard.actions import appear, disappear
from referral_xblock.leaderboard.computing import recompute, recompute_course
from referral_xblock.leaderboard.queries import board, team_board, top_and_own
from referral_xblock.models import Standing
from referral_xblock.teams.actions import create_team, join_team, leave_team
from referral_xblock.teams.running import merge_teams
from tests.referral_xblock.teams.people import brought, learner
from tests.referral_xblock.visits import set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "open_teams")]


@pytest.fixture
def crowd(cast, course_key, fay):
    """chen has nine points, bo and fay three each, gus one."""
    gus = learner("gus", course_key, name="Gus Grey")
    counts = {cast.chen: (True, True, True), cast.bo: (True,), fay: (True,), gus: (False,)}
    for inviter, active in counts.items():
        for number, is_active in enumerate(active):
            friend = learner(f"{inviter.username}s{number}", course_key)
            brought(inviter, friend, course_key, active_at=timezone.now() if is_active else None)
    recompute([one.id for one in counts], course_key, now=timezone.now())
    return {"chen": cast.chen, "bo": cast.bo, "fay": fay, "gus": gus}


def show(user, course_key, name=""):
    return appear(
        user=user, course_key=course_key, kind="pseudonym" if name else "first", pseudonym=name, now=timezone.now()
    )


def seen(rows):
    return [(row.place, row.name, row.points) for row in rows]


def test_nobody_appears_who_has_not_chosen_it(crowd, course_key):
    found = board(course_key, crowd["chen"].id)
    assert (found.rows, found.people, found.unlisted) == ((), 4, 4)
    assert (found.own.place, found.own.points) == (1, 9), "oneself one sees all the same"


def test_places_count_those_who_do_not_appear(crowd, course_key):
    for name in ("bo", "fay", "gus"):
        show(crowd[name], course_key, f"The {name}")
    rows, own = top_and_own(course_key, crowd["gus"].id)
    assert sorted(seen(rows)) == [(2, "The bo", 3), (2, "The fay", 3), (4, "The gus", 1)]
    assert [row.mine for row in rows] == [False, False, True]
    assert own.place == 4


def test_the_first_name_is_the_first_word_of_the_name(crowd, course_key):
    assert show(crowd["gus"], course_key) == "Gus"
    choose_name(user=crowd["bo"], shown_as="Bo the Bee", now=timezone.now())
    assert (
        appear(user=crowd["bo"], course_key=course_key, kind="chosen", pseudonym="", now=timezone.now()) == "Bo the Bee"
    )


@pytest.mark.parametrize("name", ["", "me@bees.example", "x" * 41, "Admin", "www.bees.example"])
def test_names_that_strangers_should_not_see_are_refused(crowd, course_key, name):
    with pytest.raises(ValidationError):
        appear(user=crowd["bo"], course_key=course_key, kind="pseudonym", pseudonym=name, now=timezone.now())


def test_disappearing_takes_the_row_away_at_once(crowd, course_key):
    show(crowd["bo"], course_key, "Bee")
    show(crowd["fay"], course_key, "Fly")
    for _again in range(2):
        disappear(user=crowd["bo"], course_key=course_key)
    assert seen(board(course_key, crowd["bo"].id).rows) == [(2, "Fly", 3)]
    recompute_course(course_key, clock=timezone.now)
    assert len(board(course_key, crowd["bo"].id).rows) == 1


def test_who_chose_before_having_points_appears_with_the_first(cast, course_key, fay):
    show(fay, course_key, "Fly")
    assert not board(course_key, fay.id).rows
    brought(fay, learner("new", course_key), course_key)
    recompute([fay.id], course_key, now=timezone.now())
    assert seen(board(course_key, fay.id).rows) == [(1, "Fly", 1)]


def test_outsiders_cannot_appear(cast, course_key, now):
    for person in (cast.dara, cast.ada):
        with pytest.raises(PermissionDenied):
            show(person, course_key, "Me")
    set_policy(course_key, leaderboard=False)
    with pytest.raises(PermissionDenied):
        show(cast.chen, course_key, "Me")


def test_course_staff_and_who_left_have_no_place(crowd, cast, course_key, django_capture_on_commit_callbacks):
    campus.enrol(user=cast.ada, course_key=course_key, by=None, now=timezone.now())
    brought(cast.ada, learner("adas", course_key), course_key, active_at=timezone.now())
    recompute_course(course_key, clock=timezone.now)
    assert not Standing.objects.filter(user=cast.ada).exists()
    with django_capture_on_commit_callbacks(execute=True):
        campus.unenrol(user=crowd["bo"], course_key=course_key, by=None, now=timezone.now())
    assert not Standing.objects.filter(user=crowd["bo"]).exists()
    assert board(course_key, crowd["chen"].id).people == 3


def test_time_alone_changes_points(cast, course_key, fay):
    brought(fay, learner("slow", course_key), course_key, days_ago=10)
    recompute([fay.id], course_key, now=timezone.now())
    assert Standing.objects.get(user=fay).points == 1
    recompute_course(course_key, clock=lambda: timezone.now() + timedelta(days=5))
    assert not Standing.objects.filter(user=fay).exists(), "fourteen days without a completed block"


def test_twenty_stand_on_a_page_and_the_neighbours_beside_oneself(cast, course_key):
    people = [learner(f"p{number:02}", course_key) for number in range(45)]
    Standing.objects.bulk_create(
        Standing(user=person, course_key=course_key, points=100 - number, shown=True)
        for number, person in enumerate(people)
    )
    for number, person in enumerate(people):
        show(person, course_key, f"Bee {number}")
    me = people[30]
    first = board(course_key, me.id)
    assert (len(first.rows), first.number, first.pages, first.own_page) == (20, 1, 3, 2)
    assert seen(first.around) == [(place, f"Bee {place - 1}", 101 - place) for place in range(29, 34)]
    second = board(course_key, me.id, number=2)
    assert second.around == ()
    assert [row.place for row in second.rows if row.mine] == [31]
    together = [row.name for number in (1, 2, 3) for row in board(course_key, me.id, number=number).rows]
    assert together == [f"Bee {number}" for number in range(45)]
    assert board(course_key, me.id, number=99).number == 3


def test_teams_share_what_their_members_brought_by_the_rule(cast, course_key, fay, now):
    begun = timezone.now() - timedelta(days=30)
    code = create_team(user=cast.chen, course_key=course_key, name="The Hive", now=begun)
    create_team(user=fay, course_key=course_key, name="The Meadow", now=begun)
    brought(cast.chen, learner("one", course_key), course_key, days_ago=20, active_at=timezone.now())
    leave_team(user_id=cast.chen.id, course_key=course_key, now=timezone.now() - timedelta(days=15))
    code = create_team(user=cast.bo, course_key=course_key, name="The Nest", now=begun)
    join_team(user=cast.chen, code=code, now=timezone.now() - timedelta(days=15))
    brought(cast.chen, learner("two", course_key), course_key, days_ago=10)
    brought(fay, learner("three", course_key), course_key, days_ago=10, active_at=timezone.now())
    recompute_course(course_key, clock=timezone.now)
    found = team_board(course_key, cast.chen.id)
    assert seen(found.rows) == [(1, "The Meadow", 3), (2, "The Nest", 1)], "the closed Hive is not listed"
    assert [row.mine for row in found.rows] == [False, True]


def test_a_merged_team_keeps_what_both_brought(cast, course_key, fay, django_capture_on_commit_callbacks):
    begun = timezone.now() - timedelta(days=30)
    from referral_xblock.teams.queries import find_team

    one = find_team(create_team(user=cast.chen, course_key=course_key, name="One", now=begun))
    two = find_team(create_team(user=fay, course_key=course_key, name="Two", now=begun))
    brought(cast.chen, learner("c", course_key), course_key, active_at=timezone.now())
    brought(fay, learner("f", course_key), course_key, active_at=timezone.now())
    recompute_course(course_key, clock=timezone.now)
    with django_capture_on_commit_callbacks(execute=True):
        merge_teams(actor=cast.ada, course_key=course_key, team_id=one.id, into_id=two.id, now=timezone.now())
    assert seen(team_board(course_key, cast.chen.id).rows) == [(1, "Two", 6)]
