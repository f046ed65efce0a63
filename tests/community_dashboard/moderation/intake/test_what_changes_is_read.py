"""A post that changes in the forum leaves one message to the workers, after the commit; they read it."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from forum import api
from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.intake import noting, tasks
from community_dashboard.moderation.intake.noting import note
from community_dashboard.moderation.projection.queries import find_post
from tests.community_dashboard.listeners.telling import IN_MONGO, forum_signal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def messages(monkeypatch):
    """What was sent: (course, posts as text); nobody works at it."""
    sent = []

    def keep(arguments, **how):
        course, posts = arguments
        sent.append((course, sorted(f"{kind} {number}" for kind, number in posts)))

    monkeypatch.setattr(tasks.read_posts, "apply_async", keep)
    return sent


def test_what_is_written_is_read(cast, course_key, forum):
    where = str(course_key)
    for user in (cast.bo, cast.chen):
        api.create_user(str(user.id), user.username, course_id=where)
    made = api.create_thread("Bees", "Why so many?", where, str(cast.chen.id))["id"]
    thread = PostRef(PostKind.THREAD, made)
    made = api.create_parent_comment(made, "They dance.", str(cast.bo.id), where, False, False)["id"]
    answer = PostRef(PostKind.COMMENT, made)
    assert find_post(course_key, thread).answers == 1
    forum.flag(answer, cast.dara)
    assert find_post(course_key, answer).reports == 1
    forum.unflag_all(answer, cast.bo)
    assert find_post(course_key, answer).reports == 0
    forum.edit(thread, cast.chen, body="Why so few?")
    row = find_post(course_key, thread)
    assert (row.excerpt, row.edited_at is None) == ("Why so few?", False)
    forum.delete(thread)
    assert find_post(course_key, thread).gone_at and find_post(course_key, answer).gone_at


def test_pinning_is_read_though_the_forum_leaves_no_mark_of_it(cast, course_key, forum):
    thread = forum.thread(cast.chen)
    before = CommentThread.objects.get().updated_at
    forum.pin(thread, cast.bo)
    assert CommentThread.objects.get().updated_at == before
    assert find_post(course_key, thread).pinned


def test_a_transaction_leaves_one_message(cast, course_key, forum, messages):
    with transaction.atomic():
        thread = forum.thread(cast.chen)
        answer = forum.answer(thread, cast.bo)
        forum.flag(answer, cast.dara)
        forum.edit(thread, cast.chen, body="Why so few?")
        assert messages == []
    assert messages == [(str(course_key), [f"comment {answer.id}", f"thread {thread.id}"])]


def test_a_report_alone_is_one_message_and_the_worker_finds_its_course(cast, course_key, forum, messages):
    thread = forum.thread(cast.chen)
    messages.clear()
    with transaction.atomic():
        forum.flag(thread, cast.dara)
    assert messages == [("", [f"thread {thread.id}"])]
    assert find_post(course_key, thread) is None
    tasks.read_posts("", [["thread", thread.id]])
    assert find_post(course_key, thread).reports == 1


def test_what_is_undone_leaves_nothing(cast, forum, messages):
    with transaction.atomic():
        forum.thread(cast.chen)
        transaction.set_rollback(True)
    assert messages == []


def test_after_an_undone_part_the_rest_is_still_sent(messages):
    with transaction.atomic():
        with transaction.atomic():
            note("thread", 1, "c")
            transaction.set_rollback(True)
        note("thread", 2, "c")
        with transaction.atomic():
            note("thread", 3, "c")
        with transaction.atomic():
            note("thread", 4, "c")
            transaction.set_rollback(True)
        note("thread", 5, "c")
    assert [course for course, _posts in messages] == ["c"]
    assert {"thread 2", "thread 3", "thread 5"} <= set(messages[0][1])


def test_an_undone_transaction_does_not_silence_the_next(messages):
    with transaction.atomic():
        note("thread", 1, "c")
        transaction.set_rollback(True)
    with transaction.atomic():
        note("thread", 2, "c")
    with transaction.atomic():
        note("thread", 3, "c")
    assert messages == [("c", ["thread 2"]), ("c", ["thread 3"])]


def test_much_at_once_is_sent_in_parts(messages, monkeypatch):
    monkeypatch.setattr(noting, "AT_ONCE", 2)
    with transaction.atomic():
        for number in range(5):
            note("thread", number, "c")
    assert [len(posts) for _course, posts in messages] == [2, 2, 1]


def test_no_broker_no_harm(cast, course_key, forum, monkeypatch, caplog):
    def broken(*arguments, **how):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.read_posts, "apply_async", broken)
    with transaction.atomic():
        forum.thread(cast.chen)
    assert CommentThread.objects.count() == 1
    assert "No worker can be asked" in caplog.text


def test_a_request_pays_no_query(cast, course_key, forum, messages):
    thread = forum.thread(cast.chen)
    row = CommentThread.objects.get()
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        row.save()
    assert not [query for query in queries.captured_queries if "community_dashboard_forumpost" in query["sql"]]
    # Saving a thread that exists costs the forum's own statement and nothing of ours beside it.
    from community_dashboard.moderation.intake.listeners import on_mark, on_post

    flag = AbuseFlagger(user=cast.chen, content_type=row.content_type, content_object_id=row.pk)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        on_post(row)
        on_mark(flag)
    assert len(queries) == 0
    assert messages[-1] == (str(course_key), [f"thread {thread.id}"])


def test_a_threads_last_activity_is_no_news(cast, forum, messages):
    forum.thread(cast.chen)
    messages.clear()
    CommentThread.objects.get().save(update_fields=["last_activity_at"])
    assert messages == []


def test_marks_of_a_post_that_is_gone_lead_nowhere(cast, course_key, forum, elsewhere):
    thread = forum.thread(cast.chen)
    content_type = CommentThread.objects.get().content_type
    AbuseFlagger.objects.create(user=cast.dara, content_type=content_type, content_object_id=99999)
    assert find_post(course_key, PostRef(PostKind.THREAD, "99999")) is None
    AbuseFlagger.objects.create(user=cast.dara, content_type=content_type, content_object_id=int(thread.id))
    assert find_post(course_key, thread).reports == 1


@pytest.mark.parametrize(
    ("signal", "kind"),
    [(f"thread_{act}", "thread") for act in ("created", "edited", "deleted", "flagged")]
    + [(f"comment_{act}", "comment") for act in ("created", "edited", "deleted", "flagged", "endorsed")],
)
def test_the_platforms_signals_tell_of_posts_in_mongodb_alone(cast, course_key, messages, signal, kind):
    for number in (IN_MONGO, "12"):
        post = SimpleNamespace(id=number, type=kind, course_id=str(course_key), thread_id=number)
        forum_signal(signal).send(sender=None, user=cast.chen, post=post)
    assert messages == [(str(course_key), [f"{kind} {IN_MONGO}"])]


def test_deleting_a_thread_of_many_comments_is_noted_once(cast, course_key, forum, messages):
    thread = forum.thread(cast.chen)
    row = CommentThread.objects.get()
    Comment.objects.bulk_create(
        Comment(author=cast.bo, course_id=str(course_key), body="Bee", comment_thread=row) for _ in range(300)
    )
    messages.clear()
    with transaction.atomic():
        forum.delete(thread)
    assert [(course, len(posts)) for course, posts in messages] == [(str(course_key), 301)]
