"""A new run offers to begin with the rules of an earlier one."""

import pytest
from django.urls import reverse

from demo.campus import actions
from referral_xblock.api import Role, policy_of
from referral_xblock.models import CoursePolicy, Rerun
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


@pytest.fixture
def source(course_key, now):
    """A course under another name, of which this one was made as a re-run."""
    key = make_course("course-v1:Test+Insects+2020").course_key
    CoursePolicy.objects.create(course_key=key, window_days=14, changed_at=now)
    Rerun.objects.create(course_key=course_key, source_key=key, noted_at=now)
    return key


def test_a_rerun_offers_the_rules_of_the_course_that_was_run_again(cast, course_key, earlier, source, client_of):
    for key in (earlier, source):
        actions.give_role(user=cast.ada, course_key=key, role=Role.COURSE_STAFF)
    staff = client_of(cast.ada)
    html = page(staff, course_key)
    assert f"made as a re-run of {source}" in html
    assert html.index(f'value="{source}"') < html.index(f'value="{earlier}"')
    assert take_over(staff, course_key, source).status_code == 303
    assert policy_of(course_key).window_days == 14


def test_who_does_not_lead_that_course_is_not_told_of_it(cast, course_key, source, client_of):
    staff = client_of(cast.ada)
    assert str(source) not in page(staff, course_key)
    assert take_over(staff, course_key, source).status_code == 404


def test_the_team_of_that_course_has_no_say_in_this_one(cast, course_key, source, client_of):
    actions.give_role(user=cast.dara, course_key=source, role=Role.COURSE_STAFF)
    assert take_over(client_of(cast.dara), course_key, source).status_code == 403
    assert policy_of(course_key).window_days == 30


@pytest.mark.parametrize("name", ["bo", "chen", "dara"])
def test_nobody_without_the_right_copies_anything(cast, course_key, earlier, client_of, name):
    assert take_over(client_of(getattr(cast, name)), course_key, earlier).status_code == 403


@pytest.mark.parametrize("run", ["", "rubbish", "course-v1:A+B+C"])
def test_rubbish_is_not_found(cast, course_key, client_of, run):
    assert take_over(client_of(cast.ada), course_key, run).status_code == 404
