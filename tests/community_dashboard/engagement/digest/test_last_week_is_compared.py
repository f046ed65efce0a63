"""Last week beside the week before and the earlier run: every figure against a recount."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.digest import comparison
from community_dashboard.engagement.digest.comparison import METRICS, Compared, LastWeek, last_week
from community_dashboard.engagement.digest.findings import METRIC_NAMES, changes, of_drifting, of_week
from demo.campus import actions
from demo.courseware.models import Course
from referral_xblock.api import Role
from tests.community_dashboard.engagement import recount

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def counted(course_key, metric, monday):
    return sum(
        number
        for day, number in recount.daily(course_key, metric).items()
        if monday <= day < monday + timedelta(days=7)
    )


def test_every_figure_equals_a_recount(weeks, course_key, cast):
    found = last_week(course_key, reader=cast.ada, now=weeks.now)
    assert found.monday == date(2026, 5, 4)
    for metric in METRICS:
        one = found.numbers[metric]
        assert one.last == counted(course_key, metric, found.monday), metric
        assert one.before == counted(course_key, metric, found.monday - timedelta(days=7)), metric
        assert one.earlier is None
    assert (found.numbers["active_week"].last, found.numbers["active_week"].before) == (3, 2)
    assert of_week(found) == (
        "About 3 learners were active (1 more than the week before); "
        "1 person enrolled (3 fewer than the week before); "
        "3 blocks were completed (1 more than the week before)."
    )


@pytest.fixture
def earlier(weeks, elsewhere, tell, monkeypatch, cast, course_key):
    """The run of which the course was made: it began a year before, and in that week of it four learned."""
    Course.objects.filter(course_key=elsewhere).update(
        start=Course.objects.get(course_key=course_key).start - 364 * DAY
    )
    tell([*weeks.learners[:4]], weeks.now - 364 * DAY - 6 * DAY, where=elsewhere)
    tell([*weeks.learners[:5]], weeks.now - 364 * DAY + 2 * DAY, where=elsewhere)
    fill_course(elsewhere, now=weeks.now)
    monkeypatch.setattr(comparison, "rerun_source", lambda key: elsewhere)
    return elsewhere


def test_the_same_week_of_the_last_run_stands_beside_it_for_who_may_see_that_run(weeks, earlier, course_key, cast):
    assert last_week(course_key, reader=cast.ada, now=weeks.now).earlier is None
    actions.give_role(user=cast.ada, course_key=earlier, role=Role.COURSE_STAFF)
    found = last_week(course_key, reader=cast.ada, now=weeks.now)
    assert found.earlier == found.monday - 364 * DAY
    for metric in METRICS:
        assert found.numbers[metric].earlier == counted(earlier, metric, found.earlier), metric
    assert found.numbers["active_week"].earlier == 4
    assert "(1 more than the week before, 1 fewer than in that week of the last run)" in of_week(found)


def test_a_week_of_which_the_last_run_knows_nothing_is_not_compared(weeks, earlier, course_key, cast):
    actions.give_role(user=cast.ada, course_key=earlier, role=Role.COURSE_STAFF)
    Course.objects.filter(course_key=earlier).update(start=weeks.now - 3000 * DAY)
    cache.clear()
    assert last_week(course_key, reader=cast.ada, now=weeks.now).earlier is None


def test_without_figures_there_is_no_week(course_key, cast, now, weeks, elsewhere):
    assert last_week(elsewhere, reader=cast.ada, now=weeks.now) is None


def test_the_first_week_of_figures_is_compared_with_none(elsewhere, cast, weeks, tell):
    tell(weeks.learners, weeks.now - 5 * DAY, where=elsewhere)
    fill_course(elsewhere, now=weeks.now)
    found = last_week(elsewhere, reader=cast.ada, now=weeks.now)
    assert found.numbers["active_week"] == Compared(5, None, None)
    assert of_week(found).startswith("About 5 learners were active; ")


def test_the_running_week_is_not_told(elsewhere, cast, weeks, tell):
    tell(weeks.learners, weeks.now - timedelta(hours=1), where=elsewhere)
    fill_course(elsewhere, now=weeks.now)
    assert last_week(elsewhere, reader=cast.ada, now=weeks.now) is None


def test_words_of_changes():
    assert (
        changes(Compared(1200, 0, 1200)) == "1,200 more than the week before, as many as in that week of the last run"
    )
    assert changes(Compared(1, 3, 2)) == "2 fewer than the week before, 1 fewer than in that week of the last run"
    assert changes(Compared(1, None, None)) == ""
    assert of_drifting(0) == "Nobody is newly at risk of dropping out."
    assert "No chances" in of_drifting(None) and of_drifting(2).startswith("2 learners are")
    assert set(METRIC_NAMES) == set(METRICS)
    nothing = LastWeek(date(2026, 5, 4), dict.fromkeys(METRICS, Compared(0, None, 7)))
    assert nothing.empty and of_week(nothing).startswith("Nobody enrolled or learned")
