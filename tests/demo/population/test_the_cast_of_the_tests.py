"""Tests begin with the same people, parts and enrolments as the demo has."""

from django.contrib.auth import get_user_model
from django.db import transaction

from demo.campus.models import CourseRole, Enrolment, Profile
from demo.population.people import give_parts
from tests.people import make_cast


def test_they_are_made_as_the_demo_makes_them(course_key, now):
    of_the_demo = rows_after(lambda: give_parts(course_key, now=now))
    of_the_tests = rows_after(lambda: make_cast(course_key, now=now))
    assert of_the_tests == of_the_demo
    assert [len(rows) for rows in of_the_tests] == [4, 4, 2, 2]


def test_they_are_handed_out_under_their_names(cast):
    assert [cast.ada.username, cast.bo.username, cast.chen.username, cast.dara.username] == [
        "ada",
        "bo",
        "chen",
        "dara",
    ]
    assert cast.eli is None
    assert not any(one.has_usable_password() for one in get_user_model().objects.all())
    assert cast.chen.profile.name == "Chen Wei"


def rows_after(action):
    """What the tables of people hold after this, without numbers; they are empty again then."""
    with transaction.atomic():
        action()
        rows = [
            list(
                get_user_model().objects.order_by("username").values_list("username", "email", "is_active", "is_staff")
            ),
            list(
                Profile.objects.order_by("name").values_list(
                    "user__username", "name", "language", "country", "provider"
                )
            ),
            list(CourseRole.objects.order_by("user__username").values_list("user__username", "course_key", "role")),
            list(
                Enrolment.objects.order_by("user__username").values_list(
                    "user__username", "course_key", "mode", "active"
                )
            ),
        ]
        transaction.set_rollback(True)
    return rows
