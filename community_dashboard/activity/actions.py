"""Writes of the record. Every one is idempotent: the key makes a repetition nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import MD5, Concat, TruncDay
from opaque_keys.edx.django.models import CourseKeyField

from community_dashboard.activity.facts import COMMENT, THREAD, NewActivity
from community_dashboard.activity.kinds import KINDS
from community_dashboard.activity.models import Activity, Forgotten

BATCH = 500


def record(*, activity: NewActivity) -> None:
    """Adds one fact to the record. One statement; two for the kinds of which the earliest moment counts."""
    Activity.objects.bulk_create([_row(activity)], ignore_conflicts=True)
    if KINDS[activity.kind].earliest:
        Activity.objects.filter(key=activity.key, happened_at__gt=activity.happened_at).update(
            happened_at=activity.happened_at
        )


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


def forget_person(
    *, user_id: int, now: datetime, draw: Callable[[], int] = lambda: 1 + secrets.randbelow(2**62)
) -> None:
    """Takes a retired person out of the record, now and for the future. Three queries and one per course; repeatable.

    What belongs to no course is deleted. What does becomes that of a nameless stub, one per course, with the day but not
    the hour, without the person's posts, and with keys that nobody can compute again: counts by day stay, and nothing
    leads back. `draw` gives a number for each stub. Done again, it deletes what came late.
    """
    with transaction.atomic():
        _row, first = Forgotten.objects.get_or_create(user_id=user_id, defaults={"forgotten_at": now})
        own = Activity.objects.filter(user_id=user_id)
        if first:
            is_post = {"object_kind__in": [THREAD, COMMENT]}
            for course in own.exclude(course_key=CourseKeyField.Empty).values_list("course_key", flat=True).distinct():
                own.filter(course_key=course).update(
                    user=None,
                    stub=draw(),
                    key=MD5(Concat(Value(secrets.token_hex(16)), F("key"))),
                    happened_at=TruncDay("happened_at", tzinfo=UTC),
                    object_id=Case(When(**is_post, then=Value("")), default=F("object_id")),
                )
        own.delete()


def forget_latecomers() -> int:
    """Deletes what was told of people after they were forgotten; returns how many rows. One statement."""
    return Activity.objects.filter(user_id__in=Forgotten.objects.values("user_id")).delete()[0]


def _record_batch(given: dict[str, NewActivity]) -> int:
    user_ids = {activity.user_id for activity in given.values()}
    forgotten = set(Forgotten.objects.filter(user_id__in=user_ids - {None}).values_list("user_id", flat=True))
    known = dict(Activity.objects.filter(key__in=list(given)).values_list("key", "happened_at"))
    wanted = {key: activity for key, activity in given.items() if activity.user_id not in forgotten}
    for key, activity in wanted.items():
        if key in known and KINDS[activity.kind].earliest and activity.happened_at < known[key]:
            Activity.objects.filter(key=key).update(happened_at=activity.happened_at)
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
