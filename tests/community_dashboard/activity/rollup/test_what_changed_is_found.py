"""Which days are counted anew: those of new rows, of rows that appear late with a low number, and of rows that changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.activity import facts
from community_dashboard.activity.actions import forget_latecomers, record, record_many, replace
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup import looking
from community_dashboard.activity.rollup.actions import mark_stale
from community_dashboard.activity.rollup.filling import fill
from community_dashboard.activity.rollup.looking import look
from community_dashboard.activity.rollup.queries import daily, filled_at
from community_dashboard.models import Activity, FillState, Forgotten
from tests.community_dashboard.activity.rollup.exactness import assert_exact

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def stale(course_key):
    return set(FillState.objects.filter(course_key=course_key, stale=True).values_list("day", flat=True))


def test_only_the_days_of_new_rows_are_counted(people, week, tell, course_key, now):
    assert fill(now=now).days == 6
    tell(people, ("posted", 1, 0, -60 * 24 * 30))
    assert fill(now=now + 3 * MINUTE).days == 1
    assert_exact(course_key, now=now + 3 * MINUTE)


def test_where_nothing_came_nothing_is_written(people, week, course_key, now):
    fill(now=now)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        filled = fill(now=now + 3 * MINUTE)
    assert (filled.days, filled.people, filled.finished) == (0, 0, True)
    wrote = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]
    assert all("community_dashboard_place" in sql for sql in wrote), wrote
    assert filled_at(course_key) == now + 3 * MINUTE


def test_a_row_whose_transaction_ended_late_is_found(people, week, tell, course_key, now):
    """Its number is lower than that of rows which were counted already."""
    tell(people, ("posted", 0, 1, -60 * 24 * 20))
    late = Activity.objects.get(happened_at=now - timedelta(days=20))
    Activity.objects.filter(pk=late.pk).delete()
    tell(people, ("posted", 0, 2, -10))
    fill(now=now)
    late.save(force_insert=True)
    fill(now=now + 9 * MINUTE)
    assert_exact(course_key, now=now + 9 * MINUTE)


def test_days_that_are_looked_at_again_are_not_counted_again_in_vain(people, week, course_key, now):
    fill(now=now)
    for minutes in (3, 6, 9, 12):
        assert fill(now=now + minutes * MINUTE).days == 0


def test_what_is_looked_at_again_does_not_grow(people, week, tell, course_key, now):
    for minutes in range(0, 60, 3):
        tell(people, ("voted", 0, 0, minutes))
        look(now=now + minutes * MINUTE)
    fill(now=now + 60 * MINUTE)
    fill(now=now + 71 * MINUTE)
    with CaptureQueriesContext(connection) as queries:
        look(now=now + 82 * MINUTE)
    assert len(queries) <= 8


def test_a_row_that_appears_later_still_is_found_once_a_day(people, week, course_key, now):
    late = Activity.objects.filter(kind="posted").get()
    Activity.objects.filter(pk=late.pk).delete()
    for minutes in (0, 20, 40):
        fill(now=now + minutes * MINUTE)
    late.save(force_insert=True)
    fill(now=now + 60 * MINUTE)
    assert daily(course_key, ["posted"], start=late.happened_at.date(), end=now.date(), now=now)["posted"] == {}
    fill(now=now + timedelta(days=1, hours=1))
    assert_exact(course_key, now=now + timedelta(days=1, hours=1))


def test_a_row_that_vanished_is_noticed_once_a_day(people, week, course_key, now):
    fill(now=now)
    Activity.objects.filter(kind="posted").delete()
    fill(now=now + timedelta(hours=25))
    assert_exact(course_key, now=now + timedelta(hours=25))


@pytest.mark.parametrize("tell_it", [lambda one: record(activity=one), lambda one: record_many(activities=[one])])
def test_an_earlier_moment_moves_what_was_counted(people, course_key, now, tell_it):
    late = facts.passed(user_id=people[0].id, course_key=course_key, at=now)
    tell_it(late)
    fill(now=now)
    tell_it(facts.passed(user_id=people[0].id, course_key=course_key, at=now - timedelta(days=3)))
    assert stale(course_key) == {now.date(), now.date() - timedelta(days=3)}
    fill(now=now + MINUTE)
    assert_exact(course_key, now=now + MINUTE)


def test_a_later_moment_moves_nothing(people, course_key, now):
    record(activity=facts.passed(user_id=people[0].id, course_key=course_key, at=now))
    fill(now=now)
    record(activity=facts.passed(user_id=people[0].id, course_key=course_key, at=now + timedelta(days=3)))
    assert stale(course_key) == set()


def test_what_is_replaced_is_counted_anew(people, course_key, now):
    own = {"user_id": people[0].id, "course_key": course_key, "at": now - timedelta(days=2)}
    old, new = facts.brought(journey_id=1, **own), facts.uncredited(journey_id=1, **own)
    record(activity=old)
    fill(now=now)
    replace(activities=[(old, new)])
    fill(now=now + MINUTE)
    assert_exact(course_key, now=now + MINUTE)


def test_what_came_of_people_who_are_gone_is_taken_out_again(people, week, course_key, now):
    Forgotten.objects.create(user=people[2], forgotten_at=now)
    fill(now=now)
    forget_latecomers()
    fill(now=now + MINUTE)
    assert_exact(course_key, now=now + MINUTE)
    assert not Activity.objects.filter(user=people[2]).exists()


def test_others_mark_days_themselves(people, week, course_key, now):
    fill(now=now)
    Activity.objects.filter(kind="posted").delete()
    mark_stale(course_key=course_key, days=[now.date() - timedelta(days=2)] * 2)
    assert fill(now=now + MINUTE).days == 1
    assert_exact(course_key, now=now + MINUTE)


def test_a_long_record_is_looked_through_in_pieces(people, week, course_key, now, monkeypatch):
    monkeypatch.setattr(looking, "PIECE", 3)
    steps = iter([True, True, False])
    assert look(now=now, goes_on=lambda: next(steps)) is False
    assert 0 < FillState.objects.count() < 6
    fill(now=now)
    assert_exact(course_key, now=now)


def test_a_clock_that_jumps_stops_nobody(people, tell, course_key, now):
    decades = 60 * 24 * 365 * 40
    tell(people, ("posted", 0, 0, decades), ("completed", 1, 0, -decades), ("completed", 0, 0, 0))
    assert fill(now=now).days == 3
    assert_exact(course_key, now=now)


def test_kinds_that_this_version_does_not_know_are_passed_over(people, week, course_key, now):
    row = Activity.objects.filter(kind=Kind.POSTED.value).get()
    Activity.objects.create(
        key="f" * 32, user=people[0], kind="of later", course_key=course_key, happened_at=row.happened_at
    )
    fill(now=now)
    assert fill(now=now + timedelta(days=1)).days == 0
    assert_exact(course_key, now=now + timedelta(days=1))
