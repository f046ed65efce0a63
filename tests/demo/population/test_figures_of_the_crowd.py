"""The figures that the demo begins with are those of the record, and the record is that of the story."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from community_dashboard.activity.kinds import Kind
from community_dashboard.host.chosen import get_host as get_dashboard_host
from community_dashboard.models import Activity, LearnerState
from demo.campus.models import Enrolment
from demo.campus.queries import shown_course_key
from demo.courseware.models import Block, Course
from demo.courseware.queries import courses
from demo.figures import fill_figures, fill_if_needed
from demo.forum.models import CohortMember
from demo.population.crowd import load_crowd
from demo.population.dates import LONGER, give_more_time, set_dates
from demo.population.earlier import AGO, PREFIX, load_earlier_run
from demo.population.story import COHORTS, DUE, SPAN
from referral_xblock.host.chosen import get_host
from tests.community_dashboard.activity.rollup.exactness import assert_exact

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def story(cast, course_key, now):
    """A graded course with 150 learners, and what they did."""
    Course.objects.update(graded=True)
    Block.objects.filter(block_type__in=["problem", "sequential"]).update(graded=True)
    return load_crowd(150, course_key=course_key, seed=4, now=now, progress=str)


@pytest.fixture
def earlier(story, course_key, now):
    """The run before, and the figures of both."""
    key = load_earlier_run(course_key, learners=150, seed=4, now=now, progress=str)
    fill_figures(course_key, earlier=key, now=now)
    return key


def kinds_of(course_key):
    return Counter(Activity.objects.filter(course_key=course_key).values_list("kind", flat=True))


def test_everything_in_the_story_is_in_the_record_once(story, earlier, course_key):
    learners = [learner for learner in story.learners if learner.enrolled_at]
    found = kinds_of(course_key)
    alumni = Enrolment.objects.filter(course_key=course_key, user__username__startswith=PREFIX).count()
    assert found[Kind.ENROLLED] == len(learners) + alumni + 2  # bo and chen
    assert found[Kind.COMPLETED] == sum(len(learner.studies.completed) for learner in learners)
    assert found[Kind.LEFT] == sum(learner.studies.left_at is not None for learner in learners)
    assert found[Kind.PASSED] == sum(learner.studies.passed_at is not None for learner in learners) > 0
    tried = {
        (learner.number, at.date())
        for learner in learners
        for place, at in enumerate(learner.studies.completed)
        if place == 1
    }
    assert found[Kind.TRIED] >= len(tried) > 0
    assert found[Kind.OPENED] > found[Kind.TRIED]
    assert found[Kind.SHARED] > 0


def test_every_figure_equals_a_recount(story, earlier, course_key, now):
    assert_exact(course_key, now=now)
    assert_exact(earlier, now=now)


def test_who_passes_in_the_tables_is_who_passed_in_the_record(story, earlier, course_key):
    from community_dashboard.host.chosen import get_host as get_dashboard_host

    passed = set(Activity.objects.filter(kind=Kind.PASSED, course_key=course_key).values_list("user_id", flat=True))
    people = list(Enrolment.objects.filter(course_key=course_key).values_list("user_id", flat=True))
    standings = get_dashboard_host().standings(people, course_key)
    assert {user_id for user_id, standing in standings.items() if standing.passed} == passed


def test_people_are_in_cohorts_and_on_tracks(story, course_key):
    modes = Counter(Enrolment.objects.filter(course_key=course_key).values_list("mode", flat=True))
    assert modes["audit"] > modes["verified"] > 0
    names = Counter(CohortMember.objects.values_list("cohort__name", flat=True))
    assert set(names) == set(COHORTS)
    assert sum(names.values()) == sum(learner.enrolled_at is not None for learner in story.learners)


def test_the_earlier_run_is_over_hidden_and_known_as_the_source(story, earlier, course_key, now):
    assert get_host().rerun_source(course_key) == earlier
    assert get_host().rerun_source(earlier) is None
    about = get_host().course(earlier)
    assert (about.open_to_public, about.end) == (False, now - AGO)
    assert [row.course_key for row in courses() if row.open_to_public] == [course_key]
    assert Enrolment.objects.filter(course_key=earlier).count() > 70
    moments = Activity.objects.filter(course_key=earlier).values_list("happened_at", flat=True)
    assert now - AGO - SPAN <= min(moments) <= max(moments) <= now - AGO
    assert get_host().enrolled_ids(earlier, limit=500)


def test_some_who_finished_the_earlier_run_are_back(story, earlier, course_key):
    back = LearnerState.objects.filter(course_key=course_key, finished_before=True, enrolled=True)
    assert back.count() > 0
    assert LearnerState.objects.filter(course_key=earlier, finished=True).count() >= back.count()


def test_the_team_may_look_at_both_runs_and_the_front_page_speaks_of_the_later(story, earlier, cast, course_key):
    assert shown_course_key() == course_key
    assert set(get_host().courses_led_by(cast.ada)) == {str(course_key), str(earlier)}
    assert get_host().roles(cast.bo, earlier)
    assert get_host().roles(cast.chen, earlier) == frozenset()


def test_those_who_learn_have_a_chance_of_dropping_out(story, earlier, course_key):
    rows = LearnerState.objects.filter(course_key=course_key, days_7__gt=0, finished=False, team=False)
    assert rows.filter(risk__gte=0).exists()


def test_the_dates_are_those_of_the_story(story, cast, course_key, now):
    assert set_dates(course_key, now=now) == set_dates(course_key, now=now) == 1  # there is one sequence
    assert get_host().next_deadline(cast.chen, course_key, now) == now + DUE[-1]
    assert get_host().next_deadline(cast.chen, course_key, now + timedelta(days=5)) is None
    assert get_host().next_deadline(cast.dara, course_key, now) is None


def test_some_are_given_more_time(story, cast, course_key, now, django_user_model):
    assert give_more_time(course_key, now=now) == 0  # nothing is due yet
    set_dates(course_key, now=now)
    given = give_more_time(course_key, now=now)
    assert given > 0 == give_more_time(course_key, now=now)
    own = get_dashboard_host().own_deadlines(django_user_model.objects.values_list("id", flat=True), course_key)
    assert len(own) == given
    for user in django_user_model.objects.filter(id__in=own):
        assert get_host().next_deadline(user, course_key, now) == now + DUE[-1] + LONGER


def test_the_figures_are_filled_again_when_something_happened(story, earlier, cast, course_key, now):
    from demo.campus import actions

    later = now + timedelta(minutes=20)
    filled = fill_if_needed(filled=None, now=later)
    assert fill_if_needed(filled=filled, now=later) == filled
    actions.enrol(user=cast.dara, course_key=course_key, by=cast.dara, now=later)
    assert fill_if_needed(filled=filled, now=later) != filled
    assert LearnerState.objects.filter(course_key=course_key, person=cast.dara.id, enrolled=True).exists()
