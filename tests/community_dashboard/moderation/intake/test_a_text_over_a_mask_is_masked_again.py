"""Whoever writes over "waiting for a moderator" is masked again at once, and stands in the queue once; nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.actions import decide, undo
from community_dashboard.moderation.decisions.errors import ChangedError
from community_dashboard.moderation.decisions.models import Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.queries import earlier_text, overwritten_posts
from community_dashboard.moderation.intake.arrival import reconcile_forum
from community_dashboard.moderation.intake.examining import examine
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.projection.reading import rows_of
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.queue.queries import findings_of, item_of
from community_dashboard.moderation.queue.words import finding_words
from tests.community_dashboard.moderation.decisions.conftest import OWN
from tests.community_dashboard.moderation.intake.conftest import LURE

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, HELD = "You are all idiots.", "This post is waiting for a moderator." + OWN


@pytest.fixture
def hidden(cast, room, author, guard):
    """A post of the author's that bo has hidden."""
    ref = room.answer(room.ask(cast.chen), author, FIRST)
    hide(cast.bo, room, ref)
    return ref


def hide(by, room, ref, choice=Choice.HIDE):
    return decide(by=by, course_key=room.course_key, ref=ref, choice=choice, now=timezone.now())


def text(ref):
    return rows_of(ref.kind).get(pk=ref.id).body


def log():
    return list(Decision.objects.order_by("id").values_list("choice", "state", "automatic"))


def codes(room, ref):
    item = item_of(room.course_key, ref)
    return {row.reason: row.code for row in findings_of(item)} if item else {}


def test_a_hidden_post_is_masked_again_as_held_whatever_is_written(room, hidden, forum, author):
    forum.edit(hidden, author, body="A quite harmless sentence.")
    assert text(hidden) == HELD
    assert find_post(room.course_key, hidden).masked
    assert log() == [("hide", "done", False), ("hold", "done", True)]
    assert Decision.objects.last().reason == "overwritten"
    assert codes(room, hidden) == {Reason.EDITED: "overwritten", Reason.HELD: "overwritten.held"}
    assert item_of(room.course_key, hidden).state == "open"


def test_its_author_is_told_why(room, hidden, forum, author, client_of):
    forum.edit(hidden, author, body="A quite harmless sentence.")
    assert "It was written over a masked text." in client_of(author).get("/community/me/").content.decode()


def test_a_held_post_too(cast, room, guard, forum, author):
    lure = room.answer(room.ask(cast.chen), author, LURE)
    assert text(lure) == HELD
    forum.edit(lure, author, body="Please write to me.")
    assert text(lure) == HELD
    assert [row[0] for row in log()] == ["hold", "hold"]
    assert KeptOriginal.objects.get(post_id=lure.id, kind="comment").body == "Please write to me."
    assert codes(room, lure)[Reason.EDITED] == "overwritten"


def test_who_writes_the_old_text_back_is_masked_again(room, hidden, forum, author):
    forum.edit(hidden, author, body=FIRST)
    assert text(hidden) == HELD
    assert [row[0] for row in log()] == ["hide", "hold"]


def test_a_new_title_over_ours_counts(cast, room, guard, forum, author):
    thread = room.ask(author, "Bees", "They are awful.")
    hide(cast.bo, room, thread)
    forum.edit(thread, author, title="Bees are awful")
    row = rows_of(thread.kind).get(pk=thread.id)
    assert (row.title, row.body) == ("Waiting for a moderator", HELD)
    kept = KeptOriginal.objects.get(post_id=thread.id, kind="thread")
    assert kept.title == "Bees are awful"
    assert EarlierText.objects.get().title == "Bees"
    forum.edit(thread, author, title="Bees are dreadful")
    assert rows_of(thread.kind).get(pk=thread.id).title == "Waiting for a moderator"
    assert item_of(room.course_key, thread).state == "open"


def test_our_sentence_with_a_long_tail_is_no_mask(room, hidden, forum, author):
    forum.edit(hidden, author, body=text(hidden) + " " * 21_000 + "buy my pills")
    assert text(hidden) == HELD
    assert "pills" in KeptOriginal.objects.get().body


