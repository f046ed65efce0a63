"""The published forum, used through its API as the LMS uses it: what stands in its tables afterwards is in the record."""

import pytest
from crum import set_current_request
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from forum import api
from forum.backends.mysql.models import AbuseFlagger, Comment, EditHistory

from community_dashboard.models import Activity
from tests.community_dashboard.listeners.telling import ForumPost, forum_signal, post_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(cast, course_key):
    """A thread of chen's with an answer of bo's and a comment of chen's on it; what was recorded so far is forgotten."""
    where, chen, bo = str(course_key), str(cast.chen.id), str(cast.bo.id)
    Activity.objects.all().delete()
    for user in (cast.chen, cast.bo, cast.dara):
        api.create_user(str(user.id), user.username, course_id=where)
    thread = api.create_thread("Bees", "Why so many?", where, chen)["id"]
    answer = api.create_parent_comment(thread, "They dance.", bo, where, False, False)["id"]
    comment = api.create_child_comment(answer, "Thank you.", chen, where, False, False)["id"]
    return {"course": where, "thread": thread, "answer": answer, "comment": comment}


def told(*kinds):
    rows = Activity.objects.filter(kind__in=kinds).order_by("id")
    return [(row.kind, row.user_id, row.object_kind, row.object_id) for row in rows]


def asking(user):
    """The platform's request in which this person does something."""
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_posts_answers_and_comments(cast, course_key, forum):
    assert told("posted", "answered", "commented") == [
        ("posted", cast.chen.id, "thread", forum["thread"]),
        ("answered", cast.bo.id, "comment", forum["answer"]),
        ("commented", cast.chen.id, "comment", forum["comment"]),
    ]
    assert set(Activity.objects.values_list("course_key", flat=True)) == {course_key}


def test_the_platforms_event_about_the_same_post_changes_nothing(cast, course_key, forum, now):
    from openedx_events.learning.signals import FORUM_RESPONSE_COMMENT_CREATED, FORUM_THREAD_CREATED

    before = list(Activity.objects.values())
    FORUM_THREAD_CREATED.send_event(time=now, thread=post_data(cast.chen, course_key, forum["thread"]))
    FORUM_RESPONSE_COMMENT_CREATED.send_event(time=now, thread=post_data(cast.chen, course_key, forum["comment"]))
    assert list(Activity.objects.values()) == before


def test_a_report_taken_back_and_made_again(cast, forum):
    bo = str(cast.bo.id)
    for action in ("flag", "unflag", "flag"):
        api.update_thread_flag(forum["thread"], action, user_id=bo, course_id=forum["course"])
    kinds = [kind for kind, *_rest in told("flagged", "unflagged")]
    assert kinds == ["flagged", "unflagged", "flagged"]


def test_a_moderator_sets_every_report_aside(cast, forum):
    for user in (cast.chen, cast.dara):
        api.update_comment_flag(forum["answer"], "flag", user_id=str(user.id), course_id=forum["course"])
    set_current_request(asking(cast.bo))
    try:
        api.update_comment_flag(
            forum["answer"], "unflag", user_id=str(cast.bo.id), update_all=True, course_id=forum["course"]
        )
    finally:
        set_current_request(None)
    assert not AbuseFlagger.objects.exists()
    assert told("unflagged") == [("unflagged", cast.bo.id, "comment", forum["answer"])] * 2


def test_a_changed_text_counts_and_a_closed_thread_does_not(cast, forum):
    bo = str(cast.bo.id)
    api.update_thread(
        forum["thread"], body="Why?", editing_user_id=bo, edit_reason_code="grammar-spelling", course_id=forum["course"]
    )
    api.update_thread(
        forum["thread"], closed=True, close_reason_code="duplicate", closing_user_id=bo, course_id=forum["course"]
    )
    assert EditHistory.objects.count() == 1
    assert told("edited") == [("edited", cast.bo.id, "thread", forum["thread"])]


def test_votes_endorsements_and_followers(cast, forum):
    chen, course = str(cast.chen.id), forum["course"]
    api.update_comment_votes(forum["answer"], chen, "up", course_id=course)
    api.delete_comment_vote(forum["answer"], chen, course_id=course)
    api.update_comment_votes(forum["answer"], chen, "up", course_id=course)
    for _twice in range(2):
        api.update_comment(forum["answer"], endorsed=True, endorsement_user_id=chen, course_id=course)
    api.create_subscription(str(cast.bo.id), forum["thread"], course_id=course)
    assert told("voted", "endorsed", "followed") == [
        ("voted", cast.chen.id, "comment", forum["answer"]),
        ("endorsed", cast.chen.id, "comment", forum["answer"]),
        ("followed", cast.bo.id, "thread", forum["thread"]),
    ]


def test_deleting_a_thread_takes_its_answers_along(forum, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        api.delete_thread(forum["thread"], course_id=forum["course"])
    assert not Comment.objects.exists()
    assert {row[2:] for row in told("deleted")} == {
        ("thread", forum["thread"]),
        ("comment", forum["answer"]),
        ("comment", forum["comment"]),
    }


def test_who_deleted_is_who_asked(cast, forum):
    set_current_request(asking(cast.bo))
    try:
        api.delete_comment(forum["comment"], course_id=forum["course"])
    finally:
        set_current_request(None)
    assert told("deleted") == [("deleted", cast.bo.id, "comment", forum["comment"])]


def test_in_a_worker_the_platforms_signal_tells_who_deleted(
    cast, course_key, forum, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        api.delete_thread(forum["thread"], course_id=forum["course"])
        forum_signal("thread_deleted").send(
            sender=None, user=cast.bo, post=ForumPost("thread", forum["thread"], course_key)
        )
    by = {(post, number): user for _kind, user, post, number in told("deleted")}
    assert by[("thread", forum["thread"])] == cast.bo.id
    assert by[("comment", forum["answer"])] is None


def test_a_visitor_who_asks_is_nobody(forum, django_capture_on_commit_callbacks):
    set_current_request(asking(AnonymousUser()))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            api.delete_comment(forum["comment"], course_id=forum["course"])
    finally:
        set_current_request(None)
    assert told("deleted") == [("deleted", None, "comment", forum["comment"])]
