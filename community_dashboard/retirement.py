"""What this package forgets of a person whose account is retired."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from community_dashboard.activity.rollup.forgetting import forget_person
from community_dashboard.engagement.digest import actions as weekly_digest
from community_dashboard.engagement.learners import actions as learners
from community_dashboard.engagement.risk import actions as risk
from community_dashboard.engagement.segments import actions as segments
from community_dashboard.moderation.appeals import actions as appeals
from community_dashboard.moderation.bulk import forgetting as bulk
from community_dashboard.moderation.clock import actions as clock
from community_dashboard.moderation.decisions import forgetting as decisions
from community_dashboard.moderation.digest import actions as digest
from community_dashboard.moderation.phone import taps
from community_dashboard.moderation.projection import actions as projection
from community_dashboard.moderation.queue import forgetting as queue
from community_dashboard.moderation.sanctions import actions as sanctions
from community_dashboard.moderation.shield import actions as shield
from community_dashboard.moderation.urgency import actions as urgency


def forget_retired(user: Any, **kwargs: Any) -> None:
    """Forgets the person of an account that is being retired; told three times on the way, it does its work once.

    Unlike the listeners it raises what goes wrong: the platform's retirement then stops at this account and is run again,
    instead of calling done what is not.
    """
    forget_person(user_id=user.id, now=timezone.now())
    learners.forget_person(user_id=user.id)
    appeals.forget_author(user_id=user.id)
    bulk.forget_person(user_id=user.id)
    clock.forget_person(user_id=user.id)
    digest.forget_person(user_id=user.id)
    taps.forget_person(user_id=user.id)
    decisions.forget_person(user_id=user.id)
    projection.forget_author(user_id=user.id)
    queue.forget_person(user_id=user.id)
    sanctions.forget_author(user_id=user.id)
    risk.forget_person(user_id=user.id)
    shield.forget_person(user_id=user.id)
    urgency.forget_person(user_id=user.id)
    weekly_digest.forget_person(user_id=user.id)
    segments.forget_person(user_id=user.id)
