"""Writes of segments. Each checks the right, is one transaction, and leaves a row that says who did what."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.engagement.segments.definitions import (
    LONGEST_DEADLINE,
    LONGEST_NAME,
    MOST_CONDITIONS,
    MOST_GROUPS,
    MOST_IN_GROUP,
    MOST_OWN,
    READY_MADE,
    Definition,
    is_sound,
    to_json,
)
from community_dashboard.engagement.segments.errors import ChangedError, NotAllowedError, NotThereError, UnsoundError
from community_dashboard.engagement.segments.models import Segment, SegmentChange


def make_segment(*, by: Any, course_key: CourseKey, name: str, definition: Definition, now: datetime) -> str:
    """Keeps a segment of the course's own; returns its key. Raises NotAllowedError, UnsoundError. Four statements."""
    _check(by, course_key, definition)
    if not 0 < len(name) <= LONGEST_NAME or _own(course_key).count() >= MOST_OWN:
        raise UnsoundError
    key = f"own-{secrets.token_hex(5)}"
    with transaction.atomic():
        Segment.objects.create(
            course_key=course_key, key=key, name=name, definition=to_json(definition), changed_at=now
        )
        _note(by, course_key, key, "made", name, definition, now)
    return key


def change_segment(
    *, by: Any, course_key: CourseKey, key: str, name: str, definition: Definition, version: int, now: datetime
) -> None:
    """Changes a segment, if nobody changed that of `version` meanwhile (0: a ready-made one that was never changed).

    A ready-made one keeps its own name if `name` is empty. Raises NotAllowedError, UnsoundError, ChangedError. Four statements.
    """
    _check(by, course_key, definition)
    if len(name) > LONGEST_NAME or (not name and key not in READY_MADE):
        raise UnsoundError
    values = {"name": name, "definition": to_json(definition), "changed_at": now}
    with transaction.atomic():
        if version == 0 and key in READY_MADE:
            fresh = Segment(course_key=course_key, key=key, version=0, changed_at=now)
            Segment.objects.bulk_create([fresh], ignore_conflicts=True)
        if not Segment.objects.filter(course_key=course_key, key=key, version=version).update(
            **values, version=version + 1
        ):
            raise ChangedError
        _note(by, course_key, key, "changed", name, definition, now)


def set_back(*, by: Any, course_key: CourseKey, key: str, now: datetime) -> None:
    """Makes a ready-made segment what it was; nothing happens where it is. Raises NotAllowedError, NotThereError."""
    _check(by, course_key, Definition())
    if key not in READY_MADE:
        raise NotThereError
    with transaction.atomic():
        if Segment.objects.filter(course_key=course_key, key=key).delete()[0]:
            _note(by, course_key, key, "set_back", "", READY_MADE[key], now)


def delete_segment(*, by: Any, course_key: CourseKey, key: str, now: datetime) -> None:
    """Deletes a segment of the course's own; nothing happens where it is gone. Raises NotAllowedError."""
    _check(by, course_key, Definition())
    with transaction.atomic():
        row = _own(course_key).select_for_update().filter(key=key).first()
        if row is not None:
            row.delete()
            SegmentChange.objects.create(
                course_key=course_key, key=key, act="deleted", name=row.name, definition=row.definition, at=now, by=by
            )


def forget_person(*, user_id: int) -> None:
    """Takes a retired person off the changes they made. One statement."""
    SegmentChange.objects.filter(by=user_id).update(by=None)


def _own(course_key: CourseKey) -> Any:
    return Segment.objects.filter(course_key=course_key).exclude(key__in=list(READY_MADE))


def _check(by: Any, course_key: CourseKey, definition: Definition) -> None:
    if not may(by, course_key, Capability.LEARNERS):
        raise NotAllowedError
    groups = definition.any_of
    conditions = [*definition.conditions, *(one for group in groups for one in group)]
    kept = (
        len(definition.conditions) <= MOST_CONDITIONS
        and len(groups) <= MOST_GROUPS
        and all(0 < len(group) <= MOST_IN_GROUP for group in groups)
        and 0 <= definition.deadline <= LONGEST_DEADLINE
        and all(is_sound(condition) for condition in conditions)
    )
    if not kept:
        raise UnsoundError


def _note(by: Any, course_key: CourseKey, key: str, act: str, name: str, definition: Definition, now: datetime) -> None:
    SegmentChange.objects.create(
        course_key=course_key, key=key, act=act, name=name, definition=to_json(definition), at=now, by=by
    )
