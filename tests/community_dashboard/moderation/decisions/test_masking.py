"""Hiding and holding: the text goes out of the forum and comes back byte for byte; nobody's words are overwritten unseen."""

from datetime import timedelta

import pytest

from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import UnavailableError
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import (
    BadFieldError,
    ChangedError,
    ForumFailedError,
    NoWayBackError,
)
from community_dashboard.moderation.decisions.masking import Mask
from community_dashboard.moderation.decisions.models import EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.queries import text_to_judge
from community_dashboard.moderation.decisions.repair import repair
from community_dashboard.moderation.decisions.retention import delete_old_texts
from community_dashboard.moderation.projection.queries import find_post
from demo.courseware.models import Course
from tests.community_dashboard.moderation.decisions.conftest import EXACT, OWN, rows

pytestmark = pytest.mark.django_db

TEXTS = {
    "markdown": "# Bees\n\n* one\n* two\n\n```py\nprint('x')\n```\n",
    "html": '<p onclick="x()">Bees &amp; <b>honey</b></p><script>alert(1)</script>',
    "emoji": "🐝🇫🇷👩‍🚀 e\u0301 \u202e right to left",
    "white space": "\n\n  \ttrailing \r\n \n\t ",
    "a megabyte": "Très long 🐝 " * 70_000,
}


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("back", ["approve", "restore", "undo"])
def test_a_hidden_text_comes_back_byte_for_byte(cast, forum, desk, body, back):
    ref = forum.thread(cast.chen, title="  Bees & <b>honey</b> 🐝 ", body=body)
    row = desk.decide(ref, Choice.HIDE)
    assert desk.text(ref) == ("Hidden by a moderator", "A moderator has hidden this post." + OWN)
    desk.undo(row) if back == "undo" else desk.decide(ref, Choice(back))
    assert desk.text(ref) == ("  Bees & <b>honey</b> 🐝 ", body)


def test_an_answer_is_held_and_approved(desk, answer):
    desk.decide(answer, Choice.HOLD, "link_of_stranger", automatic=True)
    assert desk.text(answer) == ("", "This post is waiting for a moderator." + OWN)
    assert find_post(desk.course_key, answer).masked
    desk.decide(answer, Choice.APPROVE)
    assert desk.text(answer) == ("", "They dance.")
    assert not find_post(desk.course_key, answer).masked


def test_the_sentence_is_in_the_courses_language(desk, thread):
    Course.objects.update(language="fr")
    desk.decide(thread, Choice.HOLD)
    title, body = desk.text(thread)
    assert (title, body) != ("Waiting for a moderator", "This post is waiting for a moderator." + OWN)
    assert "modérat" in title.lower() and "modérat" in body.lower()


def test_what_was_held_is_hidden_and_back_again(desk, thread):
    desk.decide(thread, Choice.HOLD)
    hidden = desk.decide(thread, Choice.HIDE)
    assert desk.text(thread)[0] == "Hidden by a moderator"
    assert KeptOriginal.objects.get().body == EXACT
    desk.undo(hidden)
    assert desk.text(thread)[0] == "Waiting for a moderator"
    desk.decide(thread, Choice.APPROVE)
    assert desk.text(thread) == ("Bees", EXACT)


def test_what_is_hidden_need_not_be_held(desk, thread, acts):
    hidden = desk.decide(thread, Choice.HIDE)
    assert desk.decide(thread, Choice.HOLD) == hidden
    assert acts.calls == ["edit_post"]


def test_approving_clears_the_reports_and_undoing_masks_again(cast, forum, desk, thread):
    forum.flag(thread, cast.dara)
    desk.decide(thread, Choice.HOLD)
    approved = desk.decide(thread, Choice.APPROVE)
    desk.read(thread)
    assert find_post(desk.course_key, thread).reports == 0
    desk.undo(approved)
    assert desk.text(thread)[0] == "Waiting for a moderator"
    assert KeptOriginal.objects.get().restored_at is None


class TestSomebodyWroteOverOurSentence:
    """chen edits the masked post in the forum."""

    @pytest.fixture
    def overwritten(self, cast, forum, desk, thread):
        self.row = desk.decide(thread, Choice.HIDE)
        forum.edit(thread, cast.chen, title="Bees", body="Again: buy my pills")
        return thread

    @pytest.mark.parametrize("choice", [Choice.APPROVE, Choice.RESTORE])
    def test_the_old_text_is_not_put_over_it(self, desk, overwritten, choice):
        with pytest.raises(ChangedError):
            desk.decide(overwritten, choice)
        with pytest.raises(ChangedError):
            desk.undo(self.row)
        assert desk.text(overwritten) == ("Bees", "Again: buy my pills")
        assert rows() == [("hide", "done")]

    def test_who_has_read_it_can_approve_it_as_it_stands(self, desk, overwritten):
        shown = text_to_judge(by=desk.by, course_key=desk.course_key, ref=overwritten)
        assert (shown.body, shown.masked, shown.overwritten) == ("Again: buy my pills", False, True)
        desk.decide(overwritten, Choice.APPROVE, seen=shown.seen)
        assert desk.text(overwritten) == ("Bees", "Again: buy my pills")

    def test_it_can_be_hidden_again_and_both_texts_are_kept(self, desk, overwritten):
        desk.decide(overwritten, Choice.HIDE)
        assert desk.text(overwritten)[0] == "Hidden by a moderator"
        assert KeptOriginal.objects.get().body == "Again: buy my pills"
        assert EarlierText.objects.get().body == EXACT
        desk.decide(overwritten, Choice.RESTORE)
        assert desk.text(overwritten) == ("Bees", "Again: buy my pills")


