"""Whatever fails in a listener, the platform's own write stands, and reconciliation can find what was missed."""

import pytest
from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from forum import api
from forum.backends.mysql.models import CommentThread

from community_dashboard import listeners
from community_dashboard.activity.actions import record
from community_dashboard.activity.reconciliation import reconcile
from community_dashboard.models import Activity
from demo.campus import queries
from tests.community_dashboard.listeners.telling import IN_MONGO, ForumPost, forum_signal, occasions

FORM = {"name": "Eli Nassar", "email": "eli@example.org", "username": "eli", "password": "meadow-and-hive-7"}

pytestmark = pytest.mark.django_db(transaction=True)


def fail_in_the_database(**named):
    connection.cursor().execute("SELECT * FROM no_such_table")


def fail_after_writing(**named):
    """A constraint of the table is broken half-way: without a savepoint the platform's transaction would be lost."""
    record(**named)
    Activity.objects.create(key=named["activity"].key, kind="posted", happened_at=timezone.now())


def fail_in_python(**named):
    raise RuntimeError("a mistake of ours")


@pytest.fixture(params=[fail_in_the_database, fail_after_writing, fail_in_python])
def broken(request, cast, monkeypatch):
    Activity.objects.all().delete()
    monkeypatch.setattr(listeners, "record", request.param)


def test_an_enrolment_stands(cast, course_key, client_of, broken):
    assert client_of(cast.dara).post(f"/courses/{course_key}/enrol").status_code == 303
    assert queries.is_enrolled(cast.dara, course_key)
    assert not Activity.objects.exists()


def test_a_registration_stands(client, broken):
    assert client.post("/register", FORM).status_code == 302
    assert get_user_model().objects.filter(username="eli").exists()


def test_a_completed_block_stands(cast, tiny_course, broken):
    BlockCompletion.objects.submit_completion(user=cast.chen, block_key=tiny_course.completable[0], completion=1.0)
    assert BlockCompletion.objects.count() == 1
    assert not Activity.objects.exists()


def test_a_thread_stands_and_is_found_later(cast, course_key, broken, monkeypatch, now):
    api.create_thread("Bees", "Why so many?", str(course_key), str(cast.chen.id))
    assert CommentThread.objects.count() == 1
    assert not Activity.objects.filter(kind="posted").exists()
    monkeypatch.undo()
    CommentThread.objects.update(created_at=now)
    reconcile(now=timezone.now())
    assert Activity.objects.filter(kind="posted", user=cast.chen).count() == 1


def test_a_signal_that_the_platform_sends_without_protection_does_not_raise(cast, course_key, broken):
    post = ForumPost("thread", IN_MONGO, course_key)
    answers = forum_signal("thread_flagged").send(sender=None, user=cast.bo, post=post)
    assert {answer for _receiver, answer in answers} == {None}


def test_what_we_cannot_read_does_not_raise_either(cast):
    class Nonsense:
        id = type = course_id = None

    for name in ("thread_deleted", "comment_endorsed", "thread_followed"):
        forum_signal(name).send(sender=None, user=cast.bo, post=Nonsense())


@pytest.mark.parametrize("kind", ["signed_in", "left", "graded", "passed", "certified", "revoked", "answered"])
def test_every_event_is_harmless_inside_the_platforms_transaction(cast, course_key, broken, now, kind):
    signal, arguments = occasions(cast, course_key, now)[kind]
    with transaction.atomic():
        get_user_model().objects.create(username="somebody")
        signal.send_event(time=now, **arguments)
    assert get_user_model().objects.filter(username="somebody").exists()
