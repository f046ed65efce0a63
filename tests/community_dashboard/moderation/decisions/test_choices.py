"""What each choice does in the forum, what the log says of it, and that undoing brings back what was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import (
    BadFieldError,
    ChangedError,
    GoneError,
    NoAuthorError,
    NotAllowedError,
    NoWayBackError,
)
from community_dashboard.moderation.decisions.models import Decision, KeptOriginal
from community_dashboard.moderation.decisions.queries import earlier_text
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.sanctions.models import AuthorNote, Sanction
from community_dashboard.moderation.sanctions.queries import sanction_on
from community_dashboard.moderation.signals import DECIDED
from tests.community_dashboard.moderation.decisions.conftest import EXACT, rows

pytestmark = pytest.mark.django_db


def now_in_forum(desk, ref):
    return get_host().read_post(by=desk.by, course_key=desk.course_key, ref=ref)


@pytest.mark.parametrize(
    ("choice", "reason", "of", "state", "back"),
    [
        (Choice.CLOSE, "off-topic", "thread", "closed", Choice.REOPEN),
        (Choice.PIN, "", "thread", "pinned", Choice.UNPIN),
        (Choice.ENDORSE, "", "answer", "endorsed", Choice.UNENDORSE),
    ],
)
def test_switches_go_on_and_off_and_back(desk, thread, answer, choice, reason, of, state, back):
    ref = {"thread": thread, "answer": answer}[of]
    on = desk.decide(ref, choice, reason)
    assert getattr(now_in_forum(desk, ref), state)
    assert (on.before[state], on.after[state]) == (False, True)
    off = desk.decide(ref, back)
    assert not getattr(now_in_forum(desk, ref), state)
    desk.undo(off)
    assert getattr(now_in_forum(desk, ref), state)
    desk.undo(on)
    assert not getattr(now_in_forum(desk, ref), state)


def test_a_thread_that_is_closed_again_has_its_reason_again(desk, thread):
    from forum.backends.mysql.models import CommentThread

    desk.decide(thread, Choice.CLOSE, "duplicate")
    desk.undo(desk.decide(thread, Choice.REOPEN))
    assert CommentThread.objects.get().close_reason_code == "duplicate"


def test_an_edit_keeps_the_text_before_and_brings_it_back(desk, thread):
    row = desk.decide(thread, Choice.EDIT, "needs-clarity", title="Why bees", body="Why are there bees?")
    assert desk.text(thread) == ("Why bees", "Why are there bees?")
    assert earlier_text(row.pk) == ("Bees", EXACT)
    assert "bees" not in str([row.fields, row.before, row.after]).lower()
    desk.undo(row)
    assert desk.text(thread) == ("Bees", EXACT)


def test_an_edit_over_which_somebody_wrote_is_not_undone(cast, forum, desk, thread):
    row = desk.decide(thread, Choice.EDIT, "needs-clarity", body="Why are there bees?")
    forum.edit(thread, cast.chen, body="I meant wasps.")
    with pytest.raises(ChangedError):
        desk.undo(row)
    assert desk.text(thread)[1] == "I meant wasps."
    assert Decision.objects.get().state == "done"


def test_a_thread_moves_and_comes_back_unless_it_was_moved_again(desk, thread):
    row = desk.decide(thread, Choice.MOVE, topic_id="meadow")
    assert now_in_forum(desk, thread).topic_id == "meadow"
    desk.undo(row)
    assert now_in_forum(desk, thread).topic_id == "course"
    row = desk.decide(thread, Choice.MOVE, topic_id="meadow")
    get_host().move_thread(by=desk.by, course_key=desk.course_key, thread_id=thread.id, topic_id="hive")
    with pytest.raises(ChangedError):
        desk.undo(row)
    assert now_in_forum(desk, thread).topic_id == "hive"


class TestDeleting:
    def test_asks_first(self, desk, thread, acts):
        with pytest.raises(BadFieldError, match="for ever") as error:
            desk.decide(thread, Choice.DELETE)
        assert (error.value.field, acts.calls, rows()) == ("sure", [], [])

    def test_is_for_ever_and_says_so(self, desk, thread, answer):
        row = desk.decide(thread, Choice.DELETE, sure="yes")
        assert get_host().course_of_post(answer, desk.course_key) is None
        with pytest.raises(NoWayBackError, match="for ever"):
            desk.undo(row)

    def test_takes_what_was_kept_of_a_hidden_text_with_it(self, desk, thread):
        desk.decide(thread, Choice.HIDE)
        desk.decide(thread, Choice.DELETE, sure="yes")
        assert not KeptOriginal.objects.exists()

    def test_twice_is_once(self, desk, thread, acts):
        row = desk.decide(thread, Choice.DELETE, sure="yes")
        assert desk.decide(thread, Choice.DELETE, sure="yes") == row
        assert acts.calls == ["delete_post"]


class TestAuthors:
    """Decisions about a person, here chen."""

    def test_a_warning_is_given_and_taken_back(self, cast, desk, thread):
        row = desk.decide(thread, Choice.WARN, "Please stay polite.")
        assert Sanction.objects.get().reason == "Please stay polite."
        assert (row.subject, row.thread_id) == (cast.chen, thread.id)
        desk.undo(row)
        assert not Sanction.objects.exists()

    def test_a_silence_ends_by_itself_or_is_lifted(self, cast, desk, thread):
        until = desk.now + timedelta(days=2)
        row = desk.decide(thread, Choice.SILENCE, "Enough for now.", until=until)
        assert sanction_on(cast.chen.id, desk.course_key, desk.now).until == until
        lifted = desk.decide(thread, Choice.LIFT)
        assert sanction_on(cast.chen.id, desk.course_key, desk.now) is None
        desk.undo(lifted)
        assert sanction_on(cast.chen.id, desk.course_key, desk.now) is not None
        desk.undo(row)
        assert sanction_on(cast.chen.id, desk.course_key, desk.now) is None

    def test_a_helper_silences_for_two_weeks_and_lifts_no_ban(self, cast, desk, thread, somebody):
        helper = somebody("community_ta")
        with pytest.raises(BadFieldError, match="14 days"):
            desk.decide(thread, Choice.SILENCE, "Enough.", by=helper, until=desk.now + timedelta(days=15))
        desk.decide(thread, Choice.BAN, "Spam.")
        with pytest.raises(NotAllowedError):
            desk.decide(thread, Choice.LIFT, by=helper)
        assert sanction_on(cast.chen.id, desk.course_key, desk.now).kind == "ban"

    def test_a_ban_without_a_post(self, cast, desk):
        row = desk.decide(None, Choice.BAN, "Spam.", user_id=cast.chen.id)
        assert (row.subject, row.kind, row.post_id) == (cast.chen, "", "")
        assert desk.decide(None, Choice.BAN, "Other words.", user_id=cast.chen.id) == row

    def test_words_are_needed_because_the_author_reads_them(self, desk, thread):
        for choice in (Choice.WARN, Choice.BAN):
            with pytest.raises(BadFieldError) as error:
                desk.decide(thread, choice, "  ")
            assert error.value.field == "reason"
        with pytest.raises(BadFieldError):
            desk.decide(thread, Choice.NOTE, text=" ")
        with pytest.raises(BadFieldError):
            desk.decide(thread, Choice.SILENCE, "Enough.", until="tomorrow")

    def test_a_note_is_for_the_team(self, desk, thread):
        row = desk.decide(thread, Choice.NOTE, text="Asked to be called by the second name.")
        assert AuthorNote.objects.get().text == "Asked to be called by the second name."
        desk.undo(row)
        assert not AuthorNote.objects.exists()

    def test_of_a_retired_author_nobody_is_left_to_warn(self, desk, thread):
        ForumPost.objects.update(author=None)
        with pytest.raises(NoAuthorError):
            desk.decide(thread, Choice.WARN, "Please stay polite.")
        assert desk.decide(thread, Choice.HIDE).subject is None


class TestTheWorkItself:
    def test_an_item_is_given_to_somebody_and_back(self, desk, thread, somebody):
        desk.find(thread)
        other = somebody("moderator")
        row = desk.decide(thread, Choice.ASSIGN, to=other.id)
        assert item_of(desk.course_key, thread).assigned_to == other
        desk.undo(row)
        assert item_of(desk.course_key, thread).assigned_to is None

    def test_a_learner_cannot_be_given_one(self, cast, desk, thread):
        desk.find(thread)
        with pytest.raises(NotAllowedError):
            desk.decide(thread, Choice.ASSIGN, to=cast.chen.id)
        assert rows() == [("assign", "failed")]

    def test_an_item_is_put_off(self, desk, thread):
        desk.find(thread)
        row = desk.decide(thread, Choice.SNOOZE, until=desk.now + timedelta(hours=4))
        assert item_of(desk.course_key, thread).state == "snoozed"
        with pytest.raises(NoWayBackError, match="by itself"):
            desk.undo(row)


class TestTheQueue:
    @pytest.mark.parametrize(
        ("choice", "reason", "outcome"),
        [
            (Choice.APPROVE, "", "cleared"),
            (Choice.HIDE, "", "upheld"),
            (Choice.CLOSE, "off-topic", ""),
            (Choice.EDIT, "contains-pii", ""),
        ],
    )
    def test_what_settles_an_item_opens_it_again_when_undone(self, desk, thread, choice, reason, outcome):
        desk.find(thread)
        row = desk.decide(
            thread, choice, reason, body="Without a number.", version=item_of(desk.course_key, thread).version
        )
        item = item_of(desk.course_key, thread)
        assert (item.state, item.decided_by, item.outcome) == ("done", desk.by, outcome)
        desk.undo(row)
        assert item_of(desk.course_key, thread).state == "open"

    @pytest.mark.parametrize("choice", [Choice.HOLD, Choice.PIN, Choice.WARN, Choice.NOTE])
    def test_what_does_not_leaves_it_open(self, desk, thread, choice):
        desk.find(thread)
        desk.decide(thread, choice, "Because.", text="Said.")
        assert item_of(desk.course_key, thread).state == "open"


class TestHowLong:
    def test_30_days(self, desk, thread):
        row = desk.decide(thread, Choice.PIN)
        with pytest.raises(NoWayBackError, match="30 days"):
            desk.undo(row, after=timedelta(days=30, minutes=1))
        assert now_in_forum(desk, thread).pinned

    def test_the_later_decision_first(self, desk, thread):
        held, hidden = desk.decide(thread, Choice.HOLD), desk.decide(thread, Choice.HIDE)
        with pytest.raises(NoWayBackError, match="later decision"):
            desk.undo(held)
        desk.undo(hidden)
        desk.undo(held)
        assert desk.text(thread) == ("Bees", EXACT)

    def test_undone_again_it_is_as_it_was(self, desk, thread, acts):
        row = desk.decide(thread, Choice.PIN)
        first = desk.undo(row)
        again = desk.undo(row)
        assert (again.undone_at, again.undone_by) == (first.undone_at, desk.by)
        assert acts.calls == ["pin_thread", "pin_thread"]

    def test_what_is_gone_cannot_come_back(self, forum, desk, thread):
        row = desk.decide(thread, Choice.HIDE)
        forum.delete(thread)
        desk.read(thread)
        with pytest.raises(GoneError):
            desk.undo(row)


@pytest.mark.parametrize(
    ("choice", "of"),
    [(Choice.CLOSE, "answer"), (Choice.PIN, "answer"), (Choice.MOVE, "answer"), (Choice.ENDORSE, "thread")],
)
def test_what_cannot_be_done_to_a_post_of_this_kind(desk, thread, answer, acts, choice, of):
    with pytest.raises(BadFieldError):
        desk.decide({"thread": thread, "answer": answer}[of], choice, "off-topic", topic_id="meadow")
    assert (acts.calls, rows()) == ([], [])


@pytest.mark.parametrize(
    ("choice", "reason", "fields"),
    [
        (Choice.CLOSE, "because", {}),
        (Choice.EDIT, "because", {"body": "New"}),
        (Choice.EDIT, "needs-clarity", {"body": "  "}),
        (Choice.MOVE, "", {"topic_id": "moon"}),
        (Choice.SNOOZE, "", {"until": ""}),
        (Choice.SNOOZE, "", {"until": "2020-01-01T00:00:00Z"}),
        (Choice.REPLY, "", {"body": "\n"}),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_done(desk, thread, acts, choice, reason, fields):
    with pytest.raises(BadFieldError) as error:
        desk.decide(thread, choice, reason, **fields)
    assert str(error.value)
    assert (acts.calls, rows()) == ([], [])


def test_whoever_listens_is_told_after_the_commit(desk, thread, heard, django_capture_on_commit_callbacks):
    with heard(DECIDED) as calls:
        with django_capture_on_commit_callbacks(execute=True):
            row = desk.decide(thread, Choice.PIN)
            assert calls == []
        with django_capture_on_commit_callbacks(execute=True):
            desk.undo(row)
    assert [(call["decision_id"], call["course_key"]) for _signal, call in calls] == [(row.pk, desk.course_key)] * 2


def test_the_log_says_who_what_why_and_from_what(cast, desk, thread):
    first = desk.decide(thread, Choice.WARN, "Please stay polite.", note="Second time.")
    row = desk.decide(thread, Choice.CLOSE, "off-topic", cause=first.pk)
    assert (row.actor, row.subject, row.reason, row.cause_id) == (cast.bo, cast.chen, "off-topic", first.pk)
    assert (first.note, row.made_at) == ("Second time.", desk.now)
    assert row.undo_until == row.made_at + timedelta(days=30)
    assert row.made_at < timezone.now()
