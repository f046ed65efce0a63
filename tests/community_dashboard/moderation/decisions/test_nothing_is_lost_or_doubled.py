"""Twice is once; of two people one acts; and whatever breaks, the log, the forum and what we keep agree in the end."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from community_dashboard.host import errors as forum_errors
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import (
    BadFieldError,
    ChangedError,
    ForumFailedError,
    GoneError,
    NotAllowedError,
    TooLateError,
)
from community_dashboard.moderation.decisions.masking import Mask
from community_dashboard.moderation.decisions.models import Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.repair import repair
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.queue.queries import item_of
from tests.community_dashboard.moderation.decisions.conftest import EXACT, rows

pytestmark = pytest.mark.django_db

CHOICES = [
    (Choice.APPROVE, "", {}),
    (Choice.HIDE, "", {}),
    (Choice.HOLD, "", {}),
    (Choice.EDIT, "needs-clarity", {"body": "Clearer."}),
    (Choice.CLOSE, "off-topic", {}),
    (Choice.PIN, "", {}),
    (Choice.MOVE, "", {"topic_id": "meadow"}),
    (Choice.REPLY, "", {"body": "Because of the flowers."}),
]


@pytest.mark.parametrize(("choice", "reason", "fields"), CHOICES)
def test_the_same_decision_twice_is_one_row_and_one_call(desk, thread, acts, choice, reason, fields):
    desk.find(thread)
    version = item_of(desk.course_key, thread).version
    first = desk.decide(thread, choice, reason, version=version, **fields)
    calls = list(acts.calls)
    assert desk.decide(thread, choice, reason, version=version, **fields) == first
    assert desk.decide(thread, choice, reason, **fields) == first
    assert acts.calls == calls
    assert rows() == [(choice.value, "done")]


def test_restoring_twice_is_once(desk, thread, acts):
    desk.decide(thread, Choice.HIDE)
    first = desk.decide(thread, Choice.RESTORE)
    assert desk.decide(thread, Choice.RESTORE) == first
    assert acts.calls == ["edit_post", "edit_post"]


def test_what_one_decided_oneself_is_no_surprise(desk, thread):
    """The pane still shows the item as it was: hide, then warn, then think better of it."""
    desk.find(thread)
    version = item_of(desk.course_key, thread).version
    desk.decide(thread, Choice.HIDE, version=version)
    desk.decide(thread, Choice.WARN, "Please stay polite.", version=version)
    desk.decide(thread, Choice.APPROVE, version=version)
    assert rows() == [("hide", "done"), ("warn", "done"), ("approve", "done")]
    assert desk.text(thread) == ("Bees", EXACT)


@pytest.mark.parametrize(("choice", "reason", "fields"), CHOICES)
def test_who_comes_second_is_told_who_was_first(cast, desk, thread, acts, somebody, choice, reason, fields):
    desk.find(thread)
    version = item_of(desk.course_key, thread).version
    desk.decide(thread, Choice.APPROVE, version=version)
    calls = list(acts.calls)
    with pytest.raises(TooLateError, match="Bo") as error:
        desk.decide(thread, choice, reason, by=somebody("moderator"), version=version, **fields)
    assert error.value.name.startswith("Bo")
    assert acts.calls == calls
    assert rows() == [("approve", "done")]


def test_who_comes_while_the_first_is_at_work_is_too_late(cast, desk, thread, acts, somebody):
    """The second decides in the middle of the first one's call of the forum."""
    desk.find(thread)
    version = item_of(desk.course_key, thread).version
    other, told = somebody("moderator"), []

    def meanwhile():
        acts.before = None
        for choice in (Choice.APPROVE, Choice.HIDE):
            with pytest.raises(TooLateError) as error:
                desk.decide(thread, choice, by=other, version=version)
            told.append(error.value.name)

    acts.before = meanwhile
    desk.decide(thread, Choice.HIDE, version=version)
    assert [name.startswith("Bo") for name in told] == [True, True]
    assert (acts.calls, rows()) == (["edit_post"], [("hide", "done")])


