"""One reply goes to every thread that is ticked, once; what cannot be answered is told thread by thread."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import ForumError
from community_dashboard.moderation.answers.actions import answer_all
from community_dashboard.moderation.decisions.models import Decision

REPLY = "We have mended it: please reload the page."


@pytest.fixture
def reply(world, cast):
    """`reply(refs)` in bo's name; every argument may be given."""

    def one(refs=None, **given):
        world.now += timedelta(minutes=1)
        about = {
            "by": cast.bo,
            "course_key": world.course_key,
            "refs": world.asked if refs is None else refs,
            "body": REPLY,
            "seen_at": world.now - timedelta(seconds=30),
            "now": world.now,
        }
        return answer_all(**(about | given))

    return one


def test_every_ticked_thread_gets_the_reply_and_nobody_else(world, reply):
    outcomes = reply()
    assert [one.answered for one in outcomes] == [True, True, True]
    assert [world.answers_in(ref) for ref in world.asked] == [[REPLY]] * 3
    assert world.answers_in(world.alike) == []


def test_the_log_links_all_of_them_to_the_first(world, reply):
    reply()
    first, *others = Decision.objects.order_by("pk")
    assert first.cause_id is None
    assert [row.cause_id for row in others] == [first.pk, first.pk]
    assert {row.choice for row in [first, *others]} == {"reply"}


def test_the_same_order_given_again_writes_nothing_twice(world, reply):
    first = reply()
    again = reply()
    assert [one.decision_id for one in again] == [one.decision_id for one in first]
    assert [len(world.answers_in(ref)) for ref in world.asked] == [1, 1, 1]


def test_a_post_ticked_twice_is_answered_once(world, reply):
    assert len(reply([world.asked[0], world.asked[0]])) == 1
    assert world.answers_in(world.asked[0]) == [REPLY]


def test_one_that_fails_keeps_no_other_from_its_answer(world, reply):
    from forum.backends.mysql.models import CommentThread

    first, second, third = world.asked
    CommentThread.objects.filter(pk=first.id).update(closed=True)
    world.forum.delete(second)
    outcomes = {one.ref: one for one in reply([*world.asked, PostRef(PostKind.THREAD, "987654")])}
    assert [outcomes[ref].answered for ref in world.asked] == [False, False, True]
    assert "closed" in outcomes[first].sentence
    assert all(one.sentence for one in outcomes.values() if not one.answered)
    assert world.answers_in(third) == [REPLY]


def test_when_the_forum_does_not_answer_nothing_is_lost_and_it_can_be_tried_again(world, reply, monkeypatch):
    host = get_host()
    act, calls = host.reply, []

    def now_and_then(**named):
        calls.append(named["thread_id"])
        if len(calls) == 2:
            raise ForumError("down")
        return act(**named)

    monkeypatch.setattr(host, "reply", now_and_then)
    assert [one.answered for one in reply()] == [True, False, True]
    assert [one.answered for one in reply()] == [True, True, True]
    assert [world.answers_in(ref) for ref in world.asked] == [[REPLY]] * 3


def test_a_thread_that_a_colleague_answered_meanwhile_is_left_alone(world, cast, reply):
    seen = world.now
    theirs = world.forum.answer(world.asked[1], cast.ada, "On it.", at=world.now + timedelta(seconds=10))
    world.read(world.asked[1], theirs)
    outcomes = reply(seen_at=seen)
    assert [one.answered for one in outcomes] == [True, False, True]
    assert "meanwhile" in outcomes[1].sentence
    assert world.answers_in(world.asked[1]) == ["On it."]


@pytest.mark.parametrize("who", ["ada", "chen", "dara"])
def test_who_does_not_moderate_answers_nobody(world, cast, reply, who):
    outcomes = reply(by=getattr(cast, who))
    assert not any(one.answered for one in outcomes)
    assert all(one.sentence for one in outcomes)
    assert not Decision.objects.exists()


def test_posts_of_another_course_are_not_there(world, cast, reply):
    from tests.people import make_course

    other = make_course("course-v1:Test+Wasps+2026").course_key
    assert not any(one.answered for one in reply(course_key=other))
    assert not Decision.objects.exists()


def test_no_more_than_twenty_are_answered_at_once(world, cast, reply):
    refs = [world.forum.thread(cast.chen, f"Thread {number}") for number in range(25)]
    world.read(*refs)
    assert len(reply(refs)) == 20
