"""Many showings and shares at once, by the rules of the single actions. Repeatable: what was known is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.sharing.models import Share, Showing
from referral_xblock.sharing.networks import channel_slugs

BATCH = 500


@dataclass(frozen=True)
class NewShowing:
    """A learner had half of a block's panel in view."""

    user_id: int
    placement: str
    in_holdout: bool
    shown_at: datetime


@dataclass(frozen=True)
class NewShare:
    """A learner shared by a channel."""

    user_id: int
    placement: str
    channel: str
    shared_at: datetime


def record_showings(*, course_key: CourseKey, showings: Iterable[NewShowing]) -> None:
    """Notes who had which panel in view, once per learner and block; the earliest counts. One statement for 500 rows."""
    rows = [
        Showing(
            user_id=showing.user_id,
            course_key=course_key,
            placement=showing.placement,
            in_holdout=showing.in_holdout,
            shown_at=showing.shown_at,
        )
        for showing in sorted(showings, key=lambda showing: showing.shown_at)
    ]
    Showing.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def record_shares(*, course_key: CourseKey, shares: Iterable[NewShare]) -> None:
    """Notes who shared, once per learner, channel and day (UTC); the earliest placement counts. Unknown channels are left out.

    One statement for 500 rows.
    """
    known = set(channel_slugs())
    rows = [
        Share(
            user_id=share.user_id,
            course_key=course_key,
            placement=share.placement,
            channel=share.channel,
            day=share.shared_at.date(),
        )
        for share in sorted(shares, key=lambda share: share.shared_at)
        if share.channel in known
    ]
    Share.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
