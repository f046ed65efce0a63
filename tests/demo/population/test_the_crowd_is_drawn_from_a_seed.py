"""The story: the same for the same seed, within its eight weeks, with the number of people that was asked for."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from demo.population.drawing import draw_story
from demo.population.story import SPAN, CourseShape, Story
from tests.people import NOW

SHAPE = CourseShape(blocks=27, prompts=(6, 20), graded=True)
CHANNELS = ("copy", "whatsapp", "facebook", "email", "linkedin", "x", "qr", "mastodon")


def draw(count: int = 600, *, seed: int = 1, now: datetime = NOW, shape: CourseShape = SHAPE) -> Story:
    return draw_story(
        count, seed=seed, now=now, course=shape, channels=CHANNELS, holds_out=lambda number: number % 10 == 0
    )


def moments_of(story: Story) -> list[datetime]:
    found: list[datetime | None] = []
    for learner in story.learners:
        studies = learner.studies
        found += [learner.registered_at, learner.enrolled_at, studies.left_at, studies.came_back_at]
        found += [studies.passed_at, studies.lapsed_at, *studies.completed, *(at for _prompt, at in studies.shown)]
    found += [act.at for act in [*story.showings, *story.shares, *story.visits]]
    found += [visit.joined_at for visit in story.visits]
    found += [binding.bound_at for binding in story.bindings]
    return [moment for moment in found if moment is not None]


@pytest.mark.parametrize("count", [1, 2, 7, 60, 600])
def test_there_are_as_many_people_as_were_asked_for(count):
    story = draw(count)
    assert [learner.number for learner in story.learners] == list(range(1, count + 1))


def test_the_same_seed_tells_the_same_story_and_another_seed_another():
    assert draw() == draw()
    assert draw() != draw(seed=2)


def test_everything_lies_in_the_eight_weeks_in_whole_seconds():
    moments = moments_of(draw(now=NOW + timedelta(microseconds=5)))
    assert min(moments) >= NOW - SPAN
    assert max(moments) <= NOW
    assert {moment.microsecond for moment in moments} == {0}
    assert max(moments) - min(moments) > SPAN - timedelta(days=2)


def test_every_week_brings_new_people_and_invited_ones():
    story = draw(2000)
    weeks = Counter((learner.registered_at - (NOW - SPAN)).days // 7 for learner in story.learners)
    invited = {binding.learner for binding in story.bindings if binding.way == "cookie"}
    invited_weeks = Counter((story.learner(number).registered_at - (NOW - SPAN)).days // 7 for number in invited)
    assert sorted(weeks) == list(range(8))
    assert min(weeks.values()) > 50
    assert sorted(invited_weeks) == list(range(8))


def test_causes_come_before_what_follows_from_them():
    story = draw()
    for visit in story.visits:
        assert story.learner(visit.share.learner).enrolled_at <= visit.share.at <= visit.at
    for binding in story.bindings:
        visit = story.visits[binding.visits[-1]]
        assert visit.at < visit.joined_at < binding.bound_at
    for learner in story.learners:
        studies = learner.studies
        assert learner.enrolled_at is None or learner.registered_at < learner.enrolled_at
        assert list(studies.completed) == sorted(studies.completed)
        assert studies.came_back_at is None or studies.left_at < studies.came_back_at


def test_few_inviters_bring_many():
    story = draw(3600)
    brought = Counter(story.visits[binding.visits[-1]].share.learner for binding in story.bindings)
    top = sum(number for _learner, number in brought.most_common(len(brought) // 10))
    assert top > 0.35 * sum(brought.values())
    assert sum(number == 1 for number in brought.values()) > 0.3 * len(brought)


def test_who_sees_no_prompt_shares_less_and_sees_the_panel_as_often():
    story = draw(3600)
    shown, shared = Counter(), Counter()
    for held_out, number in {(act.learner % 10 == 0, act.learner) for act in story.showings}:
        shown[held_out] += 1
        shared[held_out] += any(share.learner == number for share in story.shares)
    assert 0.07 < shown[True] / (shown[True] + shown[False]) < 0.13
    assert shared[True] / shown[True] < 0.6 * shared[False] / shown[False]


SHAPES = [SHAPE, CourseShape(blocks=3, prompts=(1,), graded=False), CourseShape(blocks=100, prompts=(30,), graded=True)]


@pytest.mark.parametrize("shape", SHAPES, ids=["27 blocks", "3 blocks", "100 blocks"])
@pytest.mark.parametrize("count", [100, 150])
def test_in_a_small_crowd_an_invited_person_completes_and_one_joins_on_the_inviters_device(count, shape):
    for seed in range(10):
        story = draw(count, seed=seed, shape=shape)
        joined = [
            (story.learner(binding.learner), story.visits[binding.visits[0]])
            for binding in story.bindings
            if binding.way == "cookie" and len(binding.visits) == 1
        ]
        by_others = [(learner, visit) for learner, visit in joined if visit.share.learner != learner.number]
        ends = [learner.studies for learner, visit in by_others if not visit.same_browser]
        assert any(len(studies.completed) == shape.blocks and studies.left_at is None for studies in ends)
        assert any(studies.passed_at for studies in ends) is shape.graded
        assert any(visit.same_browser and learner.enrolled_at for learner, visit in by_others)


def test_in_a_course_without_a_panel_people_learn_and_nobody_invites():
    story = draw(100, shape=CourseShape(blocks=5, prompts=(), graded=False))
    assert any(learner.studies.completed for learner in story.learners)
    assert (story.showings, story.shares, story.visits, story.bindings) == ([], [], [], [])


def test_in_a_course_without_blocks_people_only_enrol():
    story = draw(50, shape=CourseShape(blocks=0, prompts=(0,), graded=False))
    assert sum(learner.enrolled_at is not None for learner in story.learners) > 40
    assert not any(learner.studies.completed for learner in story.learners)
