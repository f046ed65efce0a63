"""What `load_crowd` leaves: people nobody can sign in as, the block's own draw of who is held out, figures that agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Count, F

from demo.campus.models import Enrolment, Profile
from demo.courseware.models import Course
from demo.population.crowd import PREFIX, SEED, crowd_learns_in, crowd_size, load_crowd
from demo.population.story import SPAN
from referral_xblock import api
from referral_xblock.models import Click, Event, Journey, Link, Showing, Touch

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
COUNT = 400


@pytest.fixture
def crowd(cast, course_key, now):
    """Four hundred learners, and what was said while they were made."""
    said: list[str] = []
    load_crowd(COUNT, course_key=course_key, seed=3, now=now, progress=said.append)
    return said


def people():
    return get_user_model().objects.filter(username__startswith=PREFIX)


def test_they_are_there_once_and_it_was_told(crowd, course_key):
    assert people().count() == COUNT
    assert (crowd_size(), crowd_learns_in(course_key)) == (COUNT, True)
    assert crowd[0].strip() == "400 accounts"
    assert crowd[-1].strip() == f"{Journey.objects.count():,} journeys"


def test_without_a_crowd_there_is_none(cast, course_key):
    assert (crowd_size(), crowd_learns_in(course_key)) == (0, False)


def test_nobody_has_a_password_or_an_address_that_is_somebodys(crowd):
    for user in people():
        assert not user.has_usable_password()
        assert user.email.rpartition("@")[2] in {"example.org", "example.net"}
    assert people().values("password").distinct().count() == COUNT


def test_everybody_has_a_name_a_language_and_a_country(crowd):
    profiles = Profile.objects.filter(user__username__startswith=PREFIX)
    assert profiles.exclude(name="").exclude(language="").exclude(country="").count() == COUNT
    assert profiles.values("language").distinct().count() > 4


def test_all_rows_lie_in_the_eight_weeks(crowd, now):
    moments = [
        *people().values_list("date_joined", flat=True),
        *Enrolment.objects.filter(user__in=people()).values_list("created", flat=True),
        *Link.objects.values_list("created_at", flat=True),
        *Click.objects.values_list("created_at", flat=True),
        *Touch.objects.values_list("bound_at", flat=True),
        *Event.objects.filter(user__in=people()).values_list("happened_at", flat=True),
        *Showing.objects.values_list("shown_at", flat=True),
    ]
    assert now - SPAN <= min(moments)
    assert max(moments) <= now
    assert max(moments) - min(moments) > SPAN - timedelta(days=3)


def test_who_is_held_out_is_the_blocks_own_draw(crowd, course_key):
    rows = list(Showing.objects.values_list("user_id", "in_holdout"))
    assert {held_out for _user, held_out in rows} == {True, False}
    for user_id, held_out in rows:
        assert held_out is api.is_held_out(user_id, course_key)


def test_codes_are_such_as_links_have_and_accounts_are_counted(crowd):
    touches = dict(Touch.objects.values_list("link").annotate(number=Count("id")))
    for link in Link.objects.all():
        assert api.find_link(link.code, now=link.created_at).id == link.id
        assert link.accounts == touches.get(link.id, 0)


def test_persons_with_an_account_are_those_who_came_by_a_click(crowd):
    named = set(Click.objects.exclude(person=F("visitor")).values_list("person", flat=True))
    bound = Touch.objects.filter(kind="link").values_list("user_id", flat=True)
    assert named == {f"u{user_id}" for user_id in bound}


@pytest.mark.parametrize("graded", [False, True], ids=["ungraded", "graded"])
@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_from_a_hundred_learners_on_the_growth_page_has_a_completed_and_a_held_journey(
    cast, course_key, now, seed, graded
):
    Course.objects.update(graded=graded)
    load_crowd(100, course_key=course_key, seed=seed, now=now, progress=lambda _line: None)
    assert Journey.objects.filter(status="credited", lapsed_at=None).exclude(completed_at=None).exists()
    assert Journey.objects.filter(status="held", reason="suspicious").exists()


def test_the_same_seed_fills_the_same_rows(crowd, course_key, now):
    def rows():
        return (
            list(people().order_by("id").values_list("id", "username", "email", "date_joined")),
            list(Link.objects.order_by("code").values_list("code", "owner_id", "channel", "accounts")),
            list(Journey.objects.order_by("user_id").values_list("user_id", "inviter_id", "status", "enrolled_at")),
        )

    before = rows()
    people().delete()
    load_crowd(COUNT, course_key=course_key, seed=3, now=now, progress=lambda _line: None)
    assert rows() == before
