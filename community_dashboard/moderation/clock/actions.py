"""Writes of the clock: what a course promises and when it works. Each says again who changed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import TEAM
from community_dashboard.data import ForumRole
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.clock.models import CourseHours, CourseTarget
from community_dashboard.moderation.clock.targets import Target
from community_dashboard.moderation.clock.times import ALWAYS, Calendar
from referral_xblock.api import get_host as get_people_host


def may_change(user: Any, course_key: CourseKey) -> bool:
    """Whether this person sets targets and hours: the course's staff, and Administrators of its forum. The hosts' queries."""
    if not user.is_authenticated:
        return False
    if get_people_host().roles(user, course_key) & TEAM:
        return True
    return ForumRole.ADMINISTRATOR in get_host().forum_roles_of([user.id], course_key).get(user.id, ())


def save_targets(*, by: Any, course_key: CourseKey, targets: Iterable[Target], now: datetime) -> None:
    """Sets these targets and leaves the others. One statement each. PermissionDenied for who may not."""
    _check(by, course_key)
    with transaction.atomic():
        for target in targets:
            CourseTarget.objects.update_or_create(
                course_key=course_key,
                kind=target.kind.value,
                defaults={"hours": target.hours, "share": target.share, "changed_by": by, "changed_at": now},
            )


def save_hours(*, by: Any, course_key: CourseKey, calendar: Calendar, now: datetime) -> None:
    """Sets the hours of the course. About three statements. PermissionDenied for who may not."""
    _check(by, course_key)
    if calendar == ALWAYS:
        CourseHours.objects.filter(course_key=course_key).delete()
        return
    CourseHours.objects.update_or_create(
        course_key=course_key,
        defaults={
            "zone": calendar.zone,
            "week": [[list(opening) for opening in day] for day in calendar.week],
            "holidays": sorted(day.isoformat() for day in calendar.holidays),
            "changed_by": by,
            "changed_at": now,
        },
    )


def forget_person(*, user_id: int) -> None:
    """Targets and hours stay, without who set them. Two statements."""
    for table in (CourseTarget, CourseHours):
        table.objects.filter(changed_by=user_id).update(changed_by=None)


def _check(by: Any, course_key: CourseKey) -> None:
    if not may_change(by, course_key):
        raise PermissionDenied
