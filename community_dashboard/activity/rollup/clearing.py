"""How long the record is kept: what is counted and old enough is cleared away, but for the milestones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from community_dashboard.activity.models import Activity, FillState
from community_dashboard.activity.rollup.counting import record_of
from community_dashboard.activity.rollup.late import BATCH, clearable


def clear(*, now: datetime, days: int, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Deletes rows of days before the last `days` (0: none), 1,000 a transaction; how many. Their figures are sealed.

    A day is sealed only when its figures hold every row of it. What is killed goes on where it stopped.
    """
    deleted = 0
    while goes_on() and (number := _unfinished()) is not None:
        deleted += _clear_some(number)
    if days:
        rows = FillState.objects.filter(stale=False, sealed=False, day__lt=(now - timedelta(days=days)).date())
        for number in list(rows.exclude(filled_at=None).order_by("day", "id").values_list("pk", flat=True)):
            if not goes_on():
                break
            if _seal(number):
                while goes_on() and (some := _clear_some(number)):
                    deleted += some
    return deleted


def _unfinished() -> int | None:
    rows = FillState.objects.filter(sealed=True, rows__gt=0)
    return rows.order_by("pk").values_list("pk", flat=True).first()


@transaction.atomic
def _seal(number: int) -> bool:
    """From now on the figures of that day stay, unless it is being filled, or something came that was not counted."""
    state = _lock(number)
    if state is None or state.stale or state.sealed:
        return False
    if record_of(state.course_key, state.day).count() != state.rows:
        state.stale = True
    else:
        state.sealed, state.rows = True, clearable(state).count()
    state.save()
    return state.sealed


@transaction.atomic
def _clear_some(number: int) -> int:
    """The next rows of a sealed day. How many are still to go stands in the same transaction, so that none is counted as late."""
    state = _lock(number)
    if state is None or not state.rows:
        return 0
    numbers = list(clearable(state).order_by("id").values_list("pk", flat=True)[: min(BATCH, state.rows)])
    Activity.objects.filter(pk__in=numbers).delete()
    state.rows = state.rows - len(numbers) if numbers else 0
    if not state.rows:
        state.stale = clearable(state).exists()  # what came meanwhile is late
    state.save()
    return len(numbers)


def _lock(number: int) -> FillState | None:
    skip = connection.features.has_select_for_update_skip_locked
    return FillState.objects.select_for_update(skip_locked=skip).filter(pk=number).first()
