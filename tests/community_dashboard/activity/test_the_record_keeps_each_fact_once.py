"""One row per fact, whoever tells it and however often; the earliest moment where a kind asks for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record, record_many
from community_dashboard.activity.kinds import KINDS, Kind
from community_dashboard.models import Activity
from tests.community_dashboard.activity.happened import thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_before(cast):
    Activity.objects.all().delete()


def test_the_same_fact_is_one_row(cast, course_key, now):
    for _twice in range(2):
        record(activity=thread(1, cast.chen, course_key, now))
    assert record_many(activities=[thread(1, cast.chen, course_key, now)] * 3) == 0
    assert Activity.objects.count() == 1


def test_a_thread_and_a_comment_of_one_number_are_two(cast, course_key, now):
    where = {"user_id": cast.chen.id, "course_key": course_key, "at": now}
    record(activity=facts.posted(kind=Kind.POSTED, post=("thread", "1"), **where))
    record(activity=facts.posted(kind=Kind.ANSWERED, post=("comment", "1"), **where))
    assert Activity.objects.count() == 2


def test_parts_of_a_number_do_not_run_together():
    one, other = (
        facts.NewActivity(Kind.VOTED, None, ("voted", *parts)).key for parts in (("thread1", "2"), ("thread", "12"))
    )
    assert one != other
    assert len(one) == 32


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("fact", [facts.passed, facts.certified, facts.graded])
def test_of_the_first_time_the_earliest_counts_in_any_order(cast, course_key, now, fact, many):
    moments = [now, now - timedelta(hours=2), now + timedelta(hours=2)]
    for moment in moments:
        told = fact(user_id=cast.chen.id, course_key=course_key, at=moment)
        if many:
            record_many(activities=[told])
        else:
            record(activity=told)
    assert list(Activity.objects.values_list("happened_at", flat=True)) == [min(moments)]


def test_the_batch_says_how_many_were_new(cast, course_key, now):
    first = [thread(number, cast.chen, course_key, now) for number in range(600)]
    assert record_many(activities=first[:400]) == 400
    assert record_many(activities=first) == 200
    assert Activity.objects.count() == 600


def test_one_fact_is_one_statement_and_a_known_batch_two(cast, course_key, now):
    with CaptureQueriesContext(connection) as statements:
        record(activity=thread(1, cast.chen, course_key, now))
    assert len(statements) == 1
    known = [thread(number, cast.chen, course_key, now) for number in range(500)]
    record_many(activities=known)
    with CaptureQueriesContext(connection) as statements:
        record_many(activities=known)
    assert len(statements) == 2


def test_every_kind_is_declared_and_fits_its_column():
    assert set(KINDS) == set(Kind)
    longest = Activity._meta.get_field("kind").max_length
    assert max(len(kind.value) for kind in Kind) <= longest
