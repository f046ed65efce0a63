"""Figures that stand still, lag or fail are told, with for how long and what waits; a young or a whole site hears nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.days import mark
from community_dashboard.activity.rollup import filling, mishaps
from community_dashboard.activity.rollup.filling import fill
from community_dashboard.activity.rollup.lagging import WHOLE_PLACE
from community_dashboard.activity.rollup.late import LATE
from community_dashboard.activity.rollup.looking import DEEP_PLACE, PLACE
from community_dashboard.models import Activity, CourseFill, FillState, LearnerToFill, Place
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.figures import check_figures

pytestmark = pytest.mark.django_db
LONG = timedelta(minutes=16)
SHORT = timedelta(minutes=14)


def told():
    return [(finding.id, finding.sentence) for finding in check_figures(Circumstances())]


def ids():
    return [id_ for id_, _sentence in told()]


def ago(source, distance):
    """As if this had last come to its end so long ago."""
    moment = timezone.now() - distance
    Place.objects.update_or_create(source=source, defaults={"finished_at": moment})
    return f"{moment:%Y-%m-%d at %H:%M} (UTC)"


def stopped(number, *, now):
    """As if the worker was stopped in the middle of a day."""
    raise KeyboardInterrupt


@pytest.fixture
def happened(cast, course_key):
    """Two people enrolled yesterday."""
    Activity.objects.all().delete()
    moment = timezone.now() - timedelta(days=1)
    people = (cast.chen, cast.dara)
    record_many(activities=[facts.enrolled(user_id=one.id, course_key=course_key, first_at=moment) for one in people])
    return moment.date()


@pytest.fixture
def filled(happened):
    """All of it counted just now."""
    assert fill(now=timezone.now()).finished
    return happened


def test_a_fresh_installation_hears_nothing(db):
    Activity.objects.all().delete()
    assert told() == []


def test_a_fresh_installation_whose_runs_found_nothing_hears_nothing(db):
    Activity.objects.all().delete()
    fill(now=timezone.now() - timedelta(days=3))
    assert told() == []


def test_figures_that_are_whole_are_not_mentioned(filled):
    assert told() == []


def test_a_site_on_which_nothing_was_ever_counted_is_told(happened):
    assert told() == [("figures.unread", "The record of activity was never looked through to its end.")]


@pytest.mark.parametrize(("distance", "expected"), [(SHORT, []), (LONG, ["figures.unread"])])
def test_a_record_that_nobody_looks_through_is_told(filled, distance, expected):
    ago(PLACE, distance)
    ago(WHOLE_PLACE, distance)
    assert ids() == expected


def test_it_says_since_when_and_what_waits(filled, course_key, cast):
    moment = ago(PLACE, timedelta(hours=5))
    mark([(course_key, filled), (course_key, filled - timedelta(days=1))])
    LearnerToFill.objects.create(course_key=course_key, person=cast.chen.id)
    assert told() == [
        (
            "figures.unread",
            f"The record of activity was last looked through on {moment}. To be counted: 2 days of courses, 1 learner.",
        )
    ]


def test_a_site_that_lets_more_time_pass_between_two_runs_is_told_later(filled, settings):
    settings.COMMUNITY_FILL_MINUTES = 60
    ago(PLACE, timedelta(minutes=170))
    assert ids() == []
    ago(PLACE, timedelta(minutes=190))
    assert ids() == ["figures.unread"]


@pytest.mark.parametrize(("distance", "expected"), [(SHORT, []), (LONG, ["figures.behind"])])
class TestWhatWaits:
    def test_days(self, filled, course_key, distance, expected):
        mark([(course_key, filled)])
        ago(WHOLE_PLACE, distance)
        assert ids() == expected

    def test_learners(self, filled, course_key, cast, distance, expected):
        LearnerToFill.objects.create(course_key=course_key, person=cast.chen.id)
        ago(WHOLE_PLACE, distance)
        assert ids() == expected

    def test_the_daily_round_of_a_course(self, filled, distance, expected):
        CourseFill.objects.update(filled_at=timezone.now() - timedelta(hours=25))
        ago(WHOLE_PLACE, distance)
        assert ids() == expected

    def test_a_round_that_never_came_to_its_end(self, filled, distance, expected):
        CourseFill.objects.update(filled_at=None)
        ago(WHOLE_PLACE, distance)
        assert ids() == expected

    def test_the_very_first_filling(self, happened, monkeypatch, distance, expected):
        now = timezone.now()
        with monkeypatch.context() as killed:
            killed.setattr(filling, "fill_day", stopped)
            with pytest.raises(KeyboardInterrupt):
                fill(now=now - distance)
            with pytest.raises(KeyboardInterrupt):
                fill(now=now)
        assert ids() == expected


def test_what_waits_is_in_the_sentence(filled, course_key, cast):
    mark([(course_key, filled)])
    for person in (cast.chen, cast.dara):
        LearnerToFill.objects.create(course_key=course_key, person=person.id)
    CourseFill.objects.update(filled_at=None)
    moment = ago(WHOLE_PLACE, LONG)
    assert told() == [
        (
            "figures.behind",
            f"Since {moment} something always waits. "
            "To be counted: 1 day of courses, 2 learners, the daily round of 1 course.",
        )
    ]


def test_a_run_that_leaves_something_does_not_say_that_all_is_counted(filled, course_key):
    ago(WHOLE_PLACE, LONG)
    mark([(course_key, filled)])
    assert not fill(now=timezone.now(), seconds=0).finished
    assert "figures.behind" in ids()
    assert fill(now=timezone.now()).finished
    assert told() == []


def test_a_day_that_waits_for_a_moment_among_many_whole_runs_is_not_told(filled, course_key):
    mark([(course_key, filled)])
    assert FillState.objects.filter(stale=True).exists()
    assert told() == []


def test_a_comparison_that_does_not_come_to_its_end_is_told(filled):
    ago(DEEP_PLACE, timedelta(hours=47))
    assert told() == []
    moment = ago(DEEP_PLACE, timedelta(hours=49))
    assert told() == [
        ("figures.uncompared", f"The days of the record were not compared with the figures since {moment}.")
    ]


def test_what_cannot_be_counted_is_told_until_it_can(happened, monkeypatch, course_key):
    def failing(number, *, now):
        raise OSError("somebody@example.org")

    now = timezone.now()
    with monkeypatch.context() as broken:
        broken.setattr(filling, "fill_day", failing)
        fill(now=now)
        fill(now=now + timedelta(minutes=3))
    (told_,) = told()
    sentence = f"1 day of courses could not be counted, among them {happened} of {course_key} (tried 2 times, OSError)."
    assert told_ == ("figures.failed", sentence)
    fill(now=now + timedelta(minutes=20))
    assert told() == []


def test_courses_whose_learners_cannot_be_reckoned_are_told(filled, course_key, elsewhere):
    now = timezone.now()
    for key, times in ((course_key, 1), (elsewhere, 4)):
        mishaps.note(course_key=key, day=None, step=mishaps.PEOPLE, words="KeyError", now=now, times=times)
    sentence = f"The learners of 2 courses could not be counted, among them {elsewhere} (tried 4 times, KeyError)."
    assert told() == [("figures.failed", sentence)]
    for key in (course_key, elsewhere):
        mishaps.solve(course_key=key, day=None, step=mishaps.PEOPLE, now=now)
    assert told() == []


def test_rows_that_came_too_late_are_no_failure(filled, course_key):
    mishaps.note(course_key=course_key, day=filled, step=LATE, words="Late.", now=timezone.now())
    assert told() == []


def test_the_command_says_it_with_what_to_do(happened, capsys):
    call_command("community_check", seconds=0.1)
    out = capsys.readouterr().out
    assert "The record of activity was never looked through to its end. [figures.unread]" in out
    assert "manage.py lms fill_figures" in out


def test_it_costs_nine_queries_at_most(filled, course_key, django_assert_max_num_queries):
    for step, day in ((mishaps.DAYS, filled), (mishaps.PEOPLE, None)):
        mishaps.note(course_key=course_key, day=day, step=step, words="OSError", now=timezone.now())
    with django_assert_max_num_queries(9):
        assert ids() == ["figures.failed", "figures.failed"]
