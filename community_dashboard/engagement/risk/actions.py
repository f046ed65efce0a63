"""Writes: what "dropped out" means in a course, the wish that it learns, and forgetting. All may be repeated."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.engagement.risk.meaning import Policy
from community_dashboard.engagement.risk.models import RiskPolicy, RiskReading, RiskRound
from community_dashboard.engagement.risk.policy import policy_of
from community_dashboard.engagement.risk.tasks import learn_risks, reckon_risks


def save_policy(*, by: Any, course_key: CourseKey, policy: Policy, now: datetime) -> None:
    """Keeps the choice, and has the chances reckoned anew if its meaning changed. PermissionDenied for who may not."""
    _check(by, course_key)
    before = policy_of(course_key)
    RiskPolicy.objects.update_or_create(
        course_key=course_key,
        defaults={
            "means": policy.means.value,
            "days": policy.days,
            "capacity": policy.capacity,
            "changed_by": by,
            "changed_at": now,
        },
    )
    if (before.means, before.days) != (policy.means, policy.days):
        transaction.on_commit(lambda: reckon_risks.delay(str(course_key)))


def ask_to_learn(*, by: Any, course_key: CourseKey, now: datetime) -> None:
    """Has the course learn from its past as soon as a worker is free. PermissionDenied for who may not. Few queries."""
    _check(by, course_key)
    RiskRound.objects.update_or_create(course_key=course_key, defaults={"asked_at": now})
    transaction.on_commit(lambda: learn_risks.delay(str(course_key)))


def forget_person(*, user_id: int) -> None:
    """The chances and reasons of a person are deleted; choices stay without who made them. Two statements."""
    RiskReading.objects.filter(person=user_id).delete()
    RiskPolicy.objects.filter(changed_by_id=user_id).update(changed_by=None)


def _check(by: Any, course_key: CourseKey) -> None:
    if not may(by, course_key, Capability.SETTINGS):
        raise PermissionDenied
