"""Answering from the desk: free or canned, in the language of who asked, with names filled and none of them wrong."""

import pytest
from forum.backends.mysql.models import Comment, CommentThread

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.asking import reply_options
from community_dashboard.moderation.decisions.errors import (
    BadFieldError,
    GoneError,
    NotAllowedError,
    NoWayBackError,
)
from community_dashboard.moderation.decisions.kept_replies import canned_replies, drop_reply, keep_reply
from community_dashboard.moderation.decisions.models import CannedReply
from community_dashboard.moderation.decisions.variables import NAMES, UnknownNameError, filled, names_in
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.queue.queries import item_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(cast, course_key, now):
    """`keep("Hello {name}")`: bo keeps an answer."""

    def one(body, *, title="Welcome", language="en", **more):
        return keep_reply(
            by=more.pop("by", cast.bo),
            course_key=course_key,
            language=language,
            title=title,
            body=body,
            now=now,
            **more,
        )

    return one


def test_a_thread_gets_a_response_and_a_response_a_reply(desk, thread, answer):
    first = desk.decide(thread, Choice.REPLY, body="Because of the flowers.")
    made = Comment.objects.get(pk=first.after["comment_id"])
    assert (made.body, made.author, made.parent) == ("Because of the flowers.", desk.by, None)
    second = desk.decide(answer, Choice.REPLY, body="Quite so.")
    reply = Comment.objects.get(pk=second.after["comment_id"])
    assert str(reply.parent_id) == answer.id
    below = PostRef(PostKind.COMMENT, str(reply.pk))
    third = desk.decide(below, Choice.REPLY, body="And so on.")
    assert str(Comment.objects.get(pk=third.after["comment_id"]).parent_id) == answer.id
    assert "flowers" not in str([first.fields, first.before, first.after])


def test_undoing_deletes_it_unless_somebody_has_answered(cast, forum, desk, thread):
    row = desk.decide(thread, Choice.REPLY, body="Because of the flowers.")
    desk.undo(row)
    assert not Comment.objects.exists()
    desk.undo(row)
    row = desk.decide(thread, Choice.REPLY, body="Because of the flowers.")
    forum.known.add(cast.bo.id)
    forum.reply(PostRef(PostKind.COMMENT, row.after["comment_id"]), cast.chen)
    with pytest.raises(NoWayBackError, match="answered"):
        desk.undo(row)


def test_a_question_is_settled_by_an_answer_and_a_report_is_not(desk, thread, answer):
    desk.find(thread, Reason.UNANSWERED)
    desk.find(answer, Reason.REPORTED)
    desk.decide(thread, Choice.REPLY, body="Because of the flowers.")
    desk.decide(answer, Choice.REPLY, body="Please stay polite.")
    assert item_of(desk.course_key, thread).state == "done"
    assert item_of(desk.course_key, answer).state == "open"


def test_in_a_closed_thread_a_sentence_says_to_open_it(desk, thread):
    desk.decide(thread, Choice.CLOSE, "off-topic")
    with pytest.raises(BadFieldError, match="closed"):
        desk.decide(thread, Choice.REPLY, body="Because.")


