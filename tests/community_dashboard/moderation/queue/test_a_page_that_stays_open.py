"""The page begins to read a forum that was there before us and says how far that is; and it tells what came since."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from community_dashboard.moderation.projection import filling
from community_dashboard.moderation.projection.models import Filling, ForumPost
from community_dashboard.moderation.queue.filters import Filters
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.queue.queries import EVERYTHING, MOST_NEW, count_new, matching
from tests.community_dashboard.moderation.queue.test_reading_costs_the_same import many

HTMX = {"HX-Request": "true"}


@pytest.fixture
def bo(cast, client_of):
    return client_of(cast.bo)


@pytest.fixture
def old_posts(cast, filled, now):
    """Seven posts that were in the forum before us."""
    return [filled.forum.thread(cast.chen, f"Bee {number}", at=now - timedelta(days=90)) for number in range(7)]


def news_address(page):
    return unescape(re.search(r'hx-get="([^"]*/news/[^"]*)"', page.content.decode()).group(1))


class TestAForumThatWasThereBefore:
    def test_the_page_begins_to_read_it_once(
        self, bo, queue_url, old_posts, django_capture_on_commit_callbacks, course_key
    ):
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            page = bo.get(queue_url).content.decode()
        assert callbacks
        assert "0 of 7 posts so far" in page
        assert f'href="{queue_url}">Look again</a>' in page
        assert ForumPost.objects.filter(course_key=course_key).count() == 7
        with django_capture_on_commit_callbacks(execute=True):
            page = bo.get(queue_url).content.decode()
        assert "posts so far" not in page
        assert Filling.objects.count() == 1

    def test_the_part_of_the_page_goes_on(self, bo, queue_url, old_posts, course_key, now, monkeypatch):
        monkeypatch.setattr(filling, "PAGE", 3)
        bo.get(queue_url)
        filling.fill(course_key=course_key, clock=lambda: now, pages=1)
        part = bo.get(f"{queue_url}filling/", headers=HTMX).content.decode()
        assert re.search(r"[1-6] of 7 posts so far", part)
        assert 'hx-trigger="every 10s"' in part
        filling.fill(course_key=course_key, clock=lambda: now)
        part = bo.get(f"{queue_url}filling/", headers=HTMX).content.decode()
        assert "This forum is read." in part
        assert "hx-trigger" not in part

    def test_without_htmx_the_part_leads_to_the_page(self, bo, queue_url):
        assert bo.get(f"{queue_url}filling/")["Location"] == queue_url

    def test_who_may_not_see_the_page_begins_nothing(self, cast, client_of, queue_url, old_posts):
        assert client_of(cast.chen).get(queue_url).status_code == 403
        assert not Filling.objects.exists()

    def test_an_empty_forum_says_nothing(self, bo, queue_url):
        assert "posts so far" not in bo.get(queue_url).content.decode()

    def test_a_course_that_is_read_costs_one_query(self, bo, queue_url, course_key, now):
        from community_dashboard.moderation.queue.news import read_forum

        bo.get(queue_url)
        with CaptureQueriesContext(connection) as queries:
            read_forum(course_key, now=now)
        assert len(queries) == 1


class TestWhatCameSince:
    def test_nothing_is_told_until_something_came(self, cast, bo, queue_url, filled):
        filled.queued(cast.chen, "Old")
        address = news_address(bo.get(queue_url))
        assert bo.get(address, headers=HTMX).status_code == 204
        filled.queued(cast.chen, "New")
        part = bo.get(address, headers=HTMX)
        assert part.status_code == 200
        text = part.content.decode()
        assert "1 new post waits." in text
        assert f'<a href="{queue_url}">Show them</a>' in text

    def test_what_the_page_says_already_is_not_said_again(self, cast, bo, queue_url, filled):
        address = news_address(bo.get(queue_url))
        filled.queued(cast.chen, "New")
        filled.queued(cast.chen, "Newer")
        assert 'name="known" value="2"' in bo.get(address, headers=HTMX).content.decode()
        assert bo.get(f"{address}&known=2", headers=HTMX).status_code == 204
        filled.queued(cast.chen, "Newest")
        assert "3 new posts wait." in bo.get(f"{address}&known=2", headers=HTMX).content.decode()

    def test_a_post_that_was_decided_and_came_back_counts(self, cast, bo, queue_url, filled, course_key, now):
        filled.queued(cast.chen, "Back again")
        QueueItem.objects.update(state="done")
        address = news_address(bo.get(queue_url))
        QueueItem.objects.update(state="open", waits_since=now + timedelta(days=400))
        assert "1 new post waits." in bo.get(address, headers=HTMX).content.decode()

    def test_the_filter_of_the_page_holds(self, cast, bo, queue_url, filled):
        address = news_address(bo.get(f"{queue_url}?reason=reported"))
        filled.queued(cast.chen, "Suspect")
        assert bo.get(address, headers=HTMX).status_code == 204

    def test_a_list_to_which_nothing_comes_asks_nothing(self, bo, queue_url):
        assert 'id="news"' not in bo.get(f"{queue_url}?state=done").content.decode()

    def test_the_open_post_stays_open(self, cast, bo, queue_url, filled):
        ref = filled.queued(cast.chen, "Old")
        address = news_address(bo.get(f"{queue_url}item/thread/{ref.id}/"))
        filled.queued(cast.chen, "New")
        here = f"http://testserver{queue_url}item/thread/{ref.id}/"
        part = bo.get(address, headers=HTMX | {"HX-Current-URL": here}).content.decode()
        assert f'href="{queue_url}item/thread/{ref.id}/"' in part

    @pytest.mark.parametrize(
        "here", ["https://evil.example/x", "http://[", "/community/courses/course-v1:A+B+C/moderation/item/thread/1/"]
    )
    def test_the_link_stays_in_this_course(self, cast, bo, queue_url, filled, here):
        address = news_address(bo.get(queue_url))
        filled.queued(cast.chen, "New")
        assert f'href="{queue_url}"' in bo.get(address, headers=HTMX | {"HX-Current-URL": here}).content.decode()

    @pytest.mark.parametrize(
        "query",
        ["", "since=yesterday&after=1", "since=2026-99-99&after=1", "since=2026-01-01T00:00:00%2B00:00&after=x"],
    )
    def test_a_broken_address_is_told_nothing(self, cast, bo, queue_url, filled, query):
        filled.queued(cast.chen, "New")
        assert bo.get(f"{queue_url}news/?{query}", headers=HTMX).status_code == 204

    def test_a_group_moderator_is_told_of_the_own_cohort_alone(self, cast, client_of, queue_url, filled, somebody):
        client = client_of(somebody("group_moderator", cohort="Red"))
        address = news_address(client.get(queue_url))
        filled.queued(cast.chen, "For others")
        assert client.get(address, headers=HTMX).status_code == 204

    def test_more_than_anybody_counts(self, cast, bo, queue_url, course_key, now):
        address = news_address(bo.get(queue_url))
        many(course_key, cast, now, MOST_NEW + 20)
        assert f"More than {MOST_NEW} new posts wait." in bo.get(address, headers=HTMX).content.decode()

    def test_without_htmx_it_leads_to_the_list(self, bo, queue_url):
        assert bo.get(f"{queue_url}news/?reason=reported")["Location"] == f"{queue_url}?reason=reported"

    def test_it_is_one_query_by_an_index(self, cast, course_key, now):
        many(course_key, cast, now, 2000)
        since, after = now - timedelta(hours=1), QueueItem.objects.order_by("-id")[3].id
        with CaptureQueriesContext(connection) as queries:
            found = count_new(course_key, Filters(), since=since, after=after, now=now)
        assert len(queries) == 1
        assert found == QueueItem.objects.filter(Q(id__gt=after) | Q(waits_since__gt=since)).count() > 3
        rows = matching(course_key, Filters(), reach=EVERYTHING, reader_id=None, now=now)
        plan = rows.filter(Q(id__gt=after) | Q(waits_since__gt=since)).order_by().values_list("id")[:100].explain()
        assert "queue_course_order" in plan


@pytest.mark.parametrize("part", ["filling/", "news/"])
def test_strangers_and_other_courses_staff_are_told_nothing(
    cast, client, client_of, queue_url, somebody, part, old_posts
):
    from tests.people import make_course

    elsewhere = make_course("course-v1:Test+Birds+2026").course_key
    for who in (cast.chen, somebody("moderator", where=elsewhere)):
        assert client_of(who).get(queue_url + part, headers=HTMX).status_code == 403
    assert client.get(queue_url + part).status_code == 302
    assert not Filling.objects.exists()
