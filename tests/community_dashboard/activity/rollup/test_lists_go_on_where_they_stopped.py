"""Pages of the list of learners: every order, both directions, whatever is not known; each served by an index."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.activity.rollup import people as lists
from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen
from community_dashboard.activity.rollup.people import MOMENTS, SORTS, BadCursorError, count, each, medians, page
from community_dashboard.models import LearnerState
from tests.people import NOW

pytestmark = pytest.mark.django_db

MOMENT = st.one_of(st.none(), st.integers(0, 3).map(lambda days: NOW - timedelta(days=days)))
SHARE = st.integers(-1, 3)
NUMBER = st.integers(0, 3)
LEARNERS = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(MOMENTS, MOMENT)
        | dict.fromkeys(("progress", "grade", "risk"), SHARE)
        | dict.fromkeys(("posts", "answers", "invited"), NUMBER)
    ),
    max_size=14,
)


def make(course_key, learners):
    LearnerState.objects.bulk_create(
        LearnerState(course_key=course_key, person=number, filled_at=NOW, **columns)
        for number, columns in enumerate(learners, start=-1)  # the first of them are retired, or no accounts
        if number
    )


def walk(course_key, **how):
    rows, after = [], None
    while True:
        found = page(course_key, EVERYBODY, after=after, now=NOW, **how)
        assert len(found.rows) <= how["size"]
        rows += found.rows
        after = found.next
        if after is None:
            return rows
        assert found.rows


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(learners=LEARNERS, sort=st.sampled_from(SORTS), descending=st.booleans(), size=st.integers(1, 5))
def test_pages_together_are_everybody_once_in_order(course_key, learners, sort, descending, size):
    with transaction.atomic():
        make(course_key, learners)
        found = walk(course_key, sort=sort, descending=descending, size=size)
        there = list(LearnerState.objects.filter(course_key=course_key, person__gt=0))

        def known(row):
            return getattr(row, sort) is not None and (sort in MOMENTS or getattr(row, sort) >= 0)

        known_ones = sorted(filter(known, there), key=lambda row: (getattr(row, sort), row.person), reverse=descending)
        unknown = sorted((row for row in there if not known(row)), key=lambda row: row.person)
        assert [row.person for row in found] == [row.person for row in known_ones + unknown]
        assert count(course_key, EVERYBODY, now=NOW) == len(found)
        assert [row.person for some in each(course_key, EVERYBODY, now=NOW) for row in some] == sorted(
            row.person for row in found
        )
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "after",
    ["", "x", "last_at|", "last_at||x", "last_at|yesterday|3", "grade|3|3", "last_at|2026-03-02T09:30:00|3",
     "last_at||99999999999999999999999", "last_at|2026-03-02T09:30:00+00:00|3|4"],
)  # fmt: skip
def test_a_place_that_no_list_gave_is_refused(course_key, after):
    with pytest.raises(BadCursorError):
        page(course_key, EVERYBODY, after=after, now=NOW)


def test_an_order_that_there_is_not_is_refused(course_key):
    with pytest.raises(ValueError, match="country"):
        page(course_key, EVERYBODY, sort="country", now=NOW)


@pytest.mark.parametrize("known", [True, False])
def test_a_page_costs_two_queries_at_most(course_key, django_assert_max_num_queries, known):
    make(course_key, [{"last_at": NOW if known or n % 2 else None} for n in range(300)])
    first = page(course_key, EVERYBODY, size=50, now=NOW)
    with django_assert_max_num_queries(2):
        page(course_key, EVERYBODY, size=50, after=first.next, now=NOW)


def test_everybody_in_turn_costs_a_query_for_a_thousand(course_key, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(lists, "TURN", 10)
    make(course_key, [{} for n in range(27)])
    with django_assert_num_queries(3):
        assert [len(some) for some in each(course_key, EVERYBODY, now=NOW)] == [10, 10, 5]


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN " if connection.vendor == "mysql" else "EXPLAIN QUERY PLAN ") + sql)
        return str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)  # in MySQL a look at how the rows lie ends the transaction
def test_an_index_gives_each_order(course_key):
    made = [
        {**{name: NOW - timedelta(minutes=n * 7919 % 3000) for name in MOMENTS},
         **{name: n * 7919 % 997 for name in SORTS if name not in MOMENTS}}
        for n in range(4000)
    ]  # fmt: skip
    make(course_key, made)
    if connection.vendor == "mysql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE TABLE community_dashboard_learnerstate")
            cursor.fetchall()
    for sort, descending in product(SORTS, (True, False)):
        how = {"sort": sort, "descending": descending, "size": 50, "now": NOW}
        for after in (None, page(course_key, EVERYBODY, **how).next):
            with CaptureQueriesContext(connection) as queries:
                page(course_key, EVERYBODY, after=after, **how)
            plan = plan_of(queries[0]["sql"])
            assert f"learnerstate_{sort.removesuffix('_at')}" in plan, plan
            assert "filesort" not in plan, plan
            assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([5], 5), ([5, 1], 3), ([4, 1, 9], 4), ([0, 0, 0, 10], 0), ([-1, -1, 7], 7)]
)
def test_medians_are_exact_and_leave_out_what_is_not_known(course_key, values, middle):
    LearnerState.objects.bulk_create(
        LearnerState(course_key=course_key, person=n + 1, grade=value, filled_at=NOW) for n, value in enumerate(values)
    )
    LearnerState.objects.create(course_key=course_key, person=-4, grade=999, filled_at=NOW)
    assert medians(course_key, EVERYBODY, ["grade"], now=NOW) == {"grade": middle}


def test_retired_people_are_in_no_list(course_key):
    make(course_key, [{} for n in range(5)])
    assert count(course_key, Chosen(persons=(-1, 1)), now=NOW) == 1
    assert {row.person for row in page(course_key, EVERYBODY, now=NOW).rows} == {1, 2, 3}
