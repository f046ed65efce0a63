"""Queries of filling do not grow with the rows, and those of reading do not grow at all."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.rollup.actions import set_risks
from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen
from community_dashboard.activity.rollup.days import fill_day
from community_dashboard.activity.rollup.filling import fill, fill_course
from community_dashboard.activity.rollup.groups import countries, funnel, modes, retention, standing
from community_dashboard.activity.rollup.history import histories
from community_dashboard.activity.rollup.looking import look
from community_dashboard.activity.rollup.people import days_of, state_of
from community_dashboard.activity.rollup.queries import OF_CHOSEN, blocks, covered, daily, filled_at
from community_dashboard.activity.rollup.rounds import fill_learners
from community_dashboard.models import CourseFill, FillState, LearnerDay, LearnerState
from demo.campus.models import Enrolment
from tests.community_dashboard.activity.rollup.exactness import ALWAYS, assert_exact
from tests.people import NOW

pytestmark = pytest.mark.django_db


def crowd(course_key, number):
    """So many people who did three things today."""
    users = get_user_model().objects.bulk_create(
        get_user_model()(username=f"crowd{n}", email=f"{n}@example.org") for n in range(number)
    )
    users = list(get_user_model().objects.filter(username__startswith="crowd"))
    Enrolment.objects.bulk_create(
        Enrolment(user=user, course_key=course_key, active=True, created=NOW) for user in users
    )
    record_many(
        activities=[
            facts.completed(user_id=user.id, course_key=course_key, block_key=f"block-{n}", at=NOW)
            for user in users
            for n in range(3)
        ]
    )
    return users


def cost(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@pytest.mark.parametrize("number", [10, 400])
def test_a_day_and_its_learners(course_key, number):
    crowd(course_key, number)
    look(now=NOW)
    (state,) = FillState.objects.values_list("pk", flat=True)
    assert cost(lambda: fill_day(state, now=NOW)) <= 40  # SQLite takes fewer rows in one statement
    assert cost(lambda: fill_learners(course_key, now=NOW)) <= 75  # two rounds of one batch, and the ends of both


def test_people_of_a_large_course_are_reckoned_in_batches(course_key, monkeypatch):
    from community_dashboard.activity.rollup import rounds

    crowd(course_key, 30)
    monkeypatch.setattr(rounds, "BATCH", 7)
    assert fill_course(course_key, now=NOW).people == 30
    assert_exact(course_key, now=NOW)


def test_a_round_that_was_stopped_goes_on(course_key, monkeypatch):
    from community_dashboard.activity.rollup import rounds

    crowd(course_key, 30)
    fill(now=NOW)
    monkeypatch.setattr(rounds, "BATCH", 7)
    tomorrow, steps = NOW + timedelta(days=1), iter([True, True, True, False, False])
    fill_learners(course_key, now=tomorrow, goes_on=lambda: next(steps))
    half = CourseFill.objects.get(course_key=course_key)
    assert half.reached
    assert half.begun_at == tomorrow
    fill(now=tomorrow)
    assert_exact(course_key, now=tomorrow)


@pytest.mark.parametrize("chosen", [EVERYBODY, Chosen(team=False)])
def test_reading(people, week, course_key, now, chosen):
    fill(now=now)
    assert cost(lambda: daily(course_key, OF_CHOSEN, **ALWAYS, chosen=chosen, now=now)) <= 2
    assert cost(lambda: funnel(course_key, chosen, now=now)) == 1
    assert cost(lambda: retention(course_key, chosen, now=now)) == 1
    assert cost(lambda: standing(course_key, chosen, quiet_since=now, now=now)) == 1
    assert cost(lambda: countries(course_key, chosen, now=now)) == 1
    assert cost(lambda: modes(course_key)) == 1
    assert cost(lambda: blocks(course_key, **ALWAYS)) == 1
    assert cost(lambda: covered(course_key)) == 1
    assert cost(lambda: filled_at(course_key)) <= 2


def test_covered_is_never_beyond_what_can_be(people, week, tell, course_key, now):
    assert covered(course_key) is None
    decades = 60 * 24 * 365 * 40
    tell(people, ("posted", 0, 0, decades), ("completed", 1, 0, -decades))
    fill(now=now)
    assert covered(course_key) == ((now - timedelta(days=9)).date(), now.date())


def test_risks_are_kept_through_filling(people, week, course_key, now):
    fill(now=now)
    set_risks(course_key=course_key, risks={people[0].id: (700, 300), 999_999: (1, 1)})
    fill(now=now + timedelta(days=1))
    one = state_of(course_key, people[0].id)
    assert (one.risk, one.risk_before) == (700, 300)
    assert not LearnerState.objects.filter(person=999_999).exists()


def test_history_knows_nothing_later(people, week, course_key, now):
    fill(now=now)
    for days in range(10):
        until = (now - timedelta(days=days)).date()
        found = {one.person: one for some in histories(course_key, until=until, now=now, size=2) for one in some}
        assert set(found) == set(LearnerDay.objects.filter(day__lte=until).values_list("person", flat=True))
        for person, one in found.items():
            assert list(one.days) == days_of(course_key, person, start=NOW.date().replace(year=2000), end=until)
            assert all(day is None or day <= until for day in (one.enrolled_on, one.left_on, one.finished_on))
    today = {one.person: one for some in histories(course_key, until=now.date(), now=now) for one in some}
    assert today[people[0].id].finished_on == now.date()
    assert today[people[3].id].left_on == (now - timedelta(days=3)).date()
    assert today[people[1].id].left_on is None


def test_who_came_back_has_not_left(people, week, tell, course_key, now):
    tell(people, ("came_back", 3, 0, -60))
    fill(now=now)
    (one,) = [one for some in histories(course_key, until=now.date(), now=now) for one in some
              if one.person == people[3].id]  # fmt: skip
    assert one.left_on is None


def test_the_command(people, week, course_key, now, capsys):
    call_command("fill_figures")
    assert "6 days and" in capsys.readouterr().out
    LearnerDay.objects.all().delete()
    call_command("fill_figures", course=str(course_key), from_the_beginning=True)
    assert "6 days and" in capsys.readouterr().out
    assert LearnerDay.objects.exists()
    call_command("fill_figures", from_the_beginning=True, seconds=60)
    assert "6 days and" in capsys.readouterr().out
    with pytest.raises(CommandError, match="not the key"):
        call_command("fill_figures", course="bees")
