"""What a moderator does in the forum of the demo: the published forum app does it, and the platform tells of it."""

import pytest
from django.utils.module_loading import import_string
from forum import api
from forum.backends.mysql.models import AbuseFlagger, CommentThread, EditHistory, HistoricalAbuseFlagger
from openedx_events.learning.signals import (
    FORUM_RESPONSE_COMMENT_CREATED,
    FORUM_THREAD_CREATED,
    FORUM_THREAD_RESPONSE_CREATED,
)

from community_dashboard.data import Act
from community_dashboard.host.errors import BadValueError, GoneError, NotAllowedError
from demo.forum.events import SIGNALS


def signal(name):
    return import_string(SIGNALS + name)


def test_new_posts_are_told_as_the_platform_tells_them(cast, course_key, host, heard):
    with heard(FORUM_THREAD_CREATED, FORUM_THREAD_RESPONSE_CREATED, FORUM_RESPONSE_COMMENT_CREATED) as calls:
        thread = host.start_thread(
            by=cast.chen, course_key=course_key, topic_id="hive", title="Honey", body="Why?", thread_type="question"
        )
        answer = host.reply(by=cast.bo, course_key=course_key, thread_id=thread.thread_id, body="Winter.")
        host.reply(
            by=cast.chen, course_key=course_key, thread_id=thread.thread_id, parent_id=answer.ref.id, body="Thank you."
        )
    started, answered, replied = (arguments["thread"] for _signal, arguments in calls)
    assert (started.id, started.title, started.thread_type) == (thread.ref.id, "Honey", "question")
    assert (started.commentable_id, started.category_name) == ("hive", "Inside the hive")
    assert started.user.pii.username == "chen"
    assert started.user_forums_roles == ["Student"]
    assert (answered.id, answered.discussion) == (answer.ref.id, {"id": thread.ref.id})
    assert set(answered.user_forums_roles) == {"Moderator", "Student"}
    assert (replied.title, replied.discussion) == (None, {"id": thread.ref.id})
    assert started.course_id == str(course_key)  # text, whatever the event's type says: the platform sends it so


def test_a_text_is_changed_with_a_reason_and_the_old_one_kept(asked, host, as_moderator, heard):
    with heard(signal("comment_edited")) as calls:
        post = host.edit_post(**as_moderator, ref=asked.thanks.ref, reason="contains-pii", body="Thanks.")
    assert post.body == "Thanks."
    kept = EditHistory.objects.get()
    assert (kept.original_body, kept.reason_code, kept.editor.username) == ("Thank you.", "contains-pii", "bo")
    ((_signal, sent),) = calls
    assert (sent["user"].username, sent["post"].id, sent["post"].type) == ("bo", asked.thanks.ref.id, "comment")

    with heard(signal("thread_edited")) as calls:
        post = host.edit_post(**as_moderator, ref=asked.thread.ref, reason="needs-clarity", title="Do bees sting?")
    assert (post.title, post.body, len(calls)) == ("Do bees sting?", asked.thread.body, 1)


def test_a_closed_thread_takes_nothing_but_reports_until_it_is_opened_again(cast, asked, host, as_moderator):
    thread = {"thread_id": asked.thread.thread_id}
    closed = host.close_thread(**as_moderator, **thread, reason="duplicate")
    assert closed.closed
    row = CommentThread.objects.get()
    assert (row.closed_by.username, row.close_reason_code) == ("bo", "duplicate")
    assert closed.acts == {Act.READ, Act.FLAG, Act.CLEAR_FLAGS, Act.CLOSE, Act.PIN, Act.DELETE}
    below = host.read_post(**as_moderator, ref=asked.answer.ref)
    assert below.acts == {Act.READ, Act.FLAG, Act.CLEAR_FLAGS, Act.DELETE}
    with pytest.raises(NotAllowedError, match="closed"):
        host.reply(**as_moderator, **thread, body="But")
    with pytest.raises(NotAllowedError, match="closed"):
        host.endorse(**as_moderator, comment_id=asked.answer.ref.id)
    host.flag_post(by=cast.chen, course_key=as_moderator["course_key"], ref=asked.answer.ref)

    assert not host.reopen_thread(**as_moderator, **thread).closed
    assert CommentThread.objects.get().close_reason_code is None
    assert host.reply(**as_moderator, **thread, body="But").body == "But"


