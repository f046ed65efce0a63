"""A new run offers to begin with the rules of an earlier one."""

import pytest
from django.urls import reverse

from demo.campus import actions
from referral_xblock.api import Role, policy_of
from referral_xblock.models import CoursePolicy
from tests.people import make_course

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def earlier(cast, course_key, now):
    """Last year's run, with a window of its own."""
    key = make_course(str(course_key).replace("2026", "2025")).course_key
    CoursePolicy.objects.create(course_key=key, window_days=12, changed_at=now)
    return key


def page(client, course_key):
    return client.get(reverse("community_dashboard:growth_settings", args=[str(course_key)])).content.decode()


def take_over(client, course_key, run):
    return client.post(reverse("community_dashboard:take_over_policy", args=[str(course_key)]), {"run": str(run)})


def test_who_leads_both_runs_takes_the_rules_over(cast, course_key, earlier, client_of):
    actions.give_role(user=cast.ada, course_key=earlier, role=Role.COURSE_STAFF)
    staff = client_of(cast.ada)
    assert str(earlier) in page(staff, course_key)
    assert take_over(staff, course_key, earlier).status_code == 303
    assert policy_of(course_key).window_days == 12


def test_rules_of_a_run_that_one_does_not_lead_are_not_to_be_had(cast, course_key, earlier, client_of):
    staff = client_of(cast.ada)
    assert str(earlier) not in page(staff, course_key)
    assert take_over(staff, course_key, earlier).status_code == 404
    assert policy_of(course_key).window_days == 30


def test_another_course_is_no_other_run(cast, course_key, earlier, client_of, now):
    other = make_course("course-v1:Test+Birds+2025").course_key
    CoursePolicy.objects.create(course_key=other, window_days=12, changed_at=now)
    actions.give_role(user=cast.ada, course_key=other, role=Role.COURSE_STAFF)
    staff = client_of(cast.ada)
    assert str(other) not in page(staff, course_key)
    assert take_over(staff, course_key, other).status_code == 404


@pytest.mark.parametrize("name", ["bo", "chen", "dara"])
def test_nobody_without_the_right_copies_anything(cast, course_key, earlier, client_of, name):
    assert take_over(client_of(getattr(cast, name)), course_key, earlier).status_code == 403


@pytest.mark.parametrize("run", ["", "rubbish", "course-v1:A+B+C"])
def test_rubbish_is_not_found(cast, course_key, client_of, run):
    assert take_over(client_of(cast.ada), course_key, run).status_code == 404
