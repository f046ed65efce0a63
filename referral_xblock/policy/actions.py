"""Writes of the course policy. Who may call them is checked here: the course's own team."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host
from referral_xblock.policy.forms import PolicyForm
from referral_xblock.policy.models import CoursePolicy
from referral_xblock.policy.queries import cache_key, exported


def save_policy(*, course_key: CourseKey, values: dict, actor: Any, now: datetime) -> PolicyForm:
    """Checks and saves; the form that comes back is bound and has the errors, if any, in words.

    Used by the settings page and by the import of a file alike. Raises PermissionDenied for who is not course staff.
    """
    if Role.COURSE_STAFF not in get_host().roles(actor, course_key):
        raise PermissionDenied
    row = CoursePolicy.objects.filter(course_key=course_key).first() or CoursePolicy(course_key=course_key)
    form = PolicyForm(values, instance=row)
    if form.is_valid():
        row.changed_at = now
        row.changed_by = actor
        with transaction.atomic():
            form.save()
        transaction.on_commit(lambda: cache.delete(cache_key(course_key)))
    return form


def copy_policy(*, course_key: CourseKey, source: CourseKey, actor: Any, now: datetime) -> PolicyForm:
    """Takes over the rules of another run. Raises PermissionDenied for who is not course staff of both."""
    if Role.COURSE_STAFF not in get_host().roles(actor, source):
        raise PermissionDenied
    return save_policy(course_key=course_key, values=exported(source), actor=actor, now=now)
