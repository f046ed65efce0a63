"""Writes of the shield. Each may be repeated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import TEAM
from community_dashboard.data import ForumRole, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.shield.judging import Sight, Verdict
from community_dashboard.moderation.shield.models import ShieldRules, Trace
from community_dashboard.moderation.shield.queries import Seen
from community_dashboard.moderation.shield.rules import Rules, to_json
from referral_xblock.api import Role
from referral_xblock.api import get_host as get_people_host

KEPT = timedelta(days=30)
# A trace that is there is written over by these; whether the post is masked stays.
WRITTEN = (
    "course_key", "thread_id", "posted_at", "judged_at", "text", "mark", "signs", "same_text", "posts_in_hour", "held_in_hour",
    "hold",
)  # fmt: skip
AT_ONCE = 1_000


class NotAllowedError(Exception):
    """The account may read the rules of this course, and not change them."""


class ChangedError(Exception):
    """Somebody else saved other rules meanwhile. Nothing was written."""


def may_change(by: Any, course_key: CourseKey) -> bool:
    """Whether somebody may change the rules: global staff, the forum's Administrators, and course staff with a role in the forum.

    Rules act in the whole forum and outlast whoever moderates today, so the other moderators read them. The cost of the roles.
    """
    roles = get_people_host().roles(by, course_key)
    if Role.GLOBAL_STAFF in roles:
        return True
    held = get_host().forum_roles_of([by.id], course_key).get(by.id, frozenset())
    return ForumRole.ADMINISTRATOR in held or bool(held and roles & TEAM)


def save_rules(*, by: Any, course_key: CourseKey, rules: Rules, version: int, now: datetime) -> int:
    """Makes these the rules of the course, if nobody changed those of `version` meanwhile; the new version.

    Raises NotAllowedError, ChangedError. Two statements besides the roles.
    """
    if not may_change(by, course_key):
        raise NotAllowedError
    values = {"rules": to_json(rules), "changed_at": now, "changed_by": by}
    with transaction.atomic():
        if version == 0:
            fresh = ShieldRules(course_key=course_key, version=0, changed_at=now)
            ShieldRules.objects.bulk_create([fresh], ignore_conflicts=True)
        saved = ShieldRules.objects.filter(course_key=course_key, version=version)
        if not saved.update(**values, version=version + 1):
            raise ChangedError
    return version + 1


def remember(*, seen: Iterable[tuple[Seen, Sight, Verdict]], now: datetime) -> None:
    """Leaves a trace of judged posts. Two statements for a few hundred."""
    rows = [
        Trace(
            course_key=one.row.course_key,
            kind=one.row.kind,
            post_id=one.row.post_id,
            thread_id=one.row.thread_id,
            posted_at=one.facts.posted_at,
            judged_at=now,
            text=one.text,
            mark=one.mark,
            signs={sign.value: points for sign, points in sight.signs.items()},
            same_text=sight.same_text,
            posts_in_hour=sight.posts_in_hour,
            held_in_hour=sight.held_in_hour,
            hold=verdict.hold,
        )
        for one, sight, verdict in seen
    ]
    told = connection.features.supports_update_conflicts_with_target  # MySQL finds the key itself
    Trace.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        update_fields=list(WRITTEN),
        unique_fields=["kind", "post_id"] if told else None,
    )


def say_held(*, ref: PostRef) -> None:
    """The post was masked. One statement."""
    Trace.objects.filter(kind=ref.kind.value, post_id=ref.id).update(held=True)


def forget_traces(*, now: datetime) -> int:
    """Deletes the traces that are older than thirty days; returns how many."""
    deleted = 0
    while keys := list(Trace.objects.filter(judged_at__lt=now - KEPT).values_list("pk", flat=True)[:AT_ONCE]):
        deleted += Trace.objects.filter(pk__in=keys).delete()[0]
    return deleted


def forget_person(*, user_id: int) -> None:
    """Takes a retired person off the rules they changed. One statement."""
    ShieldRules.objects.filter(changed_by=user_id).update(changed_by=None)
