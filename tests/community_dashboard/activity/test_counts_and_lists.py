"""What the record answers, against a count by hand."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.activity import facts
from community_dashboard.activity.actions import forget_person, record_many
from community_dashboard.activity.kinds import LEARNING, Kind
from community_dashboard.activity.queries import activity_of, count_active_people, count_by_day
from community_dashboard.models import Activity
from tests.community_dashboard.activity.happened import thread, week_of
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_before(cast):
    Activity.objects.all().delete()


def test_counts_by_day_are_those_of_the_rows(cast, course_key, elsewhere, now):
    told = week_of(cast, course_key, now)
    record_many(activities=[thread(900, cast.chen, elsewhere, now)])
    by_hand = Counter((one.happened_at.date(), one.kind) for one in told if one.course_key == course_key)
    assert count_by_day(course_key, start=now, end=now + timedelta(days=9)) == by_hand


def test_the_end_of_a_period_is_not_in_it(cast, course_key, now):
    record_many(activities=[thread(1, cast.chen, course_key, now)])
    assert count_by_day(course_key, start=now - timedelta(days=1), end=now) == {}
    assert count_by_day(course_key, start=now, end=now + timedelta(seconds=1)) == {(now.date(), Kind.POSTED): 1}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_days_are_days_of_utc_whatever_the_reader_has_chosen(cast, course_key, zone):
    late = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
    record_many(activities=[thread(1, cast.chen, course_key, late)])
    with timezone.override(zone):
        counted = count_by_day(course_key, start=late, end=late + timedelta(days=1))
    assert counted == {(late.date(), Kind.POSTED): 1}


def test_active_people_are_those_who_learned(cast, course_key, now):
    week_of(cast, course_key, now)
    record_many(activities=[facts.enrolled(user_id=cast.dara.id, course_key=course_key, first_at=now)])
    period = {"start": now, "end": now + timedelta(days=9)}
    assert count_active_people(course_key, **period) == 2
    assert count_active_people(course_key, **period, kinds=[Kind.COMPLETED]) == 1
    assert count_active_people(course_key, **period, kinds=[Kind.ENROLLED]) == 1


def test_a_post_that_nobody_is_known_to_have_deleted_makes_nobody_active(cast, course_key, now):
    record_many(activities=[facts.deleted(post=("thread", "1"), user_id=None, course_key=course_key, at=now)])
    period = {"start": now, "end": now + timedelta(days=1)}
    assert count_active_people(course_key, **period, kinds=[Kind.DELETED]) == 0


def test_counts_stay_when_people_are_forgotten(cast, course_key, now):
    week_of(cast, course_key, now)
    period = {"start": now.replace(hour=0, minute=0), "end": now + timedelta(days=9)}
    before = count_by_day(course_key, **period), count_active_people(course_key, **period)
    for user in (cast.chen, cast.bo):
        forget_person(user_id=user.id, now=now)
    assert (count_by_day(course_key, **period), count_active_people(course_key, **period)) == before


def test_pages_of_a_person_are_whole_and_in_order(cast, course_key, now):
    told = [thread(number, cast.chen, course_key, now + timedelta(minutes=number // 3)) for number in range(25)]
    record_many(activities=told)
    record_many(activities=[thread(99, cast.bo, course_key, now)])
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        with CaptureQueriesContext(connection) as statements:
            page = activity_of(cast.chen.id, course_key=course_key, older_than=cursor, size=10)
        assert len(statements) == 1
        seen, cursor, pages = seen + page.rows, page.older, pages + 1
    assert pages == 3
    assert [row.happened_at for row in seen] == sorted((one.happened_at for one in told), reverse=True)
    assert sorted(int(row.about[1]) for row in seen) == list(range(25))


def test_a_person_everywhere_and_what_belongs_to_no_course(cast, course_key, elsewhere, now):
    record_many(
        activities=[
            thread(1, cast.chen, course_key, now),
            thread(2, cast.chen, elsewhere, now + timedelta(minutes=1)),
            facts.signed_in(event_id="s", user_id=cast.chen.id, at=now + timedelta(minutes=2)),
        ]
    )
    everywhere = [(row.kind, row.course_key, row.about) for row in activity_of(cast.chen.id).rows]
    assert everywhere == [
        (Kind.SIGNED_IN, None, ("", "")),
        (Kind.POSTED, elsewhere, ("thread", "2")),
        (Kind.POSTED, course_key, ("thread", "1")),
    ]
    assert len(activity_of(cast.chen.id, course_key=elsewhere).rows) == 1


HAPPENED = st.lists(
    st.tuples(st.sampled_from([Kind.POSTED, Kind.ANSWERED]), st.integers(0, 3), st.integers(0, 24 * 10)), max_size=30
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(happened=HAPPENED, first=st.integers(0, 240), length=st.integers(0, 240))
def test_any_period_counts_what_happened_in_it(cast, course_key, happened, first, length):
    people = [cast.ada, cast.bo, cast.chen, cast.dara]
    told = [
        facts.posted(
            kind=kind,
            post=("thread" if kind is Kind.POSTED else "comment", str(number)),
            user_id=people[who].id,
            course_key=course_key,
            at=NOW + timedelta(hours=hour),
        )
        for number, (kind, who, hour) in enumerate(happened)
    ]
    start, end = NOW + timedelta(hours=first), NOW + timedelta(hours=first + length)
    Activity.objects.all().delete()
    record_many(activities=told)
    inside = [one for one in told if start <= one.happened_at < end]
    assert count_by_day(course_key, start=start, end=end) == Counter(
        (one.happened_at.date(), one.kind) for one in inside
    )
    assert count_active_people(course_key, start=start, end=end) == len({one.user_id for one in inside})
    assert {Kind.POSTED, Kind.ANSWERED} <= set(LEARNING)
