"""A retired person leaves the log: the action stays, without the name, the words and the post."""

from importlib import import_module

import pytest

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.kept_replies import keep_reply
from community_dashboard.moderation.decisions.models import CannedReply, Decision, EarlierText, KeptOriginal
from referral_xblock.own_data import own_data

pytestmark = pytest.mark.django_db
SIGNALS = import_module("openedx.core.djangoapps.user_api.accounts.signals")


def retire(user):
    """What the platform sends, in its order."""
    SIGNALS.USER_RETIRE_LMS_MISC.send(sender=None, user=user)
    SIGNALS.USER_RETIRE_MAILINGS.send(sender=None, user=user, email="was@example.org", new_email=user.email)
    SIGNALS.USER_RETIRE_LMS_CRITICAL.send(sender=None, user=user)


@pytest.fixture
def decided(cast, desk, thread, answer, somebody):
    """bo decided about chen in many ways, and was given a post."""
    desk.find(thread)
    other = somebody("administrator")
    desk.decide(thread, Choice.ASSIGN, to=cast.bo.id, by=other)
    desk.decide(thread, Choice.ASSIGN, to=other.id, by=other)
    desk.decide(thread, Choice.WARN, "Chen, stay polite.", note="Chen again.")
    desk.decide(thread, Choice.NOTE, text="Chen has two accounts.")
    desk.decide(thread, Choice.REPLY, body="Dear Chen.")
    desk.decide(thread, Choice.EDIT, "contains-pii", body="Without a number.")
    desk.decide(thread, Choice.HIDE)
    desk.decide(answer, Choice.HOLD, "link_of_stranger", automatic=True)
    desk.undo(desk.decide(answer, Choice.ENDORSE))
    keep_reply(by=cast.bo, course_key=desk.course_key, language="en", title="x", body="x", now=desk.now)
    return Decision.objects.count()


def in_log(*words):
    """Rows of the log in which one of these stands in any column."""
    rows = Decision.objects.order_by("id").values()
    return [row["id"] for row in rows if any(str(word) in str(row) for word in words)]


def test_of_the_author_nothing_is_left_and_every_action_is(cast, desk, thread, decided):
    strands = set(Decision.objects.filter(subject=cast.chen).values_list("strand", flat=True))
    retire(cast.chen)
    assert Decision.objects.count() == decided
    assert not Decision.objects.filter(subject=cast.chen).exists()
    assert not Decision.objects.filter(kind=thread.kind.value, post_id=thread.id).exists()
    assert not Decision.objects.filter(strand__in=strands).exists()
    assert in_log("Chen", "Without a number") == []
    assert not KeptOriginal.objects.filter(kind=thread.kind.value).exists() and not EarlierText.objects.exists()
    assert Decision.objects.get(choice="edit").reason == "contains-pii"
    assert Decision.objects.get(choice="warn").actor == cast.bo


def test_of_the_moderator_the_name_goes_everywhere(cast, desk, thread, decided):
    retire(cast.bo)
    rows = Decision.objects.order_by("id").values("actor", "undone_by", "fields", "after")
    assert not [row for row in rows if cast.bo.id in (row["actor"], row["undone_by"], row["fields"].get("to"),
                                                       row["after"].get("was"))]  # fmt: skip
    assert "comment_id" not in Decision.objects.get(choice="reply").after
    assert CannedReply.objects.get().author is None
    assert Decision.objects.filter(subject=cast.chen).exists()


def test_done_again_it_changes_nothing(cast, decided):
    retire(cast.chen)
    before = list(Decision.objects.order_by("id").values())
    retire(cast.chen)
    assert list(Decision.objects.order_by("id").values()) == before


def test_the_author_reads_all_of_it_in_the_own_data(cast, decided):
    parts = {part.name: list(part.rows) for part in own_data(cast.chen.id)}
    assert {row["what"] for row in parts["moderation_about_me"]} == {
        "assign", "warn", "note", "reply", "edit", "hide",
    }  # fmt: skip
    assert [row["text"] for row in parts["moderation_kept_texts"]] == ["Without a number."]
    assert len(parts["moderation_earlier_texts"]) == 1
    assert not any("bo" in row.values() or cast.bo.id in row.values() for row in parts["moderation_about_me"])


def test_the_moderator_reads_what_they_decided(cast, decided):
    parts = {part.name: list(part.rows) for part in own_data(cast.bo.id)}
    assert [row["what"] for row in parts["moderation_by_me"]] == [
        "warn", "note", "reply", "edit", "hide", "hold", "endorse",
    ]  # fmt: skip
    assert [row["title"] for row in parts["moderation_canned_replies"]] == ["x"]