def test_a_thread_is_pinned_and_moved(asked, host, as_moderator):
    thread = {"thread_id": asked.thread.thread_id}
    assert host.pin_thread(**as_moderator, **thread).pinned
    assert host.pin_thread(**as_moderator, **thread).pinned  # twice is once
    assert not host.pin_thread(**as_moderator, **thread, pinned=False).pinned
    assert host.move_thread(**as_moderator, **thread, topic_id="meadow").topic_id == "meadow"


def test_an_answer_is_endorsed_and_no_longer(asked, host, as_moderator, heard):
    with heard(signal("comment_endorsed")) as calls:
        assert host.endorse(**as_moderator, comment_id=asked.answer.ref.id).endorsed
    assert len(calls) == 1
    stored = api.get_parent_comment(asked.answer.ref.id, course_id=str(as_moderator["course_key"]))
    assert stored["endorsement"]["user_id"] == str(as_moderator["by"].id)
    assert not host.endorse(**as_moderator, comment_id=asked.answer.ref.id, endorsed=False).endorsed
    with pytest.raises(NotAllowedError):
        host.endorse(**as_moderator, comment_id=asked.thanks.ref.id)  # a reply is no answer


@pytest.mark.parametrize("which", ["thread", "answer", "thanks"])
def test_reports_come_in_one_by_one_and_go_all_at_once(cast, asked, host, as_moderator, which, heard):
    ref = getattr(asked, which).ref
    with heard(signal("thread_flagged"), signal("comment_flagged")) as calls:
        for person in (cast.ada, cast.chen, cast.chen):
            host.flag_post(by=person, course_key=as_moderator["course_key"], ref=ref)
    assert {sent["post"].type for _signal, sent in calls} == {ref.kind.value}
    assert AbuseFlagger.objects.count() == 2
    assert host.read_post(**as_moderator, ref=ref).flagged
    assert not host.clear_flags(**as_moderator, ref=ref).flagged
    assert (AbuseFlagger.objects.count(), HistoricalAbuseFlagger.objects.count()) == (0, 2)


def test_a_deleted_post_is_gone_with_all_below_it(asked, host, as_moderator, heard):
    with heard(signal("comment_deleted"), signal("thread_deleted")) as calls:
        host.delete_post(**as_moderator, ref=asked.answer.ref)
        for ref in (asked.answer.ref, asked.thanks.ref):
            with pytest.raises(GoneError, match="no longer there"):
                host.read_post(**as_moderator, ref=ref)
        host.delete_post(**as_moderator, ref=asked.thread.ref)
    assert [sent["post"].id for _signal, sent in calls] == [asked.answer.ref.id, asked.thread.ref.id]
    with pytest.raises(GoneError):
        host.delete_post(**as_moderator, ref=asked.thread.ref)


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [
        ("edit_post", {"reason": "because", "body": "x"}),
        ("edit_post", {"reason": "needs-clarity", "body": " \n"}),
        ("edit_post", {"reason": "needs-clarity"}),
        ("close_thread", {"reason": ""}),
        ("move_thread", {"topic_id": "nowhere"}),
        ("reply", {"body": ""}),
        ("reply", {"body": "x", "parent_id": "reply"}),
    ],
)
def test_what_the_forum_does_not_take_changes_nothing(asked, host, as_moderator, verb, wrong):
    by_ref = verb == "edit_post"
    about = {"ref": asked.thread.ref} if by_ref else {"thread_id": asked.thread.thread_id}
    if wrong.get("parent_id"):
        wrong = wrong | {"parent_id": asked.thanks.ref.id}  # a reply to a reply
    before = host.read_post(**as_moderator, ref=asked.thread.ref)
    with pytest.raises(BadValueError):
        getattr(host, verb)(**as_moderator, **about, **wrong)
    assert host.read_post(**as_moderator, ref=asked.thread.ref) == before


def test_a_thread_needs_a_known_topic_a_title_and_a_type(ask):
    for wrong in ({"topic_id": "nowhere"}, {"title": " "}, {"body": ""}, {"thread_type": "rant"}):
        with pytest.raises(BadValueError):
            ask(**{"title": "Honey"} | wrong)
    assert CommentThread.objects.count() == 0


def test_an_act_that_fails_halfway_leaves_nothing(asked, host, as_moderator):
    def receiver(**arguments):
        raise RuntimeError("a receiver of somebody else's")

    edited = signal("thread_edited")
    edited.connect(receiver)
    try:
        with pytest.raises(RuntimeError):
            host.close_thread(**as_moderator, thread_id=asked.thread.thread_id, reason="duplicate")
    finally:
        edited.disconnect(receiver)
    assert not CommentThread.objects.get().closed
