"""What the rules hold is no longer read by learners, at once; what a moderator then decides stays."""

import pytest
from django.utils import timezone

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.intake.examining import examine
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.shield.models import Trace
from tests.community_dashboard.moderation.intake.conftest import LURE

pytestmark = pytest.mark.django_db(transaction=True)


def reasons(room, ref: PostRef) -> dict[str, str]:
    item = item_of(room.course_key, ref)
    return {row.reason: row.code for row in item.findings.all()} if item else {}


def test_a_lure_is_not_read_by_another_learner_once_the_worker_has_seen_it(cast, room, guard):
    """How long that takes stands in docs/shield.md: timings decide no test."""
    thread = room.ask(cast.chen)
    attacker = room.learner("bo_moderator_77", name="Bo (Moderator)")
    reader = room.learner("someone")
    for number in range(3):
        lure = room.answer(thread, attacker, f"{LURE}{number}")
        seen = room.read(lure, reader)
        assert "WhatsApp" not in seen and "wa.me" not in seen
    assert find_post(room.course_key, lure).masked
    row = Decision.objects.order_by("id").last()
    assert (row.choice, row.actor, row.automatic, row.reason) == ("hold", guard, True, "shield")
    assert reasons(room, lure)[Reason.HELD] == "shield.held"
    assert item_of(room.course_key, lure).state == "open"
    assert Trace.objects.get(post_id=lure.id, kind="comment").held


def test_an_honest_first_post_with_a_link_is_left_alone(cast, room, guard):
    newcomer = room.learner("aoife")
    ref = room.ask(
        newcomer, "Hello", "Hi all, this page helped me: https://en.wikipedia.org/wiki/Bee . Thanks to the team."
    )
    assert "wikipedia" in room.read(ref, cast.chen)
    assert reasons(room, ref) == {Reason.FIRST_POST: "first_post"}


def test_without_an_acting_account_it_is_a_proposal(cast, room, settings):
    settings.COMMUNITY_ACTING_ACCOUNT = ""
    lure = room.answer(room.ask(cast.chen), room.learner("fresh"), LURE)
    assert "WhatsApp" in room.read(lure, cast.chen)
    assert reasons(room, lure)[Reason.SUSPECT] == "shield.held.no_account"
    assert not Trace.objects.get(post_id=lure.id, kind="comment").held


def test_an_acting_account_without_a_role_is_a_proposal_too(cast, room, settings):
    settings.COMMUNITY_ACTING_ACCOUNT = room.learner("no_role").username
    lure = room.answer(room.ask(cast.chen), room.learner("fresh"), LURE)
    assert reasons(room, lure)[Reason.SUSPECT] == "shield.held.refused"
    assert "WhatsApp" in room.read(lure, cast.chen)


def test_what_could_not_be_held_is_held_when_it_is_examined_again(cast, room, settings, guard):
    settings.COMMUNITY_ACTING_ACCOUNT = ""
    lure = room.answer(room.ask(cast.chen), room.learner("fresh"), LURE)
    settings.COMMUNITY_ACTING_ACCOUNT = guard.username
    examine(course_key=room.course_key, refs=[lure], now=timezone.now())
    assert "WhatsApp" not in room.read(lure, cast.chen)
    assert reasons(room, lure)[Reason.HELD] == "shield.held"


def test_what_a_moderator_approves_is_not_held_again(cast, room, guard):
    lure = room.answer(room.ask(cast.chen), room.learner("fresh"), LURE)
    decide(by=cast.bo, course_key=room.course_key, ref=lure, choice=Choice.APPROVE, now=timezone.now())
    assert "WhatsApp" in room.read(lure, cast.chen)
    for _again in range(2):
        examine(course_key=room.course_key, refs=[lure], now=timezone.now())
    assert "WhatsApp" in room.read(lure, cast.chen)
    assert item_of(room.course_key, lure).state == "done"
    assert [row.choice for row in Decision.objects.order_by("id")] == ["hold", "approve"]


def test_examining_again_changes_nothing(cast, room, guard):
    lure = room.answer(room.ask(cast.chen), room.learner("fresh"), LURE)
    before = (reasons(room, lure), item_of(room.course_key, lure).version, list(Trace.objects.values()))
    examine(course_key=room.course_key, refs=[lure, lure], now=timezone.now())
    assert before == (reasons(room, lure), item_of(room.course_key, lure).version, list(Trace.objects.values()))
    assert Decision.objects.count() == 1


