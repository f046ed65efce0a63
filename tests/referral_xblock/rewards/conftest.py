"""Journeys of friends without the long way through the pages, and a key for badges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from referral_xblock.data import Status
from referral_xblock.models import Journey
from referral_xblock.policy.actions import save_policy
from referral_xblock.policy.queries import exported
from referral_xblock.rewards.new_key import make_key


@pytest.fixture
def friends(link, cast, course_key, now) -> Callable[..., Journey]:
    """`friends(1, active=True)` writes the credited journey of a new friend of chen, enrolled ten days ago."""

    def invite(number: int, *, inviter: Any = None, days: int = 10, active: bool = False, **columns: Any) -> Journey:
        user = get_user_model().objects.create_user(f"friend{number}", f"friend{number}@example.org", "secret")
        enrolled = now - timedelta(days=days)
        values: dict[str, Any] = {
            "inviter": inviter or cast.chen,
            "status": Status.CREDITED.value,
            "clicked_at": enrolled,
            "enrolled_at": enrolled,
            "active_at": enrolled + timedelta(hours=1) if active else None,
        }
        return Journey.objects.create(user=user, course_key=course_key, **values | columns)

    return invite


@pytest.fixture
def milestones(cast, course_key, now) -> Callable[..., None]:
    """`milestones({"counts": "active", "number": 2, "title": "Guide"}, reward_budget=3)` saves them as ada does."""

    def save(*given: dict[str, Any], **rules: Any) -> None:
        values = exported(course_key) | {"milestones": list(given)} | rules
        form = save_policy(course_key=course_key, values=values, actor=cast.ada, now=now)
        assert not form.errors, form.errors

    return save


@pytest.fixture
def badge_key(settings) -> str:
    """The site has a key for badges."""
    settings.REFERRAL_BADGE_KEY, _public = make_key()
    return settings.REFERRAL_BADGE_KEY
