"""A tap that is repeated, because the line is bad or the thumb quick, is taken once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from community_dashboard.moderation.phone.models import Tap

KEPT = timedelta(days=7)


def new_token() -> str:
    """For one form of one page."""
    return secrets.token_hex(16)


def take(*, user: Any, token: str, said: str, now: datetime) -> bool:
    """Whether this tap is the first with its token: one statement decides, also in a race."""
    try:
        with transaction.atomic():
            Tap.objects.create(user=user, token=token, said=said, tapped_at=now)
    except IntegrityError:
        return False
    return True


def give_back(*, user: Any, token: str) -> None:
    """The tap came to nothing: the same form may be sent again. One statement."""
    Tap.objects.filter(user=user, token=token).delete()


def forget_old(*, now: datetime) -> int:
    """Deletes taps of more than a week ago; returns how many. One statement by an index."""
    return Tap.objects.filter(tapped_at__lt=now - KEPT).delete()[0]


def forget_person(*, user_id: int) -> None:
    """Deletes all of one person's. One statement."""
    Tap.objects.filter(user_id=user_id).delete()
