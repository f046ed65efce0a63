"""What this package forgets of a person whose account is retired."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from community_dashboard.activity.actions import forget_person


def forget_retired(user: Any, **kwargs: Any) -> None:
    """Forgets the person of an account that is being retired; told three times on the way, it does its work once.

    Unlike the listeners it raises what goes wrong: the platform's retirement then stops at this account and is run again,
    instead of calling done what is not.
    """
    forget_person(user_id=user.id, now=timezone.now())
