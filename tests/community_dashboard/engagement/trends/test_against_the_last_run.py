"""This run and the one it was made of, at the same day after their starts."""

from datetime import UTC, datetime, timedelta

import pytest

from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.trends.steps import days_between
from demo.campus import actions
from demo.courseware.models import Course
from referral_xblock.api import Role
from tests.community_dashboard.engagement import recount
from tests.community_dashboard.engagement.trends.conftest import live_in, rows_of
from tests.people import make_course

EARLIER = "course-v1:Test+Bees101+2025"
START, START_BEFORE = datetime(2026, 1, 5, tzinfo=UTC), datetime(2025, 1, 13, tzinfo=UTC)


@pytest.fixture
def earlier(lived_in):
    """The run of the year before, over for long, with ada on its team; this one is its re-run."""
    course = make_course(EARLIER, start=START_BEFORE)
    then = START_BEFORE + timedelta(days=70)
    live_in(course.course_key, course.completable, people=20, now=then, seed=9, prefix="old")
    fill_course(course.course_key, now=lived_in.now)
    Course.objects.filter(course_key=lived_in.course_key).update(rerun_of=course.course_key)
    return course.course_key


@pytest.fixture
def led_before(cast, earlier):
    actions.give_role(user=cast.ada, course_key=earlier, role=Role.COURSE_STAFF)
    return earlier


def counted(course_key, metric, persons=None):
    return recount.daily(course_key, metric, persons=persons)


def at_day(start, number):
    return (start + timedelta(days=number)).date()


@pytest.mark.parametrize("mode", ["", "verified"])
def test_both_runs_stand_side_by_side(charts_of, lived_in, led_before, mode):
    choice = Choice(START.date(), lived_in.today, mode=mode)
    charts = charts_of("runs", choice)
    assert set(charts) == {"runs-enrolled", "runs-active", "runs-completed"}
    some = {
        key: {person for person, one in recount.people(key, now=lived_in.now).items() if not mode or one.mode == mode}
        for key in (lived_in.course_key, led_before)
    }
    for name, metric, added in (
        ("runs-enrolled", "enrolled", True),
        ("runs-active", "active", False),
        ("runs-completed", "completed", True),
    ):
        rows = rows_of(charts[name])
        assert list(rows) == [f"Day {number}" for number in range(len(days_between(choice.start, choice.end)))]
        for column, key, start in ((0, lived_in.course_key, START), (1, led_before, START_BEFORE)):
            counts = counted(key, metric, some[key] if mode else None)
            first = min(min(counted(key, kind), default=start.date()) for kind in ("enrolled", "active", "completed"))
            for number in range(len(rows)):
                day = at_day(start, number)
                value = sum(n for at, n in counts.items() if at <= day) if added else counts.get(day, 0)
                expected = whole(value) if day >= first else "–"
                assert rows[f"Day {number}"][column] == expected, (name, column, number)


def test_the_sentence_compares_the_last_day_that_is_over(charts_of, lived_in, led_before):
    chart = charts_of("runs", Choice(START.date(), lived_in.today))["runs-enrolled"]
    number = (lived_in.today - START.date()).days - 1
    now, then = (int(text) for text in rows_of(chart)[f"Day {number}"])
    assert chart.finding == (
        f"On day {number}, {now} people have enrolled: {now - then} more than in the last run at that day."
    )
    assert [series.compared for series in chart.drawing.series] == [False, True]


def test_who_is_not_on_the_team_of_the_earlier_run_sees_nothing_of_it(charts_of, lived_in, earlier):
    (chart,) = charts_of("runs").values()
    assert chart.finding == "You are not on the team of the earlier run: its figures are not shown to you."
    assert chart.rows == () and chart.drawing is None


def test_a_course_that_is_no_re_run_says_so(charts_of, lived_in):
    (chart,) = charts_of("runs").values()
    assert chart.finding == "This course was not made as a re-run: there is no earlier run to compare with."


def test_a_cohort_is_drawn_alone(charts_of, lived_in, led_before):
    chart = charts_of("runs", Choice(START.date(), lived_in.today, cohort=lived_in.cohort.id))["runs-enrolled"]
    assert chart.columns == ("Day of the run", "This run")
    assert "The earlier run has no such cohort or segment" in chart.note


def test_who_enrolled_in_the_period_is_compared_with_who_enrolled_in_the_same_days(charts_of, lived_in, led_before):
    choice = Choice((START + timedelta(days=10)).date(), (START + timedelta(days=30)).date(), joined=True)
    rows = rows_of(charts_of("runs", choice)["runs-enrolled"])
    then = counted(led_before, "enrolled")
    assert rows["Day 30"][1] == whole(sum(then.get(at_day(START_BEFORE, n), 0) for n in range(10, 31)))


def test_an_earlier_run_without_figures_is_left_out(cast, charts_of, lived_in):
    empty = make_course(EARLIER, start=START_BEFORE).course_key
    Course.objects.filter(course_key=lived_in.course_key).update(rerun_of=empty)
    actions.give_role(user=cast.ada, course_key=empty, role=Role.COURSE_STAFF)
    chart = charts_of("runs")["runs-enrolled"]
    assert chart.columns == ("Day of the run", "This run")
    assert "There are no figures of the earlier run." in chart.note


def test_a_start_in_years_to_come_is_none(charts_of, lived_in, led_before):
    Course.objects.filter(course_key=lived_in.course_key).update(start=datetime(2030, 1, 1, tzinfo=UTC))
    chart = charts_of("runs", Choice(lived_in.today - timedelta(days=5), lived_in.today))["runs-enrolled"]
    assert all(int(row.name.removeprefix("Day ")) > 0 for row in chart.rows)
