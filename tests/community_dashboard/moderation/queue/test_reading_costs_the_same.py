"""The list costs the same number of queries whatever its length; and finds its rows in an index."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.queue.filters import Filters
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.queue.queries import COUNTED, EVERYTHING, matching, page_of_items
from community_dashboard.moderation.queue.reasons import BITS


def many(course_key, cast, now, number):
    QueueItem.objects.bulk_create(
        QueueItem(
            course_key=course_key,
            kind="thread",
            post_id=f"many{at}",
            thread_id=f"many{at}",
            author=cast.chen,
            topic_id="hive" if at % 7 == 0 else "course",
            posted_at=now - timedelta(hours=at % 500),
            waits_since=now - timedelta(hours=at % 500),
            reasons=BITS[Reason.REPORTED] if at % 50 == 0 else BITS[Reason.SUSPECT],
            order=float(at * 7919 % 10_007),
            state="open",
        )
        for at in range(number)
    )


def queries_of(client, address):
    client.get(address)  # what a process asks once
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_page_costs_the_same_for_three_items_and_for_three_hundred(
    filled, cast, client_of, queue_url, course_key, now
):
    bo = client_of(cast.bo)
    for number in range(3):
        filled.queued(cast.chen, f"Post {number}")
    few = queries_of(bo, queue_url)
    many(course_key, cast, now, 300)
    assert queries_of(bo, queue_url) == few + 1  # it is counted: the first page does not tell how long the list is
    assert queries_of(bo, f"{queue_url}?page=5") <= few + 1
    assert few <= 16


def test_opening_a_post_is_bounded(filled, cast, client_of, queue_url, course_key, now):
    ref = filled.queued(cast.chen)
    many(course_key, cast, now, 300)
    assert queries_of(client_of(cast.bo), f"{queue_url}item/thread/{ref.id}/") <= 46
    assert queries_of(client_of(cast.bo), f"{queue_url}") <= 17


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(reason=Reason.REPORTED), Filters(topics=("hive",)), Filters(hours=400)]
)
def test_pages_follow_each_other_without_gap_or_repetition(cast, course_key, now, filters):
    many(course_key, cast, now, 230)
    seen, page = [], 1
    while True:
        found = page_of_items(course_key, filters, page, now=now, size=20)
        seen += [item.id for item in found.items]
        if not found.following:
            break
        page += 1
    expected = matching(course_key, filters, reach=EVERYTHING, reader_id=None, now=now)
    assert seen == list(expected.order_by("-order", "-id").values_list("id", flat=True))
    assert found.total == len(seen)


@pytest.mark.parametrize(
    ("there", "page", "total"), [(30, 1, 30), (30, 2, 30), (30, 9, 30), (COUNTED + 50, 21, COUNTED + 1)]
)
def test_every_page_tells_how_long_the_list_is(cast, course_key, now, there, page, total):
    many(course_key, cast, now, there)
    assert page_of_items(course_key, Filters(), page, now=now, size=20 if there == 30 else 50).total == total


@pytest.mark.parametrize("page", [1, 3])
def test_a_page_that_tells_how_long_the_list_is_is_not_counted(cast, course_key, now, page, django_assert_num_queries):
    many(course_key, cast, now, 55)
    with django_assert_num_queries(3 if page == 1 else 2):
        found = page_of_items(course_key, Filters(), page, now=now, size=20, bare=True)
    assert (found.total, found.following) == (55, page == 1)


def test_the_places_in_the_filter_are_asked_for_once_in_a_while(cast, client_of, queue_url, course_key, somebody):
    bo = client_of(cast.bo)
    bo.get(queue_url)
    somebody("learner", cohort="Red")
    with CaptureQueriesContext(connection) as captured:
        assert "Red</option>" not in bo.get(queue_url).content.decode()
    assert not any("cohort" in query["sql"] for query in captured)
    cache.clear()  # a minute later
    assert "Red</option>" in bo.get(queue_url).content.decode()
    helper = client_of(somebody("group_moderator", cohort="Blue"))
    assert "Red</option>" not in helper.get(queue_url).content.decode()


def test_a_count_stops(cast, course_key, now):
    many(course_key, cast, now, COUNTED + 50)
    assert page_of_items(course_key, Filters(), now=now).total == COUNTED + 1


def test_the_list_is_served_by_an_index(cast, course_key, now):
    many(course_key, cast, now, 2000)
    found = matching(course_key, Filters(), reach=EVERYTHING, reader_id=None, now=now)
    plan = found.order_by("-order", "-id").values_list("id", flat=True)[:51].explain()
    assert "queue_course_order" in plan
    assert "filesort" not in plan and "TEMP B-TREE" not in plan
