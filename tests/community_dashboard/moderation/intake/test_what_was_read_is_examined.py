"""A worker that is stopped between reading a post and examining it loses nothing: reconciliation examines it, once."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.intake import arrival, examining
from community_dashboard.moderation.intake.arrival import reconcile_forum
from community_dashboard.moderation.intake.examining import examine
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.queries import find_post, unexamined_posts
from community_dashboard.moderation.queue.models import QueueFinding
from community_dashboard.moderation.queue.queries import findings_of, item_of
from tests.community_dashboard.moderation.intake.conftest import LURE

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(minutes=6)


@pytest.fixture
def approved(cast, room, forum, author, guard):
    """A harmless answer that was reported and approved: it has an item, and nothing of it is left to be examined."""
    ref = room.answer(room.ask(cast.chen), author, "They dance.")
    forum.flag(ref, cast.dara)
    decide(by=cast.bo, course_key=room.course_key, ref=ref, choice=Choice.APPROVE, now=timezone.now())
    assert item_of(room.course_key, ref).state == "done"
    reconcile_forum(clock=timezone.now)  # the course is filled and looked at
    return ref


@pytest.fixture
def stopping(monkeypatch):
    """`stopping(do)`: does it in a request; the worker that hears of it reads, and is stopped before it examines."""

    def stopped(**named):
        raise SystemExit

    def stop(do, within=transaction.atomic):
        with monkeypatch.context() as patched:
            patched.setattr(arrival, "examine", stopped)
            with pytest.raises(SystemExit), within():
                do()

    return stop


@pytest.fixture
def examined(monkeypatch):
    """The posts that are examined from now on, in order."""
    seen = []

    def noted(*, course_key, refs, now):
        seen.extend(refs)
        examine(course_key=course_key, refs=refs, now=now)

    monkeypatch.setattr(arrival, "examine", noted)
    return seen


def later(by=LATER):
    return timezone.now() + by


def codes(room, ref):
    return {row.reason: row.code for row in findings_of(item_of(room.course_key, ref))}


def is_unexamined(room, ref):
    return find_post(room.course_key, ref).unexamined_since is not None


def test_whoever_edits_an_approved_post_is_held_though_a_worker_was_stopped(room, approved, forum, author, stopping):
    stopping(lambda: forum.edit(approved, author, body=LURE))
    assert find_post(room.course_key, approved).excerpt.startswith("Dear learner")
    assert item_of(room.course_key, approved).state == "done"
    reconcile_forum(clock=later)
    assert find_post(room.course_key, approved).masked
    assert item_of(room.course_key, approved).state == "open"
    assert Reason.HELD in codes(room, approved)
    assert not unexamined_posts(until=later())


def test_urgency_of_a_question_with_an_item_is_found(cast, room, forum, stopping):
    thread = room.ask(cast.chen)
    forum.flag(thread, cast.dara)
    decide(by=cast.bo, course_key=room.course_key, ref=thread, choice=Choice.APPROVE, now=timezone.now())
    reconcile_forum(clock=timezone.now)
    stopping(
        lambda: forum.edit(thread, cast.chen, body="The exam closes tonight and I cannot log in. Please help, urgent!")
    )
    reconcile_forum(clock=later)
    assert Reason.URGENT in codes(room, thread)


def test_it_is_examined_once(room, approved, forum, author, stopping, examined):
    stopping(lambda: forum.edit(approved, author, body=LURE))
    examined.clear()
    reconcile_forum(clock=later)
    found = list(QueueFinding.objects.order_by("id").values_list("source", "code"))
    holds = Decision.objects.filter(choice="hold").count()
    assert approved in examined
    examined.clear()
    for _again in range(2):
        reconcile_forum(clock=lambda: later(2 * LATER))
    assert examined == []
    assert list(QueueFinding.objects.order_by("id").values_list("source", "code")) == found
    assert Decision.objects.filter(choice="hold").count() == holds == 1


def test_who_is_stopped_again_is_made_up_for_again(room, approved, forum, author, stopping):
    stopping(lambda: forum.edit(approved, author, body=LURE))
    stopping(lambda: reconcile_forum(clock=later), within=nullcontext)
    assert not find_post(room.course_key, approved).masked
    reconcile_forum(clock=lambda: later(2 * LATER))
    assert find_post(room.course_key, approved).masked


def test_what_was_below_a_deleted_thread_leaves_the_queue(cast, room, forum, author, stopping):
    thread = room.ask(cast.chen)
    answer = room.answer(thread, author, "They dance.")
    forum.flag(answer, cast.dara)
    assert item_of(room.course_key, answer).state == "open"
    stopping(lambda: forum.delete(thread))
    assert item_of(room.course_key, answer).state == "open"
    reconcile_forum(clock=later)
    assert item_of(room.course_key, answer).state == "done"


def test_a_worker_that_is_at_it_is_left_alone(room, approved, forum, author, stopping, examined):
    stopping(lambda: forum.edit(approved, author, body="They sing."))
    examined.clear()
    reconcile_forum(clock=timezone.now)
    assert examined == []
    assert is_unexamined(room, approved)


def test_what_is_read_anew_while_it_is_examined_stays_unexamined(room, approved, forum, author, monkeypatch):
    """Between the look at the text and the end of examining, another worker reads a newer text, and dies."""
    whole = examining.read_batch

    def overtaken(course_key, refs, now):
        batch = whole(course_key, refs, now)
        project(course_key=course_key, refs=[approved], now=later(timedelta(seconds=1)))
        return batch

    project(course_key=room.course_key, refs=[approved], now=timezone.now())
    with monkeypatch.context() as patched:
        patched.setattr(examining, "read_batch", overtaken)
        examine(course_key=room.course_key, refs=[approved], now=timezone.now())
    assert is_unexamined(room, approved)
    examine(course_key=room.course_key, refs=[approved], now=timezone.now())
    assert not is_unexamined(room, approved)


@pytest.mark.parametrize(("error", "stays"), [(OperationalError("deadlock"), True), (KeyError("a mistake"), False)])
def test_only_what_the_database_refused_is_tried_again(room, approved, forum, author, monkeypatch, error, stays):
    def failing(batch):
        raise error

    project(course_key=room.course_key, refs=[approved], now=timezone.now())
    with monkeypatch.context() as patched:
        patched.setitem(examining.SOURCES, "edits", failing)
        if stays:
            with pytest.raises(OperationalError):
                examine(course_key=room.course_key, refs=[approved], now=timezone.now())
            # One course whose posts the database refuses keeps reconciliation from nothing else.
            reconcile_forum(clock=later)
        else:
            examine(course_key=room.course_key, refs=[approved], now=timezone.now())
    assert is_unexamined(room, approved) is stays


def test_posts_that_were_known_before_are_not_examined_again(cast, room, approved, examined):
    room.ask(cast.chen)
    ForumPost.objects.update(unexamined_since=None)  # as the migration leaves them
    examined.clear()
    reconcile_forum(clock=later, thorough=True)
    assert examined == []


def test_an_index_finds_the_few(cast, room):
    rows = ForumPost.objects.bulk_create(
        ForumPost(
            course_key=room.course_key, kind="comment", post_id=str(number), thread_id="1", created_at=timezone.now(),
            changed_at=timezone.now(), unexamined_since=timezone.now() if number % 500 == 0 else None,
        )
        for number in range(1, 2_001)
    )  # fmt: skip
    assert len(rows) == 2_000
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {'TABLE ' if connection.vendor == 'mysql' else ''}{ForumPost._meta.db_table}")
    with CaptureQueriesContext(connection) as queries:
        assert len(unexamined_posts(until=later())[room.course_key]) == 4
    assert len(queries) == 1
    plan = ForumPost.objects.filter(unexamined_since__lte=later()).order_by("unexamined_since", "id").explain()
    assert "forum_post_unexamined" in plan


def test_noting_costs_three_statements(room, approved):
    from community_dashboard.moderation.projection.actions import note_examined

    project(course_key=room.course_key, refs=[approved], now=timezone.now())
    row = find_post(room.course_key, approved)
    for most in (3, 0):  # nothing for what is examined
        with CaptureQueriesContext(connection) as queries:
            note_examined(course_key=room.course_key, rows=[row])
        statements = [one["sql"] for one in queries if one["sql"].startswith(("SELECT", "UPDATE"))]
        assert len(statements) <= most
        row.refresh_from_db()
