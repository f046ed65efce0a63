"""Whatever happened, told in whatever order and however often, and whenever it was filled: the figures are a recount's."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community_dashboard.activity.actions import record, record_many
from community_dashboard.activity.rollup.filling import fill
from community_dashboard.activity.rollup.forgetting import forget_person
from community_dashboard.models import Activity
from tests.community_dashboard.activity.rollup.exactness import assert_exact
from tests.community_dashboard.activity.rollup.stories import STEPS, fact, make_people
from tests.people import NOW

pytestmark = pytest.mark.django_db


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate),  # to shrink one takes minutes
)
@given(steps=STEPS, one_by_one=st.booleans())
def test_any_history(course_key, steps, one_by_one):
    with transaction.atomic():
        people, told, now = make_people(course_key), [], NOW
        tell([fact(("deleted", 0, 0, 0), people, course_key)], False)  # that there is a course
        for step, what in steps:
            if step == "tell":
                new = [fact(happened, people, course_key) for happened in what]
                told += new
                tell(new, one_by_one)
            elif step == "again":
                what.shuffle(told)
                tell(told, one_by_one)
            elif step == "retire":
                forget_person(user_id=people[what].id, now=now)
            else:
                now += timedelta(hours=what)
                assert fill(now=now).finished
        assert fill(now=now + timedelta(minutes=3)).failed == 0
        assert_exact(course_key, now=now + timedelta(minutes=3))
        transaction.set_rollback(True)


def tell(told, one_by_one):
    if one_by_one:
        for one in told:
            record(activity=one)
    else:
        record_many(activities=told)


def test_a_course_that_the_platform_no_longer_has(cast, now):
    from opaque_keys.edx.keys import CourseKey

    gone = CourseKey.from_string("course-v1:Test+Gone+1")
    people = make_people(gone)
    tell([fact(("completed", who, 0, -60), people, gone) for who in range(3)], False)
    assert fill(now=now).failed == 0
    assert_exact(gone, now=now)


def test_what_belongs_to_no_course_is_in_no_figure(cast, course_key, now):
    Activity.objects.all().delete()
    tell([fact(("signed_in", 0, 0, 0), make_people(course_key), course_key)], False)
    assert fill(now=now).days == 0
