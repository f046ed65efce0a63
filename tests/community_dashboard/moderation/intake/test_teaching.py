"""Moderators teach by what they decide and by what they say of single posts; only those who moderate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.actions import decide, undo
from community_dashboard.moderation.intake import teaching
from community_dashboard.moderation.intake.tasks import learn_urgency
from community_dashboard.moderation.intake.teaching import examples_of, learn_in, learn_in_courses, say_urgent
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.queue.queries import findings_of, item_of
from community_dashboard.moderation.urgency.queries import learned_by, marks_in
from tests.people import make_course

URGENT = ("Cannot submit quiz 2", "The button is grey and it closes tonight, please help.")
CALM = ("Ivy", "Does ivy flower in a pot?")


@pytest.fixture
def post(forum, cast, course_key, now):
    """`post(title, body)` writes a thread of chen's, in the projection."""

    def one(title, body):
        ref = forum.thread(cast.chen, title, body, at=now - timedelta(hours=1))
        project(course_key=course_key, refs=[ref], now=now)
        return ref

    return one


@pytest.fixture
def say(cast, course_key, now):
    """`say(ref, True)`: bo says that it is urgent."""
    return lambda ref, urgent, by=None: say_urgent(
        by=by or cast.bo, course_key=course_key, ref=ref, urgent=urgent, now=now
    )


def findings(course_key, ref):
    item = item_of(course_key, ref)
    return [row.code for row in findings_of(item)] if item else []


def test_a_word_is_told_to_the_queue_at_once_and_the_last_word_counts(post, say, course_key):
    ref = post(*CALM)
    assert say(ref, True)
    assert findings(course_key, ref) == ["marked_urgent"]
    assert item_of(course_key, ref).state == "open"
    say(ref, False)
    assert findings(course_key, ref) == []
    assert marks_in([ref]) == {ref: False}


def test_only_those_who_moderate_are_asked(post, say, course_key, cast):
    ref = post(*CALM)
    for who in (cast.ada, cast.chen, cast.dara):
        with pytest.raises(PermissionDenied):
            say(ref, True, by=who)
    assert marks_in([ref]) == {}
    assert item_of(course_key, ref) is None


def test_a_post_of_another_course_is_not_there(post, cast, now):
    ref = post(*CALM)
    other = make_course("course-v1:Test+Wasps+2026").course_key
    with pytest.raises(PermissionDenied):
        say_urgent(by=cast.bo, course_key=other, ref=ref, urgent=True, now=now)
    cast.bo.is_superuser = cast.bo.is_staff = True
    cast.bo.save()
    assert not say_urgent(by=cast.bo, course_key=other, ref=ref, urgent=True, now=now)
    assert marks_in([ref]) == {}


def test_what_was_answered_and_what_was_put_aside_teach_the_opposite(post, course_key, cast, now):
    answered, aside, calm = post(*URGENT), post(URGENT[0] + " please", URGENT[1]), post(*CALM)
    by = {"by": cast.bo, "course_key": course_key, "now": now}
    decide(**by, ref=answered, choice=Choice.REPLY, fields={"body": "Mended."})
    decide(**by, ref=aside, choice=Choice.APPROVE)
    decide(**by, ref=calm, choice=Choice.REPLY, fields={"body": "It does."})
    taught = {one.title: (one.urgent, one.weight) for one in examples_of(course_key, now=now)}
    assert taught == {URGENT[0]: (True, 1.0), URGENT[0] + " please": (False, 1.0), CALM[0]: (False, 0.5)}


def test_a_decision_that_was_undone_or_made_by_a_rule_teaches_nothing(post, course_key, cast, now):
    undone, held = post(*URGENT), post(*CALM)
    by = {"by": cast.bo, "course_key": course_key}
    row = decide(**by, ref=undone, choice=Choice.HIDE, now=now)
    undo(**by, decision_id=row.pk, now=now)
    decide(**by, ref=held, choice=Choice.HIDE, automatic=True, now=now)
    assert list(examples_of(course_key, now=now)) == []


def test_a_word_weighs_more_than_a_decision(post, course_key, cast, say, now):
    ref = post(*CALM)
    decide(by=cast.bo, course_key=course_key, ref=ref, choice=Choice.REPLY, fields={"body": "Yes."}, now=now)
    say(ref, True)
    (one,) = examples_of(course_key, now=now)
    assert (one.urgent, one.weight) == (True, 3.0)


def test_what_is_gone_teaches_nothing(post, course_key, forum, say, now):
    ref = post(*CALM)
    say(ref, True)
    forum.delete(ref)
    project(course_key=course_key, refs=[ref], now=now)
    assert list(examples_of(course_key, now=now)) == []


def test_a_course_with_enough_words_learns(post, course_key, say, now):
    for number in range(20):
        say(post(f"Beehive {number}", "The swarm has landed in the school yard."), True)
        say(post(f"Ivy {number}", "Does ivy flower in a pot on the balcony?"), False)
    assert learn_in(course_key=course_key, now=now)
    learned = learned_by(course_key)
    assert (learned.examples, learned.urgent, learned.better) == (40, 20, True)


def test_the_round_asks_the_courses_in_which_something_was_decided(post, course_key, cast, now, monkeypatch):
    asked = []
    monkeypatch.setattr(teaching, "learn_in", lambda course_key, now: asked.append(course_key) or True)
    assert learn_in_courses(since=now - timedelta(days=2), now=now) == 0
    decide(by=cast.bo, course_key=course_key, ref=post(*CALM), choice=Choice.APPROVE, now=now)
    assert learn_in_courses(since=now - timedelta(days=2), now=now) == 1
    monkeypatch.setattr(teaching, "can_learn", lambda: False)
    assert learn_in_courses(since=now - timedelta(days=2), now=now) == 0
    assert asked == [course_key]
    learn_urgency()


def test_the_button_keeps_the_word_and_opens_the_post_again(post, client_of, cast, course_key):
    ref = post(*CALM)
    address = reverse("community_dashboard:moderation_urgent", args=[str(course_key), "thread", ref.id])
    response = client_of(cast.bo).post(address, {"urgent": "yes"})
    assert response.status_code == 303
    assert response["Location"].endswith(f"/item/thread/{ref.id}/")
    assert marks_in([ref]) == {ref: True}
    html = client_of(cast.bo).get(response["Location"]).content.decode()
    assert "A moderator said that it is urgent." in html
    assert client_of(cast.bo).get(address).status_code == 405
    assert item_of(course_key, ref).findings.get().reason == Reason.URGENT


def test_the_button_is_for_those_who_moderate(post, client_of, cast, course_key):
    ref = post(*CALM)
    address = reverse("community_dashboard:moderation_urgent", args=[str(course_key), "thread", ref.id])
    for who in (cast.ada, cast.chen, cast.dara):
        assert client_of(who).post(address, {"urgent": "yes"}).status_code == 403
    assert client_of(None).post(address, {"urgent": "yes"}).status_code == 302
    gone = reverse("community_dashboard:moderation_urgent", args=[str(course_key), "thread", "98765"])
    assert client_of(cast.bo).post(gone, {"urgent": "yes"}).status_code == 404
    assert marks_in([ref]) == {}


def test_of_a_retired_moderator_the_word_stays_without_the_name(post, say, cast):
    from community_dashboard.moderation.urgency.models import UrgencyMark
    from community_dashboard.retirement import forget_retired

    ref = post(*CALM)
    say(ref, True)
    forget_retired(cast.bo)
    assert UrgencyMark.objects.get().by_id is None
    assert marks_in([ref]) == {ref: True}