def test_again_and_again_is_one_item_and_every_text_is_kept(room, hidden, forum, author):
    texts = [f"Attempt {number}" for number in range(5)]
    for one in texts:
        forum.edit(hidden, author, body=one)
        assert text(hidden) == HELD
    assert [row[0] for row in log()] == ["hide"] + ["hold"] * 5
    assert QueueItem.objects.filter(post_id=hidden.id, kind="comment").count() == 1
    assert KeptOriginal.objects.get().body == "Attempt 4"
    kept = [earlier_text(number) for number in Decision.objects.order_by("id").values_list("id", flat=True)[1:]]
    assert [one[1] for one in kept] == [FIRST, *texts[:-1]]


def test_after_a_decision_on_it_the_next_attempt_opens_the_item_again(cast, room, hidden, forum, author):
    forum.edit(hidden, author, body="Attempt 1")
    hide(cast.bo, room, hidden)
    assert item_of(room.course_key, hidden).state == "done"
    forum.edit(hidden, author, body="Attempt 2")
    assert text(hidden) == HELD
    assert item_of(room.course_key, hidden).state == "open"


def test_the_newer_text_comes_back_when_it_is_approved_and_is_left_alone(cast, room, hidden, forum, author):
    forum.edit(hidden, author, body="I am sorry.")
    hide(cast.bo, room, hidden, Choice.APPROVE)
    for _again in range(2):
        examine(course_key=room.course_key, refs=[hidden], now=timezone.now())
    assert text(hidden) == "I am sorry."
    assert item_of(room.course_key, hidden).state == "done"


def test_undoing_one_after_the_other_brings_the_first_text_back(cast, room, hidden, forum, author):
    forum.edit(hidden, author, body="Worse.")
    forum.edit(hidden, author, body="Still worse.")
    for row, shown in zip(Decision.objects.order_by("-id"), ("Still worse.", "Worse.", FIRST), strict=True):
        undo(by=cast.bo, course_key=room.course_key, decision_id=row.id, now=timezone.now())
        assert text(hidden) == shown
        examine(course_key=room.course_key, refs=[hidden], now=timezone.now())
        assert text(hidden) == shown


def test_undoing_does_not_write_over_what_was_written_since(cast, room, hidden, forum, author):
    forum.edit(hidden, author, body="Worse.")
    first, second = Decision.objects.order_by("id")
    undo(by=cast.bo, course_key=room.course_key, decision_id=second.id, now=timezone.now())
    forum.edit(hidden, author, body="Something new.")
    with pytest.raises(ChangedError):
        undo(by=cast.bo, course_key=room.course_key, decision_id=first.id, now=timezone.now())
    assert text(hidden) == "Something new."


def test_what_a_moderator_writes_over_it_is_left_and_told(cast, room, hidden, forum):
    forum.edit(hidden, cast.bo, body="Mended by bo on the platform's own page.")
    assert text(hidden) == "Mended by bo on the platform's own page."
    assert codes(room, hidden) == {Reason.EDITED: "overwritten.others"}
    assert [row[0] for row in log()] == ["hide"]


def test_our_own_writing_starts_nothing(cast, room, hidden):
    for choice in (Choice.RESTORE, Choice.HIDE, Choice.APPROVE, Choice.HIDE):
        hide(cast.bo, room, hidden, choice)
        examine(course_key=room.course_key, refs=[hidden], now=timezone.now())
    assert [row[0] for row in log()] == ["hide", "restore", "hide", "approve", "hide"]


@pytest.mark.parametrize("what", ["title", "body"])
def test_a_site_that_changes_what_it_is_given_keeps_nobody_writing(cast, room, guard, author, monkeypatch, what):
    host = get_host()
    edit = host.edit_post
    monkeypatch.setattr(host, "edit_post", lambda **named: edit(**named | {what: f"{named[what]} [seen by the site]"}))
    thread = room.ask(author, "Bees", "They are awful.")
    hide(cast.bo, room, thread)
    for _again in range(3):
        examine(course_key=room.course_key, refs=[thread], now=timezone.now())
    assert Decision.objects.count() <= 3
    assert item_of(room.course_key, thread).state == "open"


