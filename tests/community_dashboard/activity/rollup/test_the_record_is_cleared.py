"""Rows that are counted and old enough go, milestones and figures stay; what comes afterwards is said and changes nothing."""

from datetime import timedelta

import pytest

from community_dashboard.activity.actions import record_many
from community_dashboard.activity.rollup import clearing, late
from community_dashboard.activity.rollup.clearing import clear
from community_dashboard.activity.rollup.counting import MILESTONES
from community_dashboard.activity.rollup.filling import fill
from community_dashboard.activity.rollup.forgetting import forget_person
from community_dashboard.activity.rollup.queries import daily, errors_of
from community_dashboard.models import Activity, BlockCount, DailyCount, FillError, FillState, LearnerDay, LearnerState
from community_dashboard.tasks import clear_activity, fill_figures
from tests.community_dashboard.activity.rollup.exactness import ALWAYS

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def figures():
    return {
        model.__name__: sorted(
            map(repr, model.objects.values_list(*(f.name for f in model._meta.fields if f.name not in ("id", "filled_at"))))
        )
        for model in (DailyCount, BlockCount, LearnerDay, LearnerState)
    }  # fmt: skip


@pytest.fixture
def filled(people, week, now):
    """The figures of the week, and when they were filled last."""
    fill(now=now)
    return figures()


def test_old_rows_go_and_the_figures_stay(filled, now):
    there = Activity.objects.count()
    milestones = Activity.objects.filter(kind__in=MILESTONES).count()
    deleted = clear(now=now + 30 * DAY, days=10)
    assert Activity.objects.count() == milestones == there - deleted
    assert not Activity.objects.exclude(kind__in=MILESTONES).exists()
    assert figures() == filled
    fill(now=now + MINUTE)
    assert figures() == filled


def test_young_rows_stay(filled, now):
    clear(now=now, days=2)
    assert Activity.objects.filter(happened_at__gte=now - 2 * DAY).exclude(kind__in=MILESTONES).exists()
    assert not Activity.objects.filter(happened_at__lt=now - 3 * DAY).exclude(kind__in=MILESTONES).exists()
    assert FillState.objects.filter(sealed=True).count() == 3


def test_nothing_goes_where_the_site_keeps_all(filled, now):
    assert clear(now=now + 3000 * DAY, days=0) == 0
    assert clear(now=now + 720 * DAY, days=730) == 0


def test_days_that_are_not_counted_are_not_cleared(people, week, now):
    assert clear(now=now + 30 * DAY, days=10) == 0


def test_a_day_with_a_row_that_was_not_counted_is_counted_first(filled, tell, people, now):
    tell(people, ("voted", 0, 0, -24 * 60))
    clear(now=now + 30 * DAY, days=10)
    state = FillState.objects.get(day=(now - DAY).date())
    assert (state.sealed, state.stale) == (False, True)
    fill(now=now + MINUTE)
    clear(now=now + 30 * DAY, days=10)
    assert FillState.objects.get(day=(now - DAY).date()).sealed


def test_what_is_killed_goes_on_and_counts_nothing_as_late(filled, now, course_key, monkeypatch):
    monkeypatch.setattr(clearing, "BATCH", 1)
    steps = iter([True] * 6 + [False] * 9)
    clear(now=now + 30 * DAY, days=10, goes_on=lambda: next(steps))
    assert Activity.objects.exclude(kind__in=MILESTONES).exists()
    FillState.objects.update(stale=True)
    fill(now=now + MINUTE)
    assert figures() == filled
    clear(now=now + 30 * DAY, days=10)
    assert not Activity.objects.exclude(kind__in=MILESTONES).exists()
    assert errors_of(course_key) == []


def test_late_rows_are_said_and_change_nothing(filled, tell, people, course_key, now, monkeypatch):
    monkeypatch.setattr(late, "BATCH", 1)
    clear(now=now + 30 * DAY, days=10)
    tell(people, ("voted", 0, 0, -24 * 60), ("posted", 1, 1, -24 * 60 - 1))
    fill(now=now + MINUTE)
    (error,) = errors_of(course_key)
    assert (error.day, error.step, error.tries) == ((now - DAY).date(), "late", 2)
    assert figures() == filled
    assert not Activity.objects.exclude(kind__in=MILESTONES).exists()
    tell(people, ("voted", 2, 2, -24 * 60))
    fill(now=now + 2 * MINUTE)
    assert FillError.objects.get().tries == 3


def test_what_came_while_a_day_was_being_cleared_is_late(filled, tell, people, course_key, now, monkeypatch):
    monkeypatch.setattr(clearing, "BATCH", 1)
    steps = iter([True] * 8 + [False] * 9)
    clear(now=now + 30 * DAY, days=10, goes_on=lambda: next(steps))
    sealed = FillState.objects.get(sealed=True, rows__gt=0)
    minutes = (sealed.day - now.date()).days * 24 * 60
    tell(people, ("voted", 2, 2, minutes))
    clear(now=now + 30 * DAY, days=10)
    fill(now=now + MINUTE)
    assert [(error.step, error.tries) for error in errors_of(course_key)] == [("late", 1)]
    assert figures() == filled


def test_late_milestones_are_counted_also_on_sealed_days(filled, tell, people, course_key, now):
    clear(now=now + 30 * DAY, days=10)
    tell(people, ("enrolled", 4, 0, -24 * 60), ("passed", 1, 0, -24 * 60))
    fill(now=now + MINUTE)
    day = (now - DAY).date()
    counted = daily(course_key, ["enrolled", "passed", "completed", "active"], **ALWAYS, now=now)
    assert (counted["enrolled"][day], counted["passed"][day]) == (1, 1)
    assert LearnerState.objects.get(person=people[4].id).enrolled_at is not None
    assert LearnerState.objects.get(person=people[1].id).passed_at is not None
    Activity.objects.filter(kind__in=["enrolled", "passed"], happened_at__date=day).delete()
    FillState.objects.filter(day=day).update(stale=True)
    fill(now=now + 2 * MINUTE)
    after = figures()
    # Rows of days stay: that of the one who had only enrolled then is left behind with nothing in it.
    assert {name: after[name] for name in ("DailyCount", "BlockCount")} == {
        name: filled[name] for name in ("DailyCount", "BlockCount")
    }
    assert errors_of(course_key) == []


def test_the_figures_of_sealed_days_are_not_looked_through_for_missing_rows(filled, now):
    clear(now=now + 30 * DAY, days=10)
    fill(now=now + 11 * MINUTE)
    assert fill(now=now + 25 * timedelta(hours=1)).days == 0
    assert figures()["DailyCount"] == filled["DailyCount"]


def test_a_retired_person_leaves_sealed_days_too(filled, people, course_key, now):
    clear(now=now + 30 * DAY, days=10)
    before = {name: daily(course_key, [name], **ALWAYS, now=now) for name in ("active", "active_week", "completed")}
    forget_person(user_id=people[0].id, now=now, draw=lambda: 77)
    fill(now=now + MINUTE)
    assert {name: daily(course_key, [name], **ALWAYS, now=now) for name in before} == before
    assert not LearnerDay.objects.filter(person=people[0].id).exists()
    assert set(LearnerDay.objects.filter(person=-77).values_list("hours", "last_block")) == {(0, "")}


def test_the_tasks_do_it(people, week, settings, now):
    settings.COMMUNITY_KEEP_ACTIVITY_DAYS = 1
    fill_figures.delay()
    assert not FillState.objects.filter(stale=True).exists()
    clear_activity.delay()
    assert not Activity.objects.exclude(kind__in=MILESTONES).exists()
    record_many(activities=[])
