"""What the batches of the ledger and of sharing pass over, and that they may be run again.

That they leave the same rows as the single actions for a whole crowd is shown by tests/demo/population.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import telling_of
from referral_xblock.data import Telling
from referral_xblock.journey.batches import EventKind, NewEvent, NewTouch, bind_touches, note_events
from referral_xblock.journey.repair import recompute_all
from referral_xblock.links.actions import change_link, ensure_links, record_click
from referral_xblock.links.queries import find_link
from referral_xblock.models import Event, Link, Share, Showing, Touch
from referral_xblock.sharing.batches import NewShare, NewShowing, record_shares, record_showings

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def click(link, course_key, now):
    return record_click(link_id=link.id, course_key=course_key, visitor="v", machine="", now=now)


def test_a_click_binds_the_account_that_came_first(cast, course_key, now, link, click):
    late = NewTouch(cast.bo, now + timedelta(hours=2), click_id=click)
    early = NewTouch(cast.dara, now + timedelta(hours=1), Telling.STAGES, click_id=click)
    assert bind_touches(course_key=course_key, touches=[late, early]) == 1
    assert bind_touches(course_key=course_key, touches=[late, early]) == 0
    assert Touch.objects.get().user == cast.dara
    assert Link.objects.get(id=link.id).accounts == 1
    assert telling_of(cast.dara.id, course_key) is Telling.STAGES


def test_unknown_clicks_and_those_of_another_course_are_passed_over(cast, course_key, now, click):
    other = CourseKey.from_string("course-v1:Test+Other+1")
    assert bind_touches(course_key=other, touches=[NewTouch(cast.dara, now, click_id=click)]) == 0
    assert bind_touches(course_key=course_key, touches=[NewTouch(cast.dara, now, click_id=click + 99)]) == 0
    assert not Touch.objects.exists()


def test_the_own_code_and_a_closed_one_are_passed_over(cast, course_key, now, link):
    typed = find_link(link.code, now=now)
    assert bind_touches(course_key=course_key, touches=[NewTouch(cast.chen, now, typed=typed)]) == 0
    change_link(actor=cast.chen, link_id=link.id, paused=True, expires_at=None, cap=0)
    closed = find_link(link.code, now=now)
    assert bind_touches(course_key=course_key, touches=[NewTouch(cast.dara, now, typed=closed)]) == 0
    assert bind_touches(course_key=course_key, touches=[NewTouch(cast.dara, now, typed=typed)]) == 1
    assert Touch.objects.get().token == f"code:{cast.dara.id}:{link.id}"


def test_a_link_that_is_used_up_binds_nobody_else(cast, course_key, now, link):
    change_link(actor=cast.chen, link_id=link.id, paused=False, expires_at=None, cap=1)
    clicks = [
        record_click(link_id=link.id, course_key=course_key, visitor=name, machine="", now=now) for name in ("v", "w")
    ]
    late = NewTouch(cast.bo, now + timedelta(hours=2), click_id=clicks[0])
    early = NewTouch(cast.dara, now + timedelta(hours=1), click_id=clicks[1])
    assert bind_touches(course_key=course_key, touches=[late, early]) == 1
    assert bind_touches(course_key=course_key, touches=[late]) == 0
    assert Touch.objects.get().user == cast.dara
    assert Link.objects.get(id=link.id).accounts == 1


def test_the_inviters_own_browser_is_noted(cast, course_key, now, link, click):
    touch = NewTouch(cast.dara, now, click_id=click, own_browser_of=lambda owner_id: owner_id == cast.chen.id)
    assert bind_touches(course_key=course_key, touches=[touch]) == 1
    assert Touch.objects.get().same_browser


def test_staff_and_strangers_to_the_audience_are_known_when_bound(cast, course_key, now, link, click):
    from django.core.cache import cache

    from referral_xblock.policy.models import CoursePolicy

    cache.clear()
    CoursePolicy.objects.create(
        course_key=course_key, audience="domains", allowed_domains=["school.example"], changed_at=now
    )
    second = record_click(link_id=link.id, course_key=course_key, visitor="w", machine="", now=now)
    cast.dara.email = "dara@school.example"
    bind_touches(
        course_key=course_key,
        touches=[NewTouch(cast.ada, now, click_id=click), NewTouch(cast.dara, now, click_id=second)],
    )
    rows = {touch.user.username: (touch.is_staff, touch.admitted) for touch in Touch.objects.select_related("user")}
    assert rows == {"ada": (True, False), "dara": (False, True)}


def test_what_was_known_before_comes_into_the_ledger_once(cast, course_key, now, click):
    Event.objects.all().delete()
    for _time in range(2):
        bind_touches(course_key=course_key, touches=[NewTouch(cast.bo, now, click_id=click)])
        recompute_all(course_key=course_key, now=now)
    assert sorted(Event.objects.filter(user=cast.bo).values_list("kind", flat=True)) == ["enrolled", "registered"]


def test_an_event_that_happens_once_keeps_its_first_moment(cast, course_key, now):
    later = NewEvent(cast.bo.id, EventKind.ACTIVE, now + timedelta(days=1), course_key)
    note_events(events=[later, NewEvent(cast.bo.id, EventKind.ACTIVE, now, course_key)])
    note_events(events=[later])
    assert Event.objects.get(kind="active").happened_at == now


def test_showings_and_shares_count_once_and_unknown_channels_not_at_all(cast, course_key, now):
    later = now + timedelta(hours=1)
    for _time in range(2):
        record_showings(
            course_key=course_key,
            showings=[NewShowing(cast.bo.id, "p", False, later), NewShowing(cast.bo.id, "p", False, now)],
        )
        record_shares(
            course_key=course_key,
            shares=[
                NewShare(cast.bo.id, "q", "x", later),
                NewShare(cast.bo.id, "p", "x", now),
                NewShare(cast.bo.id, "p", "x", now + timedelta(days=1)),
                NewShare(cast.bo.id, "p", "carrier pigeon", now),
            ],
        )
    assert Showing.objects.get().shown_at == now
    assert list(Share.objects.order_by("day").values_list("placement", "day")) == [
        ("p", now.date()),
        ("p", (now + timedelta(days=1)).date()),
    ]


def test_many_links_of_one_owner_are_one_query_for_five_hundred(cast, course_key, now, django_assert_num_queries):
    from referral_xblock.links.batches import WantedLink, ensure_links_for_many

    channels = ["copy", "x", "email"]
    ensure_links(owner_id=cast.bo.id, course_key=course_key, placement="", channels=channels, now=now)
    wanted = [WantedLink(cast.bo.id, "", channel, now) for channel in channels]
    with django_assert_num_queries(3):  # a savepoint, its release, and one query
        ensure_links_for_many(course_key=course_key, wanted=wanted)
