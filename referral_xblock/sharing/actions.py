"""Writes of what was shown and shared. Idempotent: the unique rows are the count."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.emission import events
from referral_xblock.emission.emitting import emit
from referral_xblock.sharing.models import Share, Showing
from referral_xblock.sharing.networks import channel_slugs
from referral_xblock.signals import LINK_SHARED


def record_showing(*, user_id: int, course_key: CourseKey, placement: str, in_holdout: bool, now: datetime) -> bool:
    """Notes that the learner had the panel in view; False if that was known."""
    try:
        with transaction.atomic():
            Showing.objects.create(
                user_id=user_id, course_key=course_key, placement=placement, in_holdout=in_holdout, shown_at=now
            )
    except IntegrityError:
        return False
    return True


def record_share(*, user_id: int, course_key: CourseKey, placement: str, channel: str, now: datetime) -> bool:
    """Notes that the learner shared by this channel today; False if that was known, or for a channel there is not.

    What is new is told by LINK_SHARED after the commit.
    """
    if channel not in channel_slugs():
        return False
    try:
        with transaction.atomic():
            Share.objects.create(
                user_id=user_id, course_key=course_key, placement=placement, channel=channel, day=now.date()
            )
    except IntegrityError:
        return False
    told = {"course_key": course_key, "user_id": user_id, "channel": channel, "day": now.date()}
    transaction.on_commit(lambda: LINK_SHARED.send_robust(sender=None, **told), robust=True)
    emit(events.LINK_SHARED, {"channel": channel, "block": placement}, user_id=user_id, course_key=course_key)
    return True
