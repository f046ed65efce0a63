"""Reads of the digest: who gets it, who stopped it, and when the next goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.digest.models import DigestSwitch, WeeklyDigest
from community_dashboard.host.chosen import get_host


@dataclass(frozen=True)
class Switched:
    """What the course's team chose last. `by` is a username, "" for somebody who is gone."""

    on: bool
    at: datetime
    by: str


def readers_of(course_key: CourseKey) -> list[int]:
    """The course's staff and instructors. The cost of the host's verb."""
    return get_host().team(course_key)


def is_on(course_key: CourseKey) -> bool:
    """Whether the course sends digests. One query."""
    return not DigestSwitch.objects.filter(course_key=course_key, on=False).exists()


def switched(course_key: CourseKey) -> Switched | None:
    """Who last switched it for the course; None if nobody did. One query."""
    row = DigestSwitch.objects.filter(course_key=course_key).select_related("changed_by").first()
    return None if row is None else Switched(row.on, row.changed_at, row.changed_by.username if row.changed_by else "")


def stopped_by(user_id: int, course_key: CourseKey) -> bool:
    """Whether this person wants no digest of the course. One query."""
    return WeeklyDigest.objects.filter(user_id=user_id, course_key=course_key, stopped_at__isnull=False).exists()


def count_waiting(course_key: CourseKey) -> int:
    """How many people get the next one. One query and that of the host."""
    out = WeeklyDigest.objects.filter(course_key=course_key, stopped_at__isnull=False).values_list("user_id", flat=True)
    return len(set(readers_of(course_key)) - set(out))


def stopped(key: str) -> bool | None:
    """Whether the digests of a key are stopped; None if it stands for nobody. One query."""
    found = list(WeeklyDigest.objects.filter(key=key).values_list("stopped_at", flat=True))
    return None if not found else found[0] is not None
