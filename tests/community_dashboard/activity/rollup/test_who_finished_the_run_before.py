"""A course that was run before knows who finished it then, however many runs ago."""

from datetime import timedelta

import pytest

from community_dashboard.activity.rollup import rounds
from community_dashboard.activity.rollup.filling import fill, fill_course
from community_dashboard.models import LearnerState

pytestmark = pytest.mark.django_db


def test_the_earlier_run_is_asked(people, week, course_key, elsewhere, now, monkeypatch):
    monkeypatch.setattr(rounds, "rerun_source", lambda key: elsewhere if key == course_key else None)
    before = [(people[0], True, False), (people[1], False, True), (people[2], False, False)]
    for user, finished, earlier in before:
        LearnerState.objects.create(
            course_key=elsewhere, person=user.id, finished=finished, finished_before=earlier, filled_at=now
        )
    fill_course(course_key, now=now)
    rows = LearnerState.objects.filter(course_key=course_key, finished_before=True)
    assert set(rows.values_list("person", flat=True)) == {people[0].id, people[1].id}


def test_a_clock_that_was_ahead_holds_no_round_up(people, week, course_key, now):
    fill(now=now + timedelta(days=400))
    assert LearnerState.objects.get(person=people[0].id).days_7 == 0
    fill(now=now)
    assert LearnerState.objects.get(person=people[0].id).days_7 == 3