class TestNames:
    def test_are_filled(self, cast, desk, thread, keep):
        CommentThread.objects.update(commentable_id="meadow")
        desk.read(thread)
        canned = keep("Hello {name}, see “{unit}” of {course}. {{Braces}} stay. {moderator}")
        row = desk.decide(thread, Choice.REPLY, canned=canned.pk)
        body = Comment.objects.get(pk=row.after["comment_id"]).body
        title = next(topic.title for topic in get_host().topics(desk.course_key) if topic.id == "meadow")
        assert body == f"Hello chen, see “{title}” of Bees and other visitors. {{Braces}} stay. bo"
        assert row.fields["canned"] == canned.pk

    @pytest.mark.parametrize("body", ["Hello {nom}", "Hello {}", "Hello {name", "a } b", r"\frac{1}{2}"])
    def test_that_are_unknown_are_not_kept(self, keep, body):
        with pytest.raises(BadFieldError) as error:
            keep(body)
        assert error.value.field == "body" and str(error.value)
        assert not CannedReply.objects.exists()

    @pytest.mark.parametrize("column", ["anonymous", "anonymous_to_peers"])
    def test_of_anonymous_authors_are_never_said(self, desk, thread, keep, column):
        CommentThread.objects.update(**{column: True})
        canned = keep("Hello {name}")
        with pytest.raises(BadFieldError, match="name"):
            desk.decide(thread, Choice.REPLY, canned=canned.pk)
        assert not Comment.objects.exists()

    def test_of_authors_who_have_left_are_not_known(self, desk, thread, keep):
        ForumPost.objects.update(author=None)
        with pytest.raises(BadFieldError, match="name"):
            desk.decide(thread, Choice.REPLY, canned=keep("Hello {name}").pk)
        assert desk.decide(thread, Choice.REPLY, canned=keep("Hello", title="Plain").pk).state == "done"

    def test_are_not_filled_in_what_was_written_by_hand(self, desk, thread):
        row = desk.decide(thread, Choice.REPLY, body="Write {name} in braces.")
        assert Comment.objects.get(pk=row.after["comment_id"]).body == "Write {name} in braces."

    def test_do_not_fill_each_other(self):
        assert filled("{name} {unit}", {"name": "{unit}", "unit": "{{x}}"}) == "{unit} {{x}}"

    def test_are_found_in_their_order(self):
        assert names_in("{unit} {{name}} {name}") == ["unit", "name"]
        for name in NAMES:
            with pytest.raises(UnknownNameError):
                filled(f"{{{name}}}", {})


class TestKeeping:
    def test_those_in_the_language_of_the_post_come_first(self, course_key, keep):
        keep("Bonjour", title="A", language="fr")
        keep("Hello", title="B")
        keep("Bye", title="C")
        offered = [words for _number, words in reply_options(canned_replies(course_key), "en")]
        assert offered == ["B", "C", "A (fr)"]
        assert [words for _number, words in reply_options(canned_replies(course_key), "")] == ["A", "B", "C"]

    def test_a_name_is_there_once_in_a_language(self, keep):
        keep("Hello")
        keep("Bonjour", language="fr")
        with pytest.raises(BadFieldError, match="already"):
            keep("Hello again")

    def test_one_is_changed_and_deleted(self, cast, course_key, keep):
        first = keep("Hello")
        keep("Hello {name}", number=first.pk)
        assert CannedReply.objects.get().body == "Hello {name}"
        drop_reply(by=cast.bo, course_key=course_key, number=first.pk)
        drop_reply(by=cast.bo, course_key=course_key, number=first.pk)
        with pytest.raises(GoneError):
            keep("Hello", number=first.pk)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"title": " "}, "title"),
            ({"title": "x" * 121}, "title"),
            ({"language": "xx"}, "language"),
            ({"shortcut": "x" * 21}, "shortcut"),
        ],
    )
    def test_what_is_wrong_is_said(self, keep, wrong, field):
        with pytest.raises(BadFieldError) as error:
            keep("Hello", **wrong)
        assert error.value.field == field

    def test_only_by_moderators_of_the_course(self, cast, course_key, elsewhere, keep, now):
        made = keep("Hello")
        for person in (cast.ada, cast.chen, cast.dara):
            with pytest.raises(NotAllowedError):
                keep("Hello", title="Other", by=person)
            with pytest.raises(NotAllowedError):
                drop_reply(by=person, course_key=course_key, number=made.pk)
        with pytest.raises(NotAllowedError):
            keep_reply(by=cast.bo, course_key=elsewhere, language="en", title="x", body="x", now=now)
        with pytest.raises(NotAllowedError):
            drop_reply(by=cast.bo, course_key=elsewhere, number=made.pk)
        assert CannedReply.objects.count() == 1

    def test_one_of_another_course_is_not_used(self, desk, thread, elsewhere, now):
        other = CannedReply.objects.create(course_key=elsewhere, language="en", title="x", body="x", changed_at=now)
        with pytest.raises(BadFieldError) as error:
            desk.decide(thread, Choice.REPLY, canned=other.pk)
        assert error.value.field == "canned"
