"""Reconciliation brings the rows to what the forum's tables say, whatever was missed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from forum import api
from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection import reconciliation
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.filling import begin_filling, fill
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.projection.reconciliation import SETTLED, Found, reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    """A moment at which everything that happens in a test has settled."""
    return timezone.now() + 2 * SETTLED


@pytest.fixture
def look(later):
    """`look()`: reconciles as the task does once a day; `look(thorough=False)` as it does often."""

    def looking(*, now=later, thorough=True, read=None):
        default = lambda key, refs: project(course_key=key, refs=refs, now=now)  # noqa: E731
        return reconcile(now=now, read=read or default, thorough=thorough)

    return looking


@pytest.fixture
def posts(cast, course_key, forum, now, look):
    """Ten threads with a response each, all of it known and looked at."""
    threads = [forum.thread(cast.chen, f"Bee {number}", at=now) for number in range(10)]
    answers = [forum.answer(thread, cast.bo, at=now) for thread in threads]
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=lambda: now)
    assert look(now=timezone.now()) == Found()
    return threads, answers


def rows():
    return list(ForumPost.objects.order_by("kind", "number").values())


def as_read_anew(course_key, refs, now):
    """The rows as they come out if everything is read from nothing."""
    kept = rows()
    ForumPost.objects.all().delete()
    project(course_key=course_key, refs=refs, now=now)
    return _of_the_forum(rows()), _of_the_forum(kept)


def _of_the_forum(some):
    return [{name: value for name, value in row.items() if name not in ("id", "unexamined_since")} for row in some]


def test_new_posts_are_found_by_the_look_that_is_often(cast, course_key, forum, posts, look, later):
    thread = forum.thread(cast.dara)
    answer = forum.answer(thread, cast.bo)
    assert look(thorough=False) == Found(new=2)
    assert find_post(course_key, thread).answers == 1
    assert find_post(course_key, answer)
    assert look(thorough=False) == Found()


def test_a_young_post_is_not_passed_over(cast, course_key, forum, posts, look, later):
    thread = forum.thread(cast.dara)
    assert look(now=timezone.now(), thorough=False) == Found()
    assert look(thorough=False) == Found(new=1)
    assert find_post(course_key, thread)


def test_reports_that_were_missed_and_those_that_were_taken_back(cast, course_key, forum, posts, look):
    (thread, *_), (answer, *_) = posts
    forum.flag(thread, cast.dara)
    forum.flag(answer, cast.dara)
    forum.flag(answer, cast.chen)
    assert look(thorough=False) == Found(reports=2)
    assert (find_post(course_key, thread).reports, find_post(course_key, answer).reports) == (1, 2)
    forum.unflag_all(answer, cast.bo)
    AbuseFlagger.objects.filter(user=cast.dara).delete()
    assert look(thorough=False) == Found(reports=2)
    assert (find_post(course_key, thread).reports, find_post(course_key, answer).reports) == (0, 0)


def test_reports_of_posts_that_are_gone_are_no_news(cast, course_key, forum, posts, look):
    (thread, *_), _answers = posts
    forum.flag(thread, cast.dara)
    look(thorough=False)
    forum.delete(thread)
    assert AbuseFlagger.objects.count() == 1  # upstream leaves it
    look()
    assert find_post(course_key, thread).reports == 0
    assert look() == Found()


def test_edited_endorsed_closed_and_moved(cast, course_key, forum, posts, look):
    (first, second, third, *_), (answer, *_) = posts
    where = str(course_key)
    forum.edit(first, cast.chen, body="Why so few?")
    api.update_thread(
        second.id, closed=True, close_reason_code="off-topic", closing_user_id=str(cast.bo.id), course_id=where
    )
    api.update_thread(third.id, commentable_id="week7", course_id=where)
    forum.edit(answer, cast.chen, endorsed=True, endorsement_user_id=str(cast.chen.id))
    assert look().changed == 4
    assert find_post(course_key, first).excerpt == "Why so few?"
    assert find_post(course_key, second).closed
    assert find_post(course_key, third).topic_id == "week7"
    assert find_post(course_key, answer).endorsed
    assert find_post(course_key, first).accepted_at
    assert look() == Found()


def test_pinned_and_no_longer_pinned(cast, course_key, forum, posts, look):
    (first, second, *_), _answers = posts
    for thread in (first, second):
        forum.pin(thread, cast.bo)
    assert look() == Found(pinned=2)
    forum.pin(first, cast.bo, pinned=False)
    assert look() == Found(pinned=1)
    assert [find_post(course_key, ref).pinned for ref in (first, second)] == [False, True]


def test_deleted_in_the_forum_or_lost_by_us(cast, course_key, forum, posts, look, later):
    (first, second, *_), (answer, *_) = posts
    forum.delete(first)  # with the first answer
    ForumPost.objects.filter(kind="thread", post_id=second.id).delete()
    found = look()
    assert found.there_or_not == 2
    assert find_post(course_key, first).gone_at == find_post(course_key, answer).gone_at == later
    assert find_post(course_key, second).answers == 1
    assert look() == Found()


def test_a_post_that_took_the_place_of_another_in_the_counts_is_seen(cast, course_key, forum, posts, look):
    (first, second, *_), _answers = posts
    forum.delete(first)
    ForumPost.objects.filter(kind="thread", post_id=first.id).update(post_id="9999", number=9999)
    look()
    assert find_post(course_key, PostRef(PostKind.THREAD, "9999")).gone_at
    assert find_post(course_key, second).gone_at is None


def test_after_it_everything_is_as_if_read_anew(cast, course_key, forum, posts, look, later):
    threads, answers = posts
    forum.edit(threads[0], cast.chen, body="Why so few?")
    forum.delete(answers[1])
    forum.flag(threads[2], cast.dara)
    more = forum.answer(threads[3], cast.dara)
    look()
    left = [*threads, *answers[:1], *answers[2:], more]
    ForumPost.objects.exclude(gone_at=None).delete()
    fresh, kept = as_read_anew(course_key, left, later)
    assert kept == fresh


@pytest.mark.parametrize("killed_in", range(6))
def test_what_is_killed_goes_on_and_loses_nothing(cast, course_key, forum, posts, look, later, monkeypatch, killed_in):
    monkeypatch.setattr(reconciliation, "PAGE", 2)
    threads, answers = posts
    for thread in threads[:6]:
        forum.edit(thread, cast.chen, body="Why so few?")
    forum.flag(answers[0], cast.dara)
    forum.delete(answers[9])
    new = forum.thread(cast.dara)
    calls = iter(range(100))

    def killed(key, refs):
        if next(calls) == killed_in:
            raise KeyboardInterrupt
        project(course_key=key, refs=refs, now=later)

    with pytest.raises(KeyboardInterrupt):
        look(read=killed)
    look(thorough=False)  # the next look goes on with what was begun
    look(thorough=False, now=later + timedelta(days=2))
    assert {find_post(course_key, thread).excerpt for thread in threads[:6]} == {"Why so few?"}
    assert find_post(course_key, answers[0]).reports == 1
    assert find_post(course_key, answers[9]).gone_at
    assert find_post(course_key, new)


def test_it_looks_through_everything_once_a_day(cast, course_key, forum, posts, look, later):
    (thread, *_), _answers = posts
    forum.edit(thread, cast.chen, body="Why so few?")
    CommentThread.objects.update(updated_at=later + timedelta(minutes=1))
    assert look(now=later + timedelta(hours=23), thorough=False) == Found()
    assert look(now=later + timedelta(hours=25), thorough=False).changed == 10


def test_the_first_look_leaves_what_was_before_to_filling(cast, course_key, forum, now, look):
    old = forum.thread(cast.chen, at=now)
    assert look() == Found()
    assert find_post(course_key, old) is None


def test_a_course_that_is_being_filled_is_not_counted(cast, course_key, forum, now, look):
    forum.thread(cast.chen, at=now)
    begin_filling(course_key=course_key, now=now)
    assert look() == Found()


def test_what_was_not_written_by_the_platform_is_left_out(cast, posts, look):
    CommentThread.objects.create(author=cast.chen, course_id="no course", title="Bee", body="Bzz")
    assert look() == Found()


def test_a_site_without_the_forum_app_has_nothing_to_look_at(posts, look, monkeypatch):
    monkeypatch.setattr("community_dashboard.activity.forum.apps.is_installed", lambda name: name != "forum")
    CommentThread.objects.all().delete()
    assert look() == Found()


def test_nothing_amiss_is_few_queries(posts, look):
    for thorough, most in ((False, 10), (True, 24)):
        with CaptureQueriesContext(connection) as queries:
            look(thorough=thorough)
        assert len(queries) <= most, [query["sql"][:90] for query in queries.captured_queries]


def test_two_thousand_comments_that_were_never_told(cast, course_key, forum, posts, look):
    (thread, *_), _answers = posts
    row = CommentThread.objects.get(pk=thread.id)
    Comment.objects.bulk_create(
        Comment(author=cast.dara, course_id=str(course_key), body=f"Bee {number}", comment_thread=row)
        for number in range(2000)
    )
    assert look(thorough=False) == Found(new=2000)
    assert find_post(course_key, thread).answers == 2001
