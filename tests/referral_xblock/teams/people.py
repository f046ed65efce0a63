"""Learners of the tiny course, and journeys as the ledger would compute them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from demo.campus import actions as campus
from demo.campus.models import Profile
from referral_xblock.data import Status
from referral_xblock.models import Journey


def learner(username: str, course_key: Any, *, name: str = "") -> Any:
    """An enrolled learner."""
    user = get_user_model().objects.create(username=username, email=f"{username}@example.org")
    Profile.objects.create(user=user, name=name or username.title())
    campus.enrol(user=user, course_key=course_key, by=None, now=timezone.now())
    return user


def brought(inviter: Any, friend: Any, course_key: Any, *, days_ago: int = 10, **times: Any) -> Journey:
    """`inviter` is credited for `friend`, who enrolled so many days ago."""
    enrolled = timezone.now() - timedelta(days=days_ago)
    return Journey.objects.create(
        user=friend,
        course_key=course_key,
        inviter=inviter,
        status=Status.CREDITED.value,
        clicked_at=enrolled,
        enrolled_at=enrolled,
        **times,
    )