FAILURES = [
    (forum_errors.UnavailableError(), ForumFailedError),
    (forum_errors.NotAllowedError(), NotAllowedError),
    (forum_errors.BadValueError(), BadFieldError),
    (forum_errors.GoneError(), GoneError),
]


@pytest.mark.parametrize(("choice", "reason", "fields"), CHOICES)
@pytest.mark.parametrize(("raised", "told"), FAILURES[:3])
def test_what_the_forum_refuses_was_never_done(desk, thread, acts, choice, reason, fields, raised, told):
    desk.find(thread)
    acts.fails = raised
    with pytest.raises(told) as error:
        desk.decide(thread, choice, reason, **fields)
    assert str(error.value)
    assert rows() == [(choice.value, "failed")]
    assert item_of(desk.course_key, thread).state == "open"
    assert not KeptOriginal.objects.exists() and not EarlierText.objects.exists()
    assert not find_post(desk.course_key, thread).masked
    assert desk.text(thread) == ("Bees", EXACT)
    acts.fails = None
    assert desk.decide(thread, choice, reason, **fields).state == "done"


def meanwhile(monkeypatch, what):
    """Something happens after a mask was begun and before the forum is asked."""
    keep = Mask.keep

    def keep_and(self, order, row):
        keep(self, order, row)
        what()

    monkeypatch.setattr(Mask, "keep", keep_and)


def test_a_post_that_is_deleted_under_the_hands_is_gone(desk, forum, thread, monkeypatch):
    desk.find(thread)
    meanwhile(monkeypatch, lambda: forum.delete(thread))
    with pytest.raises(GoneError):
        desk.decide(thread, Choice.HIDE)
    with pytest.raises(GoneError):
        desk.decide(thread, Choice.APPROVE)
    assert rows() == [("hide", "failed")]
    assert not KeptOriginal.objects.exists()


def test_what_is_written_between_judging_and_masking_is_not_overwritten(cast, desk, forum, thread, monkeypatch):
    meanwhile(monkeypatch, lambda: forum.edit(thread, cast.chen, body="In the last moment"))
    with pytest.raises(ChangedError):
        desk.decide(thread, Choice.HIDE)
    assert desk.text(thread) == ("Bees", "In the last moment")
    assert rows() == [("hide", "failed")]
    assert not KeptOriginal.objects.exists()


def test_hiding_a_held_post_fails_and_the_original_is_still_kept(desk, thread, acts):
    desk.decide(thread, Choice.HOLD)
    acts.fails = forum_errors.UnavailableError()
    with pytest.raises(ForumFailedError):
        desk.decide(thread, Choice.HIDE)
    acts.fails = None
    desk.decide(thread, Choice.APPROVE)
    assert desk.text(thread) == ("Bees", EXACT)


class Died(BaseException):
    """The process was killed."""


