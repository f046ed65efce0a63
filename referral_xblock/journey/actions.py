"""Writes of the ledger. Every one is idempotent; the journey is computed from it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.actions import choose_telling_first
from referral_xblock.data import LinkState, Role, Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.models import Touch
from referral_xblock.journey.waiting import leave
from referral_xblock.links import actions as link_actions
from referral_xblock.links.queries import FoundLink, find_clicks
from referral_xblock.policy.queries import policy_of


class UsedUpError(Exception):
    """The link has brought as many accounts as it may."""


def bind_clicks(
    *,
    user: Any,
    course_key: CourseKey,
    click_ids: Iterable[int],
    tells: Telling,
    now: datetime,
    own_browser_of: Callable[[int], bool] = lambda _user_id: False,
) -> int:
    """Binds clicks to the account that came of them; returns how many were new. A click binds at most one account.

    The caller sees to it that the journey is computed; it needs what the platform knew before, see `reconcile`.
    Clicks that are gone, belong to another course, are bound already or whose link is used up are passed over.
    `own_browser_of` says whether the browser that brings them is one of this inviter's own.
    """
    bound = 0
    # In the order of their links, so that two people who come by the same links do not wait for each other for ever.
    for click in sorted(
        find_clicks(list(dict.fromkeys(click_ids))).values(), key=lambda click: (click.link_id, click.id)
    ):
        if click.course_key == course_key:
            bound += _touch(
                user=user,
                token=f"click:{click.id}",
                course_key=course_key,
                link_id=click.link_id,
                kind="link",
                happened_at=click.created_at,
                same_browser=click.same_browser or own_browser_of(click.owner_id),
                now=now,
                click_id=click.id,
            )
    if bound:
        choose_telling_first(user_id=user.id, course_key=course_key, tells=tells, now=now)
    return bound


def type_code(*, user: Any, link: FoundLink, tells: Telling, now: datetime) -> None:
    """Binds a typed code. ValidationError in words for the own link and for one that no longer invites."""
    if link.owner_id == user.id:
        raise ValidationError(_("This is your own code. Please type the code of the person who invited you."))
    if link.state is not LinkState.OPEN or policy_of(link.course_key).paused:
        raise ValidationError(_("This code does not invite at present. The course itself may still be open."))
    new = _touch(
        user=user,
        token=f"code:{user.id}:{link.id}",
        course_key=link.course_key,
        link_id=link.id,
        kind="code",
        happened_at=now,
        same_browser=False,
        now=now,
    )
    if new:
        choose_telling_first(user_id=user.id, course_key=link.course_key, tells=tells, now=now)
        leave(user_id=user.id, courses=[link.course_key], now=now)


def _touch(
    *, user: Any, token: str, course_key: CourseKey, click_id: int | None = None, now: datetime, **facts: Any
) -> bool:
    try:
        with transaction.atomic():
            # Before the ledger is written: a new row there shares a lock on its link, and of two that had done so neither
            # could go on to count.
            if not link_actions.count_account(link_id=facts["link_id"]):
                raise UsedUpError
            Touch.objects.create(
                token=token,
                user=user,
                course_key=course_key,
                bound_at=now,
                is_staff=Role.COURSE_STAFF in get_host().roles(user, course_key),
                admitted=policy_of(course_key).admits(user.email),
                **facts,
            )
            if click_id is not None:
                link_actions.name_person(click_id=click_id, user_id=user.id)
    except (IntegrityError, UsedUpError):
        return False
    return True
