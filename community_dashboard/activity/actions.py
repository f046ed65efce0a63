"""Writes of the record. Every one is idempotent: the key makes a repetition nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import MD5, Concat, TruncDay
from opaque_keys.edx.django.models import CourseKeyField

from community_dashboard.activity.days import day_of, days_in, mark
from community_dashboard.activity.facts import COMMENT, JOURNEY, THREAD, NewActivity
from community_dashboard.activity.kinds import KINDS
from community_dashboard.activity.models import Activity, Forgotten

BATCH = 500


def record(*, activity: NewActivity) -> None:
    """Adds one fact to the record. One statement; two for the kinds of which the earliest moment counts, four if it came late."""
    Activity.objects.bulk_create([_row(activity)], ignore_conflicts=True)
    if KINDS[activity.kind].earliest:
        later = Activity.objects.filter(key=activity.key, happened_at__gt=activity.happened_at)
        for known in later.values_list("happened_at", flat=True):
            _set_earlier(activity, known)


def record_many(*, activities: Iterable[NewActivity]) -> int:
    """Adds the facts that the record lacks and returns how many; forgotten people are left out.

    Of facts with one key the earliest counts. Two queries for 500 that were all known, one statement more where some were
    new, and one for each of the kinds of which the earliest counts that came late. Call it in a transaction.
    """
    given: dict[str, NewActivity] = {}
    for activity in sorted(activities, key=lambda activity: activity.happened_at):
        given.setdefault(activity.key, activity)
    keys = list(given)
    return sum(
        _record_batch({key: given[key] for key in keys[start : start + BATCH]}) for start in range(0, len(keys), BATCH)
    )


def replace(*, activities: Iterable[tuple[NewActivity, NewActivity]]) -> int:
    """Puts the second of each pair in the place of the first, which need not be there; returns how many are new.

    Five statements for 500. A forgotten person's rows have other keys: they stay as they are. Call it in a transaction.
    """
    pairs = list(activities)
    replaced = list(Activity.objects.filter(key__in=[old.key for old, _new in pairs]).values_list("id", flat=True))
    if replaced:
        mark(days_in(Activity.objects.filter(id__in=replaced)))
        Activity.objects.filter(id__in=replaced).delete()
    return record_many(activities=[new for _old, new in pairs])


def forget_person(
    *, user_id: int, now: datetime, draw: Callable[[], int] = lambda: 1 + secrets.randbelow(2**62)
) -> dict[Any, int]:
    """Takes a retired person out of the record, now and for the future; the stub in each course. Repeatable.

    What belongs to no course is deleted. What does becomes that of a nameless stub, one per course, with the day but not
    the hour, without the person's posts and journeys, and with keys that nobody can compute again: counts by day stay, and
    nothing leads back. `draw` gives a number for each stub. Done again, it deletes what came late. Five queries and one
    per course; the figures of the days are counted anew.
    """
    stubs: dict[Any, int] = {}
    with transaction.atomic():
        _row, first = Forgotten.objects.get_or_create(user_id=user_id, defaults={"forgotten_at": now})
        own = Activity.objects.filter(user_id=user_id)
        mark(days_in(own))
        if first:
            leading_back = {"object_kind__in": [THREAD, COMMENT, JOURNEY]}
            for course in own.exclude(course_key=CourseKeyField.Empty).values_list("course_key", flat=True).distinct():
                stubs[course] = draw()
                own.filter(course_key=course).update(
                    user=None,
                    stub=stubs[course],
                    key=MD5(Concat(Value(secrets.token_hex(16)), F("key"))),
                    happened_at=TruncDay("happened_at", tzinfo=UTC),
                    object_id=Case(When(**leading_back, then=Value("")), default=F("object_id")),
                )
        own.delete()
    return stubs


def forget_latecomers() -> int:
    """Deletes what was told of people after they were forgotten; returns how many rows. Two statements where there was none."""
    late = Activity.objects.filter(user_id__in=Forgotten.objects.values("user_id"))
    with transaction.atomic():
        mark(days_in(late))
        return late.delete()[0]


def _set_earlier(activity: NewActivity, known: datetime) -> None:
    """Of a fact that is known with a later moment; the figures of both days are counted anew."""
    with transaction.atomic():
        rows = Activity.objects.filter(key=activity.key, happened_at__gt=activity.happened_at)
        if rows.update(happened_at=activity.happened_at) and activity.course_key is not None:
            mark((activity.course_key, day_of(moment)) for moment in (known, activity.happened_at))


def _record_batch(given: dict[str, NewActivity]) -> int:
    user_ids = {activity.user_id for activity in given.values()}
    forgotten = set(Forgotten.objects.filter(user_id__in=user_ids - {None}).values_list("user_id", flat=True))
    known = dict(Activity.objects.filter(key__in=list(given)).values_list("key", "happened_at"))
    wanted = {key: activity for key, activity in given.items() if activity.user_id not in forgotten}
    for key, activity in wanted.items():
        if key in known and KINDS[activity.kind].earliest and activity.happened_at < known[key]:
            _set_earlier(activity, known[key])
    new = [_row(activity) for key, activity in wanted.items() if key not in known]
    Activity.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _row(activity: NewActivity) -> Activity:
    object_kind, object_id = activity.about
    return Activity(
        key=activity.key,
        user_id=activity.user_id,
        kind=activity.kind.value,
        course_key=activity.course_key,
        object_kind=object_kind,
        object_id=object_id,
        happened_at=activity.happened_at,
    )
