"""What stands in the block and on a person's own page: only for learners, only where the course uses it."""

import pytest
from django.utils import timezone

from referral_xblock.leaderboard.actions import appear
from referral_xblock.leaderboard.computing import recompute
from referral_xblock.leaderboard.panel import draw_leaderboard
from referral_xblock.panels import Place, Viewing, draw_panels
from referral_xblock.teams.actions import create_team
from referral_xblock.teams.panel import draw_buddies, draw_team
from tests.referral_xblock.teams.people import brought, learner
from tests.referral_xblock.visits import set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_teams")]


def look(draw, person, course_key, place=Place.UNIT):
    return draw(Viewing(person.id, course_key, place, timezone.now()))


@pytest.mark.parametrize("draw", [draw_team, draw_buddies, draw_leaderboard])
def test_nothing_for_strangers_and_nothing_where_it_is_off(cast, course_key, draw):
    assert look(draw, cast.dara, course_key) == look(draw, cast.ada, course_key) == ""
    set_policy(course_key, teams=False, buddies="off", leaderboard=False)
    assert look(draw, cast.chen, course_key) == ""


def test_they_are_registered_and_stand_in_their_order(cast, course_key):
    drawn = "".join(draw_panels(Viewing(cast.chen.id, course_key, Place.ME, timezone.now())))
    assert drawn.index("My team") < drawn.index("Leaderboard")


def test_links_leave_the_frame_of_a_unit(cast, course_key, now):
    for draw in (draw_team, draw_leaderboard):
        assert 'target="_blank"' in look(draw, cast.chen, course_key)
        assert "target=" not in look(draw, cast.chen, course_key, Place.ME)


def test_the_team_the_buddy_and_the_first_five(cast, course_key, fay, now):
    create_team(user=cast.chen, course_key=course_key, name="<b>Hive", now=now)
    assert "&lt;b&gt;Hive" in look(draw_team, cast.chen, course_key)
    assert look(draw_buddies, cast.chen, course_key) == "", "nobody to learn with"
    brought(cast.chen, fay, course_key, active_at=timezone.now())
    assert "Study buddies" in look(draw_buddies, fay, course_key)
    for number in range(7):
        inviter = learner(f"inviter{number}", course_key)
        appear(user=inviter, course_key=course_key, kind="first", pseudonym="", now=now)
        for friend in range(number + 1):
            brought(inviter, learner(f"friend{number}x{friend}", course_key), course_key)
        recompute([inviter.id], course_key, now=timezone.now())
    recompute([cast.chen.id], course_key, now=timezone.now())
    text = look(draw_leaderboard, cast.chen, course_key)
    assert text.count("<tr>") == 1 + 5
    assert "Inviter6" in text
    assert "Inviter1<" not in text
    assert "You are at place 5 with 3 points." in text


@pytest.mark.parametrize(("draw", "most"), [(draw_team, 4), (draw_leaderboard, 8), (draw_buddies, 20)])
def test_a_panel_costs_few_queries(cast, course_key, fay, now, draw, most, django_assert_max_num_queries):
    create_team(user=cast.chen, course_key=course_key, name="Hive", now=now)
    for number in range(10):
        brought(cast.chen, learner(f"friend{number}", course_key), course_key)
    recompute([cast.chen.id], course_key, now=timezone.now())
    look(draw, cast.chen, course_key)
    with django_assert_max_num_queries(most):
        look(draw, cast.chen, course_key)