def test_a_harmless_post_that_is_changed_into_spam_is_held(cast, room, guard):
    from forum import api

    author = room.learner("fresh")
    ref = room.answer(room.ask(cast.chen), author, "I have the same question.")
    assert "same question" in room.read(ref, cast.chen)
    api.update_comment(
        ref.id, body=LURE, course_id=str(room.course_key), user_id=str(author.id), editing_user_id=str(author.id)
    )
    assert "WhatsApp" not in room.read(ref, cast.chen)


def test_an_approved_post_that_its_author_changes_stands_in_the_queue_again(cast, room, guard):
    from forum import api

    author = room.learner("fresh")
    ref = room.answer(room.ask(cast.chen), author, "I have the same question.")
    decide(by=cast.bo, course_key=room.course_key, ref=ref, choice=Choice.APPROVE, now=timezone.now())
    assert item_of(room.course_key, ref).state == "done"
    api.update_comment(
        ref.id,
        body="Something else",
        course_id=str(room.course_key),
        user_id=str(author.id),
        editing_user_id=str(author.id),
    )
    assert item_of(room.course_key, ref).state == "open"
    assert reasons(room, ref)[Reason.EDITED] == "edited"


def test_the_team_is_never_held(cast, room, guard):
    ref = room.ask(cast.bo, "Support", LURE)
    assert "WhatsApp" in room.read(ref, cast.chen)
    assert not Trace.objects.exists()


def test_a_name_that_looks_like_the_team_is_told_even_if_nothing_is_held(cast, room, guard):
    ref = room.ask(room.learner("b\u043e_lindgren", name="B\u043e Lindgren"), "Hello", "Hello everybody, nice course")
    assert "nice course" in room.read(ref, cast.chen)
    assert Reason.IMPERSONATION in reasons(room, ref)


def test_one_failing_source_does_not_stop_the_others(cast, room, guard, monkeypatch):
    from community_dashboard.moderation.intake import sources

    def broken(batch):
        raise RuntimeError

    for name in ("first_posts", "urgency", "clock"):
        monkeypatch.setitem(sources.SOURCES, name, broken)
    lure = room.answer(room.ask(cast.chen), room.learner("fresh"), LURE)
    assert "WhatsApp" not in room.read(lure, cast.chen)
    assert Reason.HELD in reasons(room, lure)


def test_the_forum_failing_leaves_a_proposal(cast, room, guard, monkeypatch):
    from community_dashboard.host.chosen import get_host
    from community_dashboard.host.errors import ForumError

    thread = room.ask(cast.chen)

    def refuses(**named):
        raise ForumError

    monkeypatch.setattr(get_host(), "edit_post", refuses)
    lure = room.answer(thread, room.learner("fresh"), LURE)
    assert "WhatsApp" in room.read(lure, cast.chen)
    assert reasons(room, lure)[Reason.SUSPECT] == "shield.held.refused"


def test_a_lock_that_two_workers_wanted_is_raised_after_everything_else_was_done(cast, room, guard, monkeypatch):
    from django.db import OperationalError

    from community_dashboard.moderation.intake import sources

    def locked(batch):
        raise OperationalError("Deadlock found")

    ref = room.ask(room.learner("fresh"), "Hello", "Hello all")
    monkeypatch.setitem(sources.SOURCES, "reports", locked)
    Trace.objects.all().delete()
    with pytest.raises(OperationalError):
        examine(course_key=room.course_key, refs=[ref], now=timezone.now())
    assert Trace.objects.count() == 1
    assert Reason.FIRST_POST in reasons(room, ref)


def test_a_worker_that_was_stopped_after_holding_leaves_nothing_hidden_from_the_queue(cast, room, guard, monkeypatch):
    from community_dashboard.moderation.intake import examining

    def stopped(**named):
        raise SystemExit

    thread, attacker = room.ask(cast.chen), room.learner("fresh")
    with monkeypatch.context() as patched:
        patched.setattr(examining, "set_findings", stopped)
        with pytest.raises(SystemExit):
            room.answer(thread, attacker, LURE)
    [lure] = [PostRef(PostKind.COMMENT, trace.post_id) for trace in Trace.objects.filter(kind="comment")]
    assert "WhatsApp" not in room.read(lure, cast.chen)
    examine(course_key=room.course_key, refs=[lure], now=timezone.now())
    assert reasons(room, lure)[Reason.HELD] == "shield.held"
    assert Decision.objects.count() == 1
