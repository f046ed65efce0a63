"""Retirement: the counts by day stay, the person becomes the stub, nothing that could lead back is kept."""

from datetime import timedelta

import pytest

from community_dashboard.activity.rollup.filling import fill
from community_dashboard.activity.rollup.forgetting import forget_person
from community_dashboard.activity.rollup.own_data import own_figures
from community_dashboard.activity.rollup.queries import daily
from community_dashboard.models import Activity, LearnerDay, LearnerState, LearnerToFill
from community_dashboard.retirement import forget_retired
from referral_xblock.own_data import own_data
from tests.community_dashboard.activity.rollup.exactness import ALWAYS, assert_exact

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
STAY = ("active", "active_week", "completed", "watched", "posted", "enrolled", "passed", "brought")


@pytest.fixture
def filled(people, week, now):
    fill(now=now)


def test_the_counts_by_day_stay(filled, people, course_key, now):
    before = daily(course_key, STAY, **ALWAYS, now=now)
    forget_person(user_id=people[0].id, now=now)
    assert daily(course_key, STAY, **ALWAYS, now=now) == before
    fill(now=now + MINUTE)
    assert daily(course_key, STAY, **ALWAYS, now=now) == before
    assert_exact(course_key, now=now + MINUTE)


def test_the_stub_says_nothing_that_leads_back(filled, people, course_key, now):
    LearnerState.objects.filter(person=people[0].id).update(country="FR", cohort=3, risk=500, grade=900)
    forget_person(user_id=people[0].id, now=now, draw=lambda: 77)
    for moment in (now, now + MINUTE):
        for model in (LearnerDay, LearnerState, LearnerToFill):
            assert not model.objects.filter(person=people[0].id).exists()
        state = LearnerState.objects.get(person=-77)
        told = (state.country, state.cohort, state.mode, state.last_block, state.risk, state.grade, state.enrolled)
        assert told == ("", 0, "", "", -1, -1, False)
        assert state.started_at.hour == state.last_at.hour == state.enrolled_at.hour == 0
        days = LearnerDay.objects.filter(person=-77)
        assert set(days.values_list("hours", "last_block")) == {(0, "")}
        fill(now=moment + MINUTE)


def test_a_member_of_the_team_stays_one_in_the_figures(filled, people, course_key, now):
    LearnerState.objects.filter(person=people[0].id).update(team=True)
    forget_person(user_id=people[0].id, now=now, draw=lambda: 77)
    fill(now=now + MINUTE)
    assert LearnerState.objects.get(person=-77).team


def test_told_again_it_takes_out_what_came_late(filled, people, tell, course_key, now):
    forget_person(user_id=people[0].id, now=now, draw=lambda: 77)
    Activity.objects.create(
        key="a" * 32, user=people[0], kind="voted", course_key=course_key, happened_at=now - timedelta(days=4)
    )
    fill(now=now + MINUTE)
    assert LearnerDay.objects.filter(person=people[0].id).exists()
    assert not LearnerState.objects.filter(person=people[0].id).exists()
    forget_person(user_id=people[0].id, now=now, draw=lambda: 78)
    assert not LearnerDay.objects.filter(person__in=[people[0].id, -78]).exists()
    fill(now=now + 2 * MINUTE)
    assert_exact(course_key, now=now + 2 * MINUTE)


def test_the_round_of_everybody_does_not_bring_the_person_back(filled, people, course_key, now):
    """The platform keeps the enrolment of a retired account."""
    forget_person(user_id=people[0].id, now=now)
    fill(now=now + timedelta(days=1))
    assert not LearnerState.objects.filter(person=people[0].id).exists()
    assert_exact(course_key, now=now + timedelta(days=1))


def test_it_is_part_of_retirement(filled, people):
    forget_retired(people[0])
    forget_retired(people[0])
    assert not LearnerDay.objects.filter(person=people[0].id).exists()
    assert LearnerDay.objects.filter(person__lt=0).exists()


def test_who_was_never_filled_is_forgotten_as_well(people, week, course_key, now):
    forget_person(user_id=people[0].id, now=now)
    fill(now=now)
    assert_exact(course_key, now=now)


def test_what_the_figures_hold_of_a_person_is_in_the_own_data(filled, people, course_key, django_assert_num_queries):
    days, standing = own_figures(people[0].id)
    with django_assert_num_queries(2):
        days, standing = list(days.rows), list(standing.rows)
    assert len(days) == LearnerDay.objects.filter(person=people[0].id).count() > 2
    assert {row["course"] for row in days} == {course_key}
    assert standing[0]["completed"] == 3
    assert {"my_days", "my_standing"} <= {part.name for part in own_data(people[0].id)}
