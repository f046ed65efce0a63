"""What the comments of a thread come to: answers, the accepted one, and since when its author waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from forum.backends.mysql.models import Comment, CommentThread

from community_dashboard.moderation.projection.actions import mask_known, project
from community_dashboard.moderation.projection.filling import begin_filling, fill
from community_dashboard.moderation.projection.queries import find_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def hour(now):
    """`hour(3)`: three hours after the beginning."""
    return lambda number: now + timedelta(hours=number)


@pytest.fixture
def facts(course_key, now):
    """`facts(thread, *others)`: reads them and gives the row of the thread."""

    def reading(thread, *others):
        project(course_key=course_key, refs=[thread, *others], now=now)
        return find_post(course_key, thread)

    return reading


@pytest.fixture
def question(cast, forum, hour):
    """chen asks."""
    return forum.thread(cast.chen, at=hour(0), thread_type="question")


def test_nobody_has_answered(question, hour, facts):
    row = facts(question)
    assert (row.answers, row.first_answer_at, row.first_staff_answer_at, row.accepted_at) == (0, None, None, None)
    assert (row.last_activity_at, row.waiting_since) == (hour(0), hour(0))


def test_a_learner_answers_and_then_the_team(cast, forum, question, hour, facts):
    first = forum.answer(question, cast.dara, at=hour(1))
    of_the_team = forum.reply(first, cast.bo, at=hour(2))
    row = facts(question, first, of_the_team)
    assert (row.answers, row.first_answer_at, row.first_staff_answer_at) == (2, hour(1), hour(2))
    assert row.first_staff_answer_by == cast.bo.id
    assert (row.last_activity_at, row.waiting_since) == (hour(2), None)


def test_the_authors_own_words_are_no_answer(cast, forum, question, hour, facts):
    own = forum.answer(question, cast.chen, "I mean the wild ones.", at=hour(1))
    row = facts(question, own)
    assert (row.answers, row.first_answer_at, row.waiting_since, row.last_activity_at) == (0, None, hour(0), hour(1))


def test_who_writes_after_the_last_answer_waits_again_from_then(cast, forum, question, hour, facts):
    answer = forum.answer(question, cast.bo, at=hour(1))
    more = [
        forum.reply(answer, cast.chen, f"And the {what} ones?", at=hour(at)) for what, at in (("wild", 2), ("red", 3))
    ]
    assert facts(question, answer, *more).waiting_since == hour(2)
    last = forum.reply(answer, cast.dara, at=hour(4))
    assert facts(question, last).waiting_since is None


@pytest.mark.parametrize("thanks", ["Thank you!", "Merci beaucoup, c'est clair.", "OK, got it"])
def test_thanks_want_no_answer(cast, forum, question, hour, facts, thanks):
    answer = forum.answer(question, cast.bo, at=hour(1))
    polite = forum.reply(answer, cast.chen, thanks, at=hour(2))
    assert facts(question, answer, polite).waiting_since is None
    but = forum.reply(answer, cast.chen, "Thanks, but which ones?", at=hour(3))
    assert facts(question, but).waiting_since == hour(3)


def test_an_endorsed_response_is_the_accepted_answer(cast, forum, question, hour, facts):
    stamp = {"endorsed": True, "endorsement": {"user_id": str(cast.chen.id), "time": hour(5).isoformat()}}
    answer = forum.answer(question, cast.dara, at=hour(1), **stamp)
    more = forum.reply(answer, cast.chen, "And the wild ones?", at=hour(6))
    row = facts(question, answer, more)
    assert (row.accepted_at, row.waiting_since) == (hour(5), None)
    Comment.objects.update(endorsed=False)
    assert facts(question, answer).accepted_at is None


def test_an_endorsement_of_which_the_forum_kept_no_moment_has_that_of_the_last_change(
    cast, forum, question, hour, facts
):
    answer = forum.answer(question, cast.dara, at=hour(1), endorsed=True, endorsement={"time": "yesterday"})
    assert facts(question, answer).accepted_at == hour(1)


@pytest.mark.parametrize("closing", [{"closed": True}, {"thread_type": "discussion"}])
def test_nobody_waits_in_a_closed_question_or_a_discussion(question, facts, closing):
    CommentThread.objects.update(**closing)
    assert facts(question).waiting_since is None


def test_the_team_does_not_wait(cast, forum, facts):
    assert facts(forum.thread(cast.bo, thread_type="question")).waiting_since is None


def test_a_masked_answer_is_none(cast, course_key, forum, question, hour, facts):
    spam = forum.answer(question, cast.dara, "Buy pollen", at=hour(1))
    assert facts(question, spam).answers == 1
    mask_known(course_key=course_key, ref=spam, body="Waiting for a moderator.")
    forum.edit(spam, cast.bo, body="Waiting for a moderator.")
    row = facts(question, spam)
    assert (row.answers, row.first_answer_at, row.waiting_since) == (0, None, hour(0))


def test_a_masked_question_does_not_wait(cast, course_key, forum, question, facts):
    facts(question)
    mask_known(course_key=course_key, ref=question, title="Bees", body="Waiting for a moderator.")
    forum.edit(question, cast.bo, body="Waiting for a moderator.")
    assert facts(question).waiting_since is None


def test_a_deleted_answer_is_none(cast, forum, question, hour, facts):
    answer = forum.answer(question, cast.bo, at=hour(1))
    assert facts(question, answer).waiting_since is None
    forum.delete(answer)
    row = facts(question, answer)
    assert (row.answers, row.first_staff_answer_at, row.waiting_since) == (0, None, hour(0))


def test_a_thread_of_five_thousand_comments(cast, course_key, forum, question, hour, facts, now):
    forum.answer(question, cast.bo, at=hour(1))
    pattern = Comment.objects.get()
    many = Comment.objects.bulk_create(
        Comment(
            author=(cast.chen, cast.dara)[number % 2], course_id=str(course_key), body=f"Bee {number}",
            comment_thread_id=pattern.comment_thread_id, parent_id=pattern.pk,
        )
        for number in range(5000)
    )  # fmt: skip
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=lambda: now)
    assert find_post(course_key, question).answers == 1 + len(many) // 2
    last = forum.answer(question, cast.bo)
    with CaptureQueriesContext(connection) as queries:
        assert facts(question, last).answers == 2 + len(many) // 2
    assert len(queries) < 30
