"""Writes: a moderator's word on one post, and what a course learned. Both may be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import Act, PostRef
from community_dashboard.host.forum_rules import may
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.urgency.learning import Example, learn
from community_dashboard.moderation.urgency.models import LearnedUrgency, UrgencyMark
from community_dashboard.moderation.urgency.weights import as_stored
from referral_xblock.api import get_host

KEPT = 5  # versions of a course


def mark(*, by: Any, course_key: CourseKey, ref: PostRef, urgent: bool, now: datetime) -> bool:
    """Says that a post of this course is urgent or is not; False if the post is not there. The cost of the roles, three queries.

    Raises PermissionDenied for who does not moderate the forum. Whoever calls it tells the queue.
    """
    if not may(Act.CLEAR_FLAGS, get_host().roles(by, course_key)):
        raise PermissionDenied
    if find_post(course_key, ref) is None:
        return False
    values = {"course_key": course_key, "urgent": urgent, "by": by, "marked_at": now}
    with transaction.atomic():
        UrgencyMark.objects.update_or_create(kind=ref.kind.value, post_id=ref.id, defaults=values)
    return True


def keep_learned(*, course_key: CourseKey, examples: Sequence[Example], now: datetime) -> LearnedUrgency | None:
    """Learns from these examples, the newest first, and keeps it as the course's next version; None if they are too few.

    About a second; scikit-learn must be there (`learning.can_learn`). Of two workers at once one keeps its version.
    """
    learned = learn(examples)
    if learned is None:
        return None
    rows = LearnedUrgency.objects.filter(course_key=course_key)
    newest = rows.order_by("-version").values_list("version", flat=True).first() or 0
    try:
        with transaction.atomic():
            row = LearnedUrgency.objects.create(
                course_key=course_key,
                version=newest + 1,
                learned_at=now,
                examples=learned.examples,
                urgent=learned.urgent,
                f1_signs=learned.f1_signs,
                f1_learned=learned.f1_learned,
                better=learned.better,
                weights=as_stored(learned.weights),
            )
            rows.filter(version__lte=row.version - KEPT).delete()
    except IntegrityError:
        return rows.get(version=newest + 1)
    return row


def forget_person(*, user_id: int) -> None:
    """Whose word it was is no longer known; the word stays. One statement."""
    UrgencyMark.objects.filter(by_id=user_id).update(by=None)