def test_a_decision_on_another_text_than_the_one_seen_is_refused(cast, forum, desk, thread, acts):
    seen = text_to_judge(by=desk.by, course_key=desk.course_key, ref=thread).seen
    forum.edit(thread, cast.chen, body="Something quite different")
    for choice in (Choice.APPROVE, Choice.HIDE):
        with pytest.raises(ChangedError):
            desk.decide(thread, choice, seen=seen)
    with pytest.raises(ChangedError):
        desk.decide(thread, Choice.DELETE, seen=seen, sure="yes")
    assert (acts.calls, rows()) == ([], [])


def test_of_a_masked_post_the_original_is_what_is_judged(desk, thread):
    desk.decide(thread, Choice.HOLD)
    shown = text_to_judge(by=desk.by, course_key=desk.course_key, ref=thread)
    assert (shown.title, shown.body, shown.masked, shown.overwritten) == ("Bees", EXACT, True, False)
    desk.decide(thread, Choice.APPROVE, seen=shown.seen)
    assert desk.text(thread) == ("Bees", EXACT)


def test_in_a_closed_thread_a_sentence_says_to_open_it(desk, thread, answer, acts):
    desk.decide(thread, Choice.CLOSE, "off-topic")
    for ref in (thread, answer):
        with pytest.raises(BadFieldError, match="closed"):
            desk.decide(ref, Choice.HIDE)
    assert acts.calls == ["close_thread"]


def test_what_is_not_hidden_cannot_be_restored(desk, thread):
    with pytest.raises(BadFieldError, match="nothing to restore"):
        desk.decide(thread, Choice.RESTORE)


class TestHowLongTextsAreKept:
    def test_a_hidden_text_for_30_days(self, desk, thread):
        row = desk.decide(thread, Choice.HIDE)
        assert delete_old_texts(now=desk.now + timedelta(days=29)) == 0
        assert delete_old_texts(now=desk.now + timedelta(days=31)) == 1
        with pytest.raises(NoWayBackError, match="no longer kept"):
            desk.decide(thread, Choice.APPROVE)
        with pytest.raises(NoWayBackError, match="30 days"):
            desk.undo(row, after=timedelta(days=31))

    def test_a_held_text_until_somebody_has_looked(self, desk, thread):
        desk.decide(thread, Choice.HOLD)
        assert delete_old_texts(now=desk.now + timedelta(days=300)) == 0

    def test_a_restored_text_for_30_days_more(self, desk, thread):
        desk.decide(thread, Choice.HOLD)
        desk.decide(thread, Choice.APPROVE)
        assert delete_old_texts(now=desk.now + timedelta(days=29)) == 0
        assert delete_old_texts(now=desk.now + timedelta(days=31)) == 1
        assert desk.text(thread) == ("Bees", EXACT)


class TestAPlatformThatTrims:
    """The LMS's discussion API cuts white space around a text that it is given."""

    @pytest.fixture(autouse=True)
    def trims(self, monkeypatch):
        edit = get_host().edit_post
        monkeypatch.setattr(
            get_host(),
            "edit_post",
            lambda *, body=None, title=None, **named: edit(
                **named, **{name: text.strip() for name, text in (("body", body), ("title", title)) if text is not None}
            ),
        )

    def test_what_came_back_trimmed_can_be_masked_again(self, desk, thread):
        desk.decide(thread, Choice.HIDE)
        approved = desk.decide(thread, Choice.APPROVE)
        assert desk.text(thread) == ("Bees", EXACT.strip())
        desk.undo(approved)
        assert desk.text(thread)[0] == "Hidden by a moderator"

    def test_an_edit_is_the_same_twice_and_is_undone(self, desk, thread, acts):
        row = desk.decide(thread, Choice.EDIT, "needs-clarity", body="Clearer.\r\n")
        assert desk.decide(thread, Choice.EDIT, "needs-clarity", body="Clearer.\r\n") == row
        desk.undo(row)
        assert desk.text(thread) == ("Bees", EXACT.strip())


class TestAForumElsewhere:
    """The posts are not in this database: the host is asked for each."""

    @pytest.fixture(autouse=True)
    def elsewhere(self, monkeypatch):
        monkeypatch.setattr("community_dashboard.moderation.decisions.forum_now.lives_in_mongo", lambda number: True)

    def test_hides_and_shows_again(self, desk, thread, answer):
        for ref in (thread, answer):
            row = desk.decide(ref, Choice.HIDE)
            assert text_to_judge(by=desk.by, course_key=desk.course_key, ref=ref).masked
            desk.undo(row)
            desk.decide(ref, Choice.HOLD)
            desk.decide(ref, Choice.APPROVE)
        assert desk.text(thread) == ("Bees", EXACT.strip())

    def test_one_that_does_not_answer_leaves_the_row_to_be_looked_at(self, desk, thread, monkeypatch):
        def silent(**named):
            raise UnavailableError

        monkeypatch.setattr(get_host(), "edit_post", silent)
        read = get_host().read_post
        monkeypatch.setattr(Mask, "keep", lambda *a, keep=Mask.keep: (keep(*a), monkeypatch.setattr(
            get_host(), "read_post", silent)))  # fmt: skip
        with pytest.raises(ForumFailedError):
            desk.decide(thread, Choice.HIDE)
        assert rows() == [("hide", "begun")]
        assert KeptOriginal.objects.exists()
        monkeypatch.setattr(get_host(), "read_post", read)
        assert repair(now=desk.now + timedelta(minutes=6)) == 1
        assert rows() == [("hide", "failed")]
        assert not KeptOriginal.objects.exists()
