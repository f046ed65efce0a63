"""Threads that ask the same are found, whether they wait or were answered; what only looks alike is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.answers import index, likeness, queries
from community_dashboard.moderation.answers.index import extend, nearby, progress_in
from community_dashboard.moderation.answers.likeness import Question
from community_dashboard.moderation.answers.queries import answer_text, find_same
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.queue.reach import NO_COHORT, Reach
from tests.people import make_course

WHOLE = Reach(acts=True)


@pytest.fixture(params=["scikit-learn", "plain"])
def measure(request, monkeypatch):
    """Each of the two ways."""
    if request.param == "plain":
        monkeypatch.setattr(queries, "is_learned", lambda: False)
    return request.param


def found_for(world, ref, reach=WHOLE):
    return find_same(world.course_key, ref, reach=reach)


def test_open_threads_that_ask_the_same_are_offered_and_alike_ones_are_not(world, measure):
    same = found_for(world, world.asked[0])
    assert {one.ref for one in same.open} == set(world.asked[1:])
    assert same.learned is (measure == "scikit-learn")
    assert all(50 <= one.percent <= 100 for one in same.open)


def test_a_thread_that_the_team_answered_is_shown_with_its_answer(world, measure):
    same = found_for(world, world.asked[0])
    assert [(one.ref, one.answer.post_id) for one in same.answered] == [(world.answered, world.answer.id)]
    assert answer_text(world.course_key, world.answer.id) == "Please **reload** the page once."


def test_an_answer_that_its_asker_accepted_comes_before_that_of_the_team(world, learner):
    better = world.forum.answer(world.answered, learner("ines"), "Use the other button.", endorsed=True)
    world.read(world.answered, better)
    (one,) = found_for(world, world.asked[0]).answered
    assert one.answer.post_id == better.id


def test_closed_hidden_and_gone_threads_are_left_out(world):
    first, second, third = world.asked
    from forum.backends.mysql.models import CommentThread

    CommentThread.objects.filter(pk=second.id).update(closed=True)
    world.forum.delete(third)
    world.read(second, third)
    assert found_for(world, first).open == []
    assert found_for(world, third) is None


def test_a_post_of_another_course_is_none_and_its_threads_are_not_compared(world, cast):
    other = make_course("course-v1:Test+Wasps+2026").course_key
    forum = type(world.forum)(other)
    theirs = forum.thread(cast.chen, "Cannot submit quiz 2", "The submit button of quiz 2 is grey, I cannot submit.")
    project(course_key=other, refs=[theirs], now=world.now)
    extend(course_key=other, now=world.now)
    assert find_same(world.course_key, theirs, reach=WHOLE) is None
    assert theirs not in {one.ref for one in found_for(world, world.asked[0]).open}
    assert answer_text(other, world.answer.id) == ""


def test_who_moderates_one_cohort_sees_nothing_of_the_others(world):
    assert found_for(world, world.asked[0], Reach(True, NO_COHORT, NO_COHORT)) is None


def test_a_post_without_words_asks_what_nobody_asks(world, cast):
    silent = world.forum.thread(cast.chen, "???", "!!!")
    world.read(silent)
    same = found_for(world, silent)
    assert (same.open, same.answered) == ([], [])


def test_a_comment_can_be_asked_about_too(world, learner):
    comment = world.forum.answer(world.alike, learner("jo"), "And I cannot submit quiz 2, the submit button is grey")
    world.read(world.alike, comment)
    assert set(world.asked) <= {one.ref for one in found_for(world, comment).open}


def test_the_cost_does_not_grow_with_the_threads(world, cast, django_assert_max_num_queries):
    refs = [world.forum.thread(cast.chen, f"Submit quiz {number}", "grey submit button") for number in range(40)]
    world.read(*refs)
    with django_assert_max_num_queries(9):
        found_for(world, world.asked[0])


def test_the_index_grows_by_what_came_and_repeats_nothing(world, cast, django_assert_max_num_queries):
    before = progress_in(world.course_key)
    assert before.finished and before.done == 6
    new = world.forum.thread(cast.chen, "Cannot submit quiz 2", "grey button")
    project(course_key=world.course_key, refs=[new], now=world.now)
    assert not progress_in(world.course_key).finished
    with django_assert_max_num_queries(12):
        assert not extend(course_key=world.course_key, now=world.now + timedelta(minutes=1))
    assert progress_in(world.course_key).done == 7
    extend(course_key=world.course_key, now=world.now + timedelta(minutes=2))
    assert progress_in(world.course_key).done == 7


def test_the_index_is_built_in_parts(world, cast, monkeypatch):
    monkeypatch.setattr(index, "LATE", 0)
    refs = [world.forum.thread(cast.chen, f"Thread {number}", "text") for number in range(5)]
    project(course_key=world.course_key, refs=refs, now=world.now)
    assert extend(course_key=world.course_key, now=world.now, most=3)
    assert progress_in(world.course_key).done == 9
    extend(course_key=world.course_key, now=world.now, most=3)
    assert progress_in(world.course_key).finished


def test_rare_words_count_more_than_common_ones(world, cast):
    refs = [world.forum.thread(cast.chen, "submit", f"about number {number} and another word") for number in range(9)]
    rare = world.forum.thread(cast.chen, "xylocope", "purple")
    world.read(*refs, rare)
    assert nearby(world.course_key, Question("submit", "xylocope"), most=1).threads == [rare.id]


def test_different_numbers_and_different_aims_are_never_the_same():
    asked = Question("Quiz 3 due date", "When is quiz 3 due?")
    others = [Question("Quiz 4 due date", "When is quiz 4 due?"), Question("Quiz 3", "Where is quiz 3 due date shown")]
    for learned in (True, False):
        values = likeness.likeness(asked, others, learned=learned)
        assert values[0] == 0.0
        assert likeness.likeness(asked, [asked], learned=learned)[0] > 0.99


def test_a_ref_of_no_post_is_none(world):
    assert found_for(world, PostRef(PostKind.THREAD, "999999")) is None