@pytest.mark.parametrize(("account", "code"), [("", "overwritten.no_account"), ("chen", "overwritten.refused")])
def test_where_nobody_may_hold_it_stands_in_the_queue(room, hidden, forum, author, settings, account, code):
    settings.COMMUNITY_ACTING_ACCOUNT = account
    forum.edit(hidden, author, body="Attempt 1")
    assert text(hidden) == "Attempt 1"
    assert codes(room, hidden) == {Reason.EDITED: code}
    assert "wrote a new text over a masked one" in finding_words(Reason.EDITED, code, {})
    assert item_of(room.course_key, hidden).state == "open"


def test_it_is_held_once_somebody_may(room, hidden, forum, author, settings, guard):
    settings.COMMUNITY_ACTING_ACCOUNT = ""
    forum.edit(hidden, author, body="Attempt 1")
    settings.COMMUNITY_ACTING_ACCOUNT = guard.username
    reconcile_forum(clock=timezone.now)
    assert text(hidden) == HELD
    assert overwritten_posts() == {}
    assert codes(room, hidden) == {Reason.EDITED: "overwritten", Reason.HELD: "overwritten.held"}


def test_reconciliation_finds_what_no_signal_told(room, hidden, forum, author, monkeypatch):
    with monkeypatch.context() as deaf:
        deaf.setattr("community_dashboard.moderation.intake.noting._send", lambda *told: None)
        forum.edit(hidden, author, body="Attempt 1")
    assert text(hidden) == "Attempt 1"
    reconcile_forum(clock=lambda: timezone.now() + timedelta(minutes=30), thorough=True)
    assert text(hidden) == HELD
    assert item_of(room.course_key, hidden).state == "open"


def test_reconciliation_finds_what_was_read_and_not_examined(room, hidden, forum, author, monkeypatch):
    with monkeypatch.context() as deaf:
        deaf.setattr("community_dashboard.moderation.intake.noting._send", lambda *told: None)
        forum.edit(hidden, author, body="Attempt 1")
    project(course_key=room.course_key, refs=[hidden], now=timezone.now())
    assert overwritten_posts() == {room.course_key: [hidden]}
    reconcile_forum(clock=timezone.now)
    assert text(hidden) == HELD


def test_a_worker_that_was_stopped_after_holding_leaves_it_in_the_queue(room, hidden, forum, author, monkeypatch):
    from community_dashboard.moderation.intake import examining

    def stopped(**named):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(examining, "set_findings", stopped)
        with pytest.raises(SystemExit):
            forum.edit(hidden, author, body="Attempt 1")
    assert text(hidden) == HELD
    assert item_of(room.course_key, hidden).state == "done"
    examine(course_key=room.course_key, refs=[hidden], now=timezone.now())
    assert codes(room, hidden) == {Reason.EDITED: "overwritten", Reason.HELD: "overwritten.held"}
    assert item_of(room.course_key, hidden).state == "open"


def test_a_decision_that_is_being_carried_out_is_left_alone(cast, room, hidden, forum, author, monkeypatch):
    Decision.objects.update(state="begun", made_at=timezone.now())
    forum.edit(hidden, author, body="Attempt 1")
    assert text(hidden) == "Attempt 1"
    assert Decision.objects.count() == 1
    Decision.objects.update(state="done")
    reconcile_forum(clock=timezone.now)
    assert text(hidden) == HELD


def test_examining_costs_one_query_more_while_our_sentence_stands(
    room, hidden, django_assert_max_num_queries, monkeypatch
):
    from community_dashboard.moderation.intake.batch import read_batch
    from community_dashboard.moderation.intake.overwriting import overwritten

    batch = read_batch(room.course_key, [hidden], timezone.now())
    with django_assert_max_num_queries(1):
        assert overwritten(batch) == {}
    ForumPost.objects.update(mask="", masked=False)
    batch = read_batch(room.course_key, [hidden], timezone.now())
    with django_assert_max_num_queries(0):
        assert overwritten(batch) == {}
