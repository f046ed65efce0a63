"""Writes of the course policy. Who may call them is checked here: the course's own team."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Policy, Role
from referral_xblock.host.cache_keys import cache_key
from referral_xblock.host.chosen import get_host
from referral_xblock.policy.forms import PolicyForm
from referral_xblock.policy.models import CoursePolicy, Rerun
from referral_xblock.policy.queries import CACHED, COLUMNS, exported, from_values


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
        transaction.on_commit(lambda: cache.delete(cache_key(CACHED, course_key)))
    return form


def propose_policy(*, course_key: CourseKey, values: dict, actor: Any) -> tuple[PolicyForm, Policy | None]:
    """Checks as `save_policy` does and saves nothing: the bound form, and the rules that it would save; None if it cannot."""
    if Role.COURSE_STAFF not in get_host().roles(actor, course_key):
        raise PermissionDenied
    row = CoursePolicy.objects.filter(course_key=course_key).first() or CoursePolicy(course_key=course_key)
    form = PolicyForm(values, instance=row)
    if not form.is_valid():
        return form, None
    return form, from_values({column: getattr(row, column) for column in COLUMNS})


def note_rerun(*, course_key: CourseKey, now: datetime) -> bool:
    """Remembers of which course this one is the re-run, as the platform knows; False if it does not. Repeatable.

    Nobody's rules change: the settings page of the new course offers to take them over.
    """
    source = get_host().rerun_source(course_key)
    if source is None:
        return False
    Rerun.objects.update_or_create(course_key=course_key, defaults={"source_key": source, "noted_at": now})
    return True


def copy_policy(*, course_key: CourseKey, source: CourseKey, actor: Any, now: datetime) -> PolicyForm:
    """Takes over the rules of another run. Raises PermissionDenied for who is not course staff of both."""
    if Role.COURSE_STAFF not in get_host().roles(actor, source):
        raise PermissionDenied
    return save_policy(course_key=course_key, values=exported(source), actor=actor, now=now)
