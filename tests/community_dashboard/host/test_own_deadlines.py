"""What is due for one learner: the arithmetic, and what the demo's host makes of its tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.data import Due
from community_dashboard.host.calendars import CourseCalendar, CourseDate, Extension, Start
from community_dashboard.host.chosen import get_host
from demo.campus.models import Enrolment
from demo.courseware.models import Course, Deadline
from demo.courseware.models import Extension as ExtensionRow
from referral_xblock.api import get_host as get_block_host

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def on(day: int) -> datetime:
    return MONDAY + timedelta(days=day)


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)


class TestTheArithmetic:
    def test_dates_of_a_course_are_the_same_for_who_has_no_schedule(self):
        calendar = CourseCalendar([CourseDate("a", on(9)), CourseDate("b", on(2)), CourseDate("c", on(2))])
        assert not calendar.is_relative
        assert calendar.of() == [Due(None, (on(2), on(9)))]
        assert calendar.of(starts=[Start(on(1), on(1))]) == [Due(None, (on(2), on(9)))]

    def test_relative_dates_count_from_the_start_of_the_schedule(self):
        calendar = CourseCalendar(
            [CourseDate("a", after=weeks(1)), CourseDate("b", after=weeks(3)), CourseDate("c", on(4))]
        )
        assert calendar.is_relative
        found = calendar.of(starts=[Start(on(0), on(2))])
        assert found == [Due(None, (on(4),)), Due(on(0), (on(4), on(9), on(23)))]

    def test_a_schedule_begun_anew_keeps_what_was_due_before(self):
        calendar = CourseCalendar([CourseDate("a", after=weeks(1))])
        found = calendar.of(starts=[Start(on(20), on(20)), Start(on(0), on(0))])
        assert found == [Due(None, ()), Due(on(0), (on(7),)), Due(on(20), (on(27),))]

    @pytest.mark.parametrize(("start", "due"), [(0, (7, 21)), (1, (8, 22)), (2, ()), (23, ()), (26, ())])
    def test_who_begins_too_late_for_all_has_none(self, start, due):
        calendar = CourseCalendar([CourseDate("a", after=weeks(1)), CourseDate("b", after=weeks(3))], end=on(22))
        found = calendar.of(starts=[Start(on(start), on(start))], scheduled=on(start))
        assert found[-1].moments == tuple(map(on, due))

    def test_a_schedule_begun_anew_ends_with_the_course(self):
        calendar = CourseCalendar([CourseDate("a", after=weeks(1)), CourseDate("b", after=weeks(3))], end=on(22))
        found = calendar.of(starts=[Start(on(0), on(0)), Start(on(10), on(10))], scheduled=on(0))
        assert found[-1] == Due(on(10), (on(17), on(22)))

    def test_more_time_holds_from_the_moment_it_was_given(self):
        calendar = CourseCalendar([CourseDate("a", on(7)), CourseDate("b", on(14))])
        given = [
            Extension("a", on(6), moment=on(10)),
            Extension("a", on(9), moment=on(12)),
            Extension("x", on(1), on(2)),
        ]
        assert calendar.of(extensions=given) == [
            Due(None, (on(7), on(14))),
            Due(on(6), (on(10), on(14))),
            Due(on(9), (on(12), on(14))),
        ]

    def test_more_time_may_be_counted_from_the_schedule_and_be_taken_back(self):
        calendar = CourseCalendar([CourseDate("a", after=weeks(1))], end=on(8))
        starts = [Start(on(0), on(0))]
        longer = Extension("a", on(3), longer=timedelta(days=4))
        back = Extension("a", on(5))
        assert calendar.of(starts=starts, extensions=[longer])[-1] == Due(on(3), (on(11),))
        assert calendar.of(starts=starts, extensions=[longer, back])[-1] == Due(on(5), (on(7),))
        assert calendar.of(extensions=[longer]) == [Due(None, ())]  # nothing to count from


def block(course_key, number):
    return course_key.make_usage_key("sequential", f"part{number}")


def test_the_demo_counts_from_the_enrolment(cast, course_key, now):
    Course.objects.filter(course_key=course_key).update(end=now + weeks(5))
    for number in (1, 2):
        Deadline.objects.create(course_key=course_key, usage_key=block(course_key, number), after=weeks(number))
    Enrolment.objects.filter(user=cast.bo).update(created=now - weeks(1))
    Enrolment.objects.filter(user=cast.chen).update(created=now)
    found = get_host().own_deadlines([cast.bo.id, cast.chen.id, cast.dara.id], course_key)
    assert get_host().deadlines(course_key) == []
    assert {user_id: dues[-1].moments for user_id, dues in found.items()} == {
        cast.bo.id: (now, now + weeks(1)),
        cast.chen.id: (now + weeks(1), now + weeks(2)),
    }
    assert get_block_host().next_deadline(cast.bo, course_key, now + timedelta(days=1)) == now + weeks(1)
    assert get_block_host().next_deadline(cast.dara, course_key, now) is None


def test_the_demo_gives_one_learner_more_time(cast, course_key, now):
    usage_key, due = block(course_key, 1), now + timedelta(days=3)
    Deadline.objects.create(course_key=course_key, usage_key=usage_key, due=due)
    about = {"course_key": course_key, "usage_key": usage_key, "user": cast.chen}
    ExtensionRow.objects.create(**about, due=due + weeks(1), given=now)
    found = get_host().own_deadlines([cast.bo.id, cast.chen.id], course_key)
    assert found == {cast.chen.id: [Due(None, (due,)), Due(now, (due + weeks(1),))]}
    assert get_block_host().next_deadline(cast.chen, course_key, now) == due + weeks(1)
    assert get_block_host().next_deadline(cast.bo, course_key, now) == due


def test_many_people_cost_as_many_queries_as_one(cast, course_key, now, django_user_model):
    Deadline.objects.create(course_key=course_key, usage_key=block(course_key, 1), after=weeks(1))
    users = django_user_model.objects.bulk_create(
        [django_user_model(username=f"learner{n}", email=f"{n}@example.org") for n in range(501)]
    )
    Enrolment.objects.bulk_create(
        [Enrolment(user=user, course_key=course_key, active=True, created=now) for user in users]
    )
    ids = list(django_user_model.objects.filter(username__startswith="learner").values_list("id", flat=True))

    def cost(chosen):
        with CaptureQueriesContext(connection) as queries:
            assert len(get_host().own_deadlines(chosen, course_key)) == len(chosen)
        return len(queries)

    assert cost(ids[:1]) == cost(ids[:500]) == 4
    assert cost(ids) == 6
    assert get_host().own_deadlines([], course_key) == {}
