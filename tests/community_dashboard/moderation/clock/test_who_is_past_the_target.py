"""Breaches of targets, in course hours, of the threads that wait."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.clock.actions import forget_person, may_change, save_hours, save_targets
from community_dashboard.moderation.clock.models import CourseHours, CourseTarget
from community_dashboard.moderation.clock.queries import breaches, calendar_of, targets_of
from community_dashboard.moderation.clock.targets import DEFAULTS, Target, TargetKind
from community_dashboard.moderation.clock.times import ALWAYS, Calendar
from community_dashboard.moderation.clock.waits import Wait, clocked, with_more_kinds
from community_dashboard.moderation.projection.models import ForumPost
from tests.community_dashboard.moderation.clock.world import thread

OFFICE = Calendar("Europe/Paris", (((540, 1020),),) * 5 + ((), ()))


def found(course_key, now, **more):
    return [one.wait.ref.id for one in breaches(course_key, now, **more)]


@pytest.fixture
def waiting(cast, course_key, now):
    """Questions of chen that wait for 1, 30, 50 and 80 hours."""
    rows = [thread(course_key, n, at=now - timedelta(hours=n), author=cast.chen) for n in (1, 30, 50, 80)]
    ForumPost.objects.bulk_create(rows)


def test_without_a_word_of_the_course_a_question_has_a_day(waiting, course_key, now):
    assert targets_of(course_key) == DEFAULTS
    assert calendar_of(course_key) == ALWAYS
    assert found(course_key, now) == ["80", "50", "30"]


def test_only_course_hours_count(waiting, cast, course_key, now):
    save_hours(by=cast.ada, course_key=course_key, calendar=OFFICE, now=now)
    assert calendar_of(course_key) == OFFICE
    assert found(course_key, now) == []  # a Monday morning after a weekend
    assert found(course_key, now + timedelta(days=3)) == ["80", "50", "30", "1"]


def test_only_the_asked_threads_are_looked_at(waiting, course_key, now):
    assert found(course_key, now, thread_ids=["50", "1"]) == ["50"]


def test_nothing_is_late_where_nothing_is_promised(waiting, cast, course_key, now):
    save_targets(by=cast.ada, course_key=course_key, targets=[Target(TargetKind.QUESTION, 0)], now=now)
    assert found(course_key, now) == []


def test_who_is_answered_closed_masked_or_gone_does_not_wait(waiting, course_key, now):
    ForumPost.objects.filter(post_id="30").update(closed=True)
    ForumPost.objects.filter(post_id="50").update(masked=True)
    ForumPost.objects.filter(post_id="80").update(gone_at=now)
    assert found(course_key, now) == []


def test_other_threads_are_late_only_where_that_is_promised(cast, course_key, now):
    at = now - timedelta(hours=60)
    ForumPost.objects.bulk_create(
        [
            thread(course_key, 1, at=at, author=cast.chen, thread_type="discussion"),
            thread(course_key, 2, at=at, author=cast.chen, thread_type="discussion", first_answer_at=at),
        ]
    )
    assert found(course_key, now) == []
    save_targets(by=cast.ada, course_key=course_key, targets=[Target(TargetKind.ANY, 48)], now=now)
    assert found(course_key, now) == ["1"]


def test_another_course_has_its_own(waiting, elsewhere, now):
    assert found(elsewhere, now) == []


def test_the_cost_does_not_grow(waiting, course_key, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        breaches(course_key, now)


def test_a_post_of_two_kinds_has_the_shorter_target(now):
    ref = PostRef(PostKind.THREAD, "1")
    asked, urgent = Wait(ref, TargetKind.QUESTION, now), Wait(ref, TargetKind.URGENT, now)
    (one,) = clocked(with_more_kinds([asked], [urgent], DEFAULTS), calendar=ALWAYS, targets=DEFAULTS, now=now)
    assert one.due == now + timedelta(hours=4)
    assert one.is_soon(now) and not one.is_past(now) and one.is_past(now + timedelta(hours=4))


def test_who_may_change_targets(everybody, course_key, now):
    allowed = {who for who, user in everybody.items() if user is not None and may_change(user, course_key)}
    assert allowed == {"course staff", "global staff"}
    for who in ("learner", "stranger", "moderator", "group moderator", "staff of another course"):
        with pytest.raises(PermissionDenied):
            save_targets(by=everybody[who], course_key=course_key, targets=[Target(TargetKind.ANY, 1)], now=now)
        with pytest.raises(PermissionDenied):
            save_hours(by=everybody[who], course_key=course_key, calendar=OFFICE, now=now)
    assert not CourseTarget.objects.exists() and not CourseHours.objects.exists()


def test_an_administrator_of_the_forum_may_change_them(cast, course_key):
    from demo.forum.models import ForumTitle

    ForumTitle.objects.create(user=cast.bo, course_key=course_key, title="administrator")
    assert may_change(cast.bo, course_key)


def test_saving_twice_keeps_one_row_and_always_keeps_none(cast, course_key, now):
    for hours in (5, 6):
        save_targets(by=cast.ada, course_key=course_key, targets=[Target(TargetKind.URGENT, hours, 95)], now=now)
        save_hours(by=cast.ada, course_key=course_key, calendar=OFFICE, now=now)
    assert targets_of(course_key)[TargetKind.URGENT] == Target(TargetKind.URGENT, 6, 95)
    assert CourseHours.objects.count() == 1
    save_hours(by=cast.ada, course_key=course_key, calendar=ALWAYS, now=now)
    assert not CourseHours.objects.exists()


def test_a_retired_person_leaves_the_targets_without_the_name(cast, course_key, now):
    save_targets(by=cast.ada, course_key=course_key, targets=[Target(TargetKind.URGENT, 5)], now=now)
    save_hours(by=cast.ada, course_key=course_key, calendar=OFFICE, now=now)
    forget_person(user_id=cast.ada.id)
    assert CourseTarget.objects.get().changed_by is None and CourseHours.objects.get().changed_by is None
    assert targets_of(course_key)[TargetKind.URGENT].hours == 5
