"""A day or a course that cannot be filled is noted, tried again with growing distance, and stops no other."""

from datetime import timedelta

import pytest

from community_dashboard.activity.rollup import days, filling, learners
from community_dashboard.activity.rollup.filling import fill
from community_dashboard.activity.rollup.queries import errors_of
from community_dashboard.models import FillError
from tests.community_dashboard.activity.rollup.exactness import assert_exact

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def broken(monkeypatch, now):
    """`broken()` lets one day fail, and says how often it was tried; `broken(mend=True)` mends it."""
    tries = []
    count = days.count_blocks

    def failing(course_key, day):
        if day == now.date() - timedelta(days=1):
            tries.append(day)
            raise OSError("somebody@example.org")
        return count(course_key, day)

    def change(*, mend=False):
        monkeypatch.setattr(days, "count_blocks", count if mend else failing)
        return tries

    return change


def test_the_other_days_go_on_and_nothing_is_half(people, week, course_key, now, broken):
    broken()
    filled = fill(now=now)
    assert (filled.days, filled.failed, filled.finished) == (5, 1, True)
    (error,) = errors_of(course_key)
    assert (error.day, error.step, error.words, error.tries) == (now.date() - timedelta(days=1), "days", "OSError", 1)
    assert not days.LearnerDay.objects.filter(day=error.day).exists()
    assert not days.DailyCount.objects.filter(day=error.day).exclude(metric="active_week").exists()


def test_it_is_tried_again_at_growing_distances(people, week, course_key, now, broken):
    tries = broken()
    for minutes in range(0, 61, 3):
        fill(now=now + minutes * MINUTE)
    # after 3 minutes, 6, 12 and 24
    assert len(tries) == 5
    assert FillError.objects.get().tries == 5


def test_it_is_solved_when_it_succeeds(people, week, course_key, now, broken):
    broken()
    fill(now=now)
    broken(mend=True)
    later = now + 3 * MINUTE
    assert fill(now=later).failed == 0
    assert errors_of(course_key) == []
    assert FillError.objects.get().solved_at == later
    assert_exact(course_key, now=later)


def test_there_is_one_row_for_each_day_also_when_it_fails_anew(people, week, tell, course_key, now, broken):
    broken()
    fill(now=now)
    broken(mend=True)
    fill(now=now + 3 * MINUTE)
    broken()
    tell(people, ("voted", 0, 0, -60 * 24))
    fill(now=now + 6 * MINUTE)
    row = FillError.objects.get()
    assert (row.tries, row.solved_at) == (1, None)


def test_a_platform_that_does_not_answer_leaves_the_days_right(people, week, course_key, now, monkeypatch):
    ask = learners._ask
    monkeypatch.setattr(learners, "_ask", lambda *arguments: 1 / 0)
    filled = fill(now=now)
    assert (filled.days, filled.people, filled.failed) == (6, 0, 1)
    assert [(error.day, error.step) for error in errors_of(course_key)] == [(None, "people")]
    monkeypatch.setattr(learners, "_ask", ask)
    fill(now=now + 3 * MINUTE)
    assert errors_of(course_key) == []
    assert_exact(course_key, now=now + 3 * MINUTE)


def test_time_that_is_over_leaves_the_rest_to_the_next_run(people, week, course_key, now):
    clock = iter(range(1000))
    first = fill(now=now, seconds=10, clock=lambda: next(clock))
    assert 0 < first.days < 6
    assert first.finished is False
    rounds = 0
    while not fill(now=now + rounds * MINUTE, seconds=20, clock=lambda: next(clock)).finished:
        rounds += 1
        assert rounds < 20
    assert_exact(course_key, now=now + rounds * MINUTE)


def test_the_newest_day_is_filled_first(people, week, course_key, now, monkeypatch):
    order = []
    monkeypatch.setattr(
        filling, "fill_day", lambda number, now: order.append(days.FillState.objects.get(pk=number).day) or True
    )
    fill(now=now)
    assert order == sorted(order, reverse=True)
    assert len(order) == 6
