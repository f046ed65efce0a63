"""Period, cohort, track and segment from an address, and back into one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.choosing.forms import ChoiceForm
from community_dashboard.engagement.segments.queries import segment_of
from demo.campus import actions
from demo.forum.models import Cohort

TODAY = date(2026, 3, 2)


@pytest.fixture
def form_of(course_key, now):
    """`form_of("start=2026-01-01")`: the form of that address."""
    return lambda query="": ChoiceForm(QueryDict(query), course_key=course_key, now=now)


def test_an_empty_address_means_the_last_eight_weeks_of_everybody(form_of, course_key, now):
    form = form_of()
    assert form.is_valid()
    choice = form.choice()
    assert choice == Choice(date(2026, 1, 6), TODAY) == Choice.usual(TODAY)
    assert choice.days == 56 and not choice.narrowed
    assert choice.chosen(course_key, now=now) == EVERYBODY


def test_today_is_the_day_of_utc(course_key):
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC).astimezone(tz=None)
    form = ChoiceForm(QueryDict(""), course_key=course_key, now=late)
    assert form.is_valid() and form.choice().end == TODAY


def test_a_link_shows_the_same(form_of, course_key, now):
    cohort = Cohort.objects.create(course_key=course_key, name="Bees")
    query = f"start=2026-01-01&end=2026-01-31&cohort={cohort.id}&segment=never-started&joined=1"
    form = form_of(query)
    assert form.is_valid(), form.errors
    choice = form.choice()
    assert choice == Choice(date(2026, 1, 1), date(2026, 1, 31), cohort=cohort.id, segment="never-started", joined=True)
    again = form_of(choice.query())
    assert again.is_valid() and again.choice() == choice


def test_some_of_a_link_can_be_changed():
    choice = Choice(date(2026, 1, 1), date(2026, 1, 31), cohort=3, joined=True)
    assert choice.query() == "start=2026-01-01&end=2026-01-31&cohort=3&joined=1"
    assert choice.query(cohort=0, joined=False, segment="alumni") == "start=2026-01-01&end=2026-01-31&segment=alumni"


def test_the_period_before_has_as_many_days_and_ends_the_day_before():
    choice = Choice(date(2026, 1, 5), date(2026, 1, 11), mode="audit")
    assert choice.before == Choice(date(2025, 12, 29), date(2026, 1, 4), mode="audit")


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("start=2026-02-20", date(2026, 2, 20), TODAY),
        ("end=2026-02-20", date(2025, 12, 27), date(2026, 2, 20)),
        ("end=2030-01-01", date(2026, 1, 6), TODAY),  # what is still to come is not there
        ("start=2026-03-02&end=2026-03-02", TODAY, TODAY),
    ],
)
def test_a_day_that_is_left_open_is_filled_in(form_of, query, start, end):
    form = form_of(query)
    assert form.is_valid(), form.errors
    assert (form.choice().start, form.choice().end) == (start, end)


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("start=2026-02-20&end=2026-02-19", "end", "The last day lies before the first."),
        ("start=2026-03-03", "start", "This day is still to come."),
        ("start=2020-01-01", "start", "Please choose three years at most."),
        ("start=1999-12-31", "start", "Please choose a day between 2000 and 2100."),
        ("start=yesterday", "start", "Enter a valid date."),
        ("start=2026-02-30", "start", "Enter a valid date."),
        ("cohort=77", "cohort", "There is no such cohort in this course."),
        ("cohort=x", "cohort", "There is no such cohort in this course."),
        ("mode=golden", "mode", "There is no such track in this course."),
        ("segment=nobody", "segment", "There is no such segment in this course."),
        ("segment=" + "x" * 5000, "segment", "There is no such segment in this course."),
        ("segment=%00", "segment", ""),
    ],
)
def test_what_is_not_there_is_said(form_of, query, field, words):
    form = form_of(query)
    assert not form.is_valid()
    assert any(words in error for error in form.errors[field])


def test_a_chooser_with_nothing_to_choose_is_not_shown_but_speaks_up(form_of):
    assert [field.name for field in form_of().hidden_fields()] == ["cohort", "mode"]
    form = form_of("cohort=77")
    assert not form.is_valid()
    assert [field.name for field in form.visible_fields() if field.errors] + form.stray_errors


def test_tracks_are_offered_where_there_are_several(cast, course_key, form_of, now):
    actions.enrol(user=cast.dara, course_key=course_key, mode="verified", by=None, now=now)
    fill_course(course_key, now=now)
    form = form_of("mode=verified")
    assert form.is_valid(), form.errors
    assert form.choice().chosen(course_key, now=now) == Chosen(mode="verified")


def test_a_segment_may_be_narrowed_further(course_key, now):
    choice = Choice(date(2026, 1, 1), date(2026, 1, 31), cohort=3, mode="audit", segment="mentors", joined=True)
    mentors = segment_of(course_key, "mentors").chosen
    found = choice.chosen(course_key, now=now)
    assert (found.conditions, found.any_of) == (mentors.conditions, mentors.any_of)
    assert (found.cohort, found.mode) == (3, "audit")
    assert (found.enrolled_from, found.enrolled_until) == (choice.start, choice.end)


def test_a_segment_that_is_gone_is_nobody(course_key, now):
    choice = Choice(date(2026, 1, 1), date(2026, 1, 31), segment="gone")
    assert choice.chosen(course_key, now=now) == Chosen(persons=())


def test_the_box_of_what_is_wrong_says_so_to_who_cannot_see(form_of):
    form = form_of("start=2026-02-20&end=2026-02-19")
    assert not form.is_valid()
    box = str(form["end"])
    assert 'aria-invalid="true"' in box and 'aria-describedby="id_end_error"' in box and "autofocus" in box
    assert "aria-invalid" not in str(form["start"])


def test_the_choosers_cost_as_many_queries_however_many_learn(
    cast, course_key, form_of, now, django_assert_max_num_queries
):
    fill_course(course_key, now=now + timedelta(days=1))
    with django_assert_max_num_queries(5):
        assert form_of().is_valid()