class TestAProcessDies:
    """Between begun and done, with a forum in another database: what the forum did stays, what we wrote last does not."""

    LATER = timedelta(minutes=6)

    @pytest.fixture
    def dies(self, monkeypatch):
        """`dies(after=True)`: the forum has acted, and then it happened."""

        def at(*, after):
            from community_dashboard.moderation.decisions import actions

            def carry_out(order, deed, row):
                if after:
                    deed.carry(order, row)
                raise Died

            monkeypatch.setattr(actions, "_carry_out", carry_out)

        return at

    @pytest.mark.parametrize(("choice", "reason", "fields"), CHOICES)
    def test_what_the_forum_did_is_done(self, desk, thread, acts, dies, monkeypatch, choice, reason, fields):
        desk.find(thread)
        with monkeypatch.context():
            dies(after=True)
            with pytest.raises(Died):
                desk.decide(thread, choice, reason, **fields)
        calls = list(acts.calls)
        assert rows() == [(choice.value, "begun")]
        assert repair(now=desk.now + timedelta(minutes=1)) == 0  # somebody may still be at work
        assert repair(now=desk.now + self.LATER) == 1
        assert (rows(), acts.calls) == ([(choice.value, "done")], calls)
        assert repair(now=desk.now + self.LATER) == 0
        monkeypatch.undo()
        desk.undo(Decision.objects.get())
        assert desk.text(thread) == ("Bees", EXACT)

    @pytest.mark.parametrize(
        ("choice", "reason", "fields"), [case for case in CHOICES if case[0] is not Choice.APPROVE]
    )
    def test_what_it_did_not_do_was_never_done(self, desk, thread, acts, dies, choice, reason, fields):
        desk.find(thread)
        dies(after=False)
        with pytest.raises(Died):
            desk.decide(thread, choice, reason, **fields)
        assert repair(now=desk.now + self.LATER) == 1
        assert (rows(), acts.calls) == ([(choice.value, "failed")], [])
        assert item_of(desk.course_key, thread).state == "open"
        assert not KeptOriginal.objects.exists()
        assert not find_post(desk.course_key, thread).masked

    def test_nobody_decides_meanwhile_and_afterwards_everybody_may(self, desk, thread, dies, somebody, monkeypatch):
        other = somebody("moderator")
        dies(after=False)
        with pytest.raises(Died):
            desk.decide(thread, Choice.HIDE)
        monkeypatch.undo()
        with pytest.raises(TooLateError):
            desk.decide(thread, Choice.APPROVE, by=other)
        repair(now=desk.now + self.LATER)
        assert desk.decide(thread, Choice.APPROVE, by=other).state == "done"

    def test_undoing_goes_on(self, desk, thread, monkeypatch):
        row = desk.decide(thread, Choice.HIDE)
        Decision.objects.update(state="undoing", undone_by=desk.by, undone_at=desk.now)
        assert repair(now=desk.now + self.LATER) == 1
        row.refresh_from_db()
        assert (row.state, desk.text(thread)) == ("undone", ("Bees", EXACT))


def test_undoing_that_the_forum_refuses_leaves_the_decision_as_it_was(desk, thread, acts):
    row = desk.decide(thread, Choice.HIDE)
    acts.fails = forum_errors.UnavailableError()
    with pytest.raises(ForumFailedError):
        desk.undo(row)
    row.refresh_from_db()
    assert (row.state, row.undone_at, row.undone_by) == ("done", None, None)
    assert find_post(desk.course_key, thread).masked
    acts.fails = None
    desk.undo(row)
    assert desk.text(thread) == ("Bees", EXACT)


def test_an_error_that_nobody_foresaw_is_a_sentence_and_stays_begun(desk, thread, acts):
    acts.fails = OperationalError("gone away")
    with pytest.raises(ForumFailedError):
        desk.decide(thread, Choice.PIN)
    assert rows() == [("pin", "begun")]
    acts.fails = None
    repair(now=desk.now + timedelta(minutes=6))
    assert rows() == [("pin", "failed")]
    assert not get_host().read_post(by=desk.by, course_key=desk.course_key, ref=thread).pinned


def test_what_somebody_else_did_in_the_forum_itself_is_done_again_without_harm(cast, desk, thread):
    get_host().pin_thread(by=cast.bo, course_key=desk.course_key, thread_id=thread.id)
    row = desk.decide(thread, Choice.PIN)
    desk.undo(row)
    assert get_host().read_post(by=desk.by, course_key=desk.course_key, ref=thread).pinned  # as it was before


def test_a_post_that_nothing_has_read_yet_can_be_decided_on(cast, forum, course_key, now):
    ref = forum.thread(cast.chen)
    row = decide(by=cast.bo, course_key=course_key, ref=ref, choice=Choice.HIDE, now=now)
    assert row.subject == cast.chen


def test_no_forum_is_a_sentence(cast, desk, thread, monkeypatch):
    def disabled(**named):
        raise forum_errors.DisabledError

    monkeypatch.setattr(get_host(), "pin_thread", disabled)
    with pytest.raises(NotAllowedError, match="no forum"):
        desk.decide(thread, Choice.PIN)
