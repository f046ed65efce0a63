"""Writes of the ledger. Every one is idempotent; the journey is computed anew once the transaction has committed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from completion.models import BlockCompletion
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.actions import choose_telling_first
from referral_xblock.data import LinkState, Role, Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.journey import attribution, ledger
from referral_xblock.journey.models import Event, Journey, Touch
from referral_xblock.links import actions as link_actions
from referral_xblock.links.queries import FoundLink, find_clicks
from referral_xblock.policy.queries import policy_of


def bind_clicks(*, user: Any, course_key: CourseKey, click_ids: Iterable[int], tells: Telling, now: datetime) -> int:
    """Binds clicks to the account that came of them; returns how many were new. A click binds at most one account.

    Clicks that are gone, belong to another course or are bound already are passed over.
    """
    wanted = list(dict.fromkeys(click_ids))
    bound = 0
    for click in find_clicks(wanted).values():
        if click.course_key == course_key:
            bound += _touch(
                user=user,
                token=f"click:{click.id}",
                course_key=course_key,
                link_id=click.link_id,
                kind="link",
                happened_at=click.created_at,
                same_browser=click.same_browser,
                now=now,
                click_id=click.id,
            )
    if bound:
        choose_telling_first(user_id=user.id, course_key=course_key, tells=tells, now=now)
        _note_what_was_before(user, course_key)
        recompute_on_commit(user.id, course_key)
    return bound


def type_code(*, user: Any, link: FoundLink, tells: Telling, now: datetime) -> None:
    """Binds a typed code. ValidationError in words for the own link and for one that no longer invites."""
    if link.owner_id == user.id:
        raise ValidationError(_("This is your own code. Please type the code of the person who invited you."))
    if link.state is not LinkState.OPEN:
        raise ValidationError(_("This code no longer invites. The course itself may still be open."))
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
        _note_what_was_before(user, link.course_key)
        recompute_on_commit(user.id, link.course_key)


def _touch(
    *, user: Any, token: str, course_key: CourseKey, click_id: int | None = None, now: datetime, **facts: Any
) -> bool:
    try:
        with transaction.atomic():
            Touch.objects.create(
                token=token,
                user=user,
                course_key=course_key,
                bound_at=now,
                is_staff=Role.COURSE_STAFF in get_host().roles(user, course_key),
                admitted=policy_of(course_key).admits(user.email),
                **facts,
            )
    except IntegrityError:
        return False
    if click_id is not None:
        link_actions.name_person(click_id=click_id, user_id=user.id)
    link_actions.count_account(link_id=facts["link_id"])
    return True


def _note_what_was_before(user: Any, course_key: CourseKey) -> None:
    """Puts into the ledger what the platform knew of the person before we listened."""
    note_event(
        event_id=f"account:{user.id}", user_id=user.id, kind=attribution.REGISTERED, happened_at=user.date_joined
    )
    enrolment = get_host().enrolment(user, course_key)
    known = Event.objects.filter(user=user, course=str(course_key), kind=attribution.ENROLLED).exists()
    if enrolment and not known:
        note_event(
            event_id=once("enrolment", user.id, course_key),
            user_id=user.id,
            kind=attribution.ENROLLED,
            happened_at=enrolment.created,
            course_key=course_key,
        )
    first_block = (
        BlockCompletion.objects.filter(user=user, context_key=course_key, completion__gt=0)
        .order_by("created").values_list("created", flat=True).first()
    )  # fmt: skip
    if first_block:
        note_active(user_id=user.id, course_key=course_key, happened_at=first_block)


def note_event(
    *,
    event_id: str,
    user_id: int,
    kind: str,
    happened_at: datetime,
    course_key: CourseKey | None = None,
    by_other: bool = False,
) -> bool:
    """Adds what the platform said to the ledger; False if it was there already. One statement in a savepoint."""
    try:
        with transaction.atomic():
            Event.objects.create(
                event_id=event_id,
                user_id=user_id,
                course=str(course_key or ""),
                kind=kind,
                happened_at=happened_at,
                by_other=by_other,
            )
    except IntegrityError:
        return False
    return True


def note_active(*, user_id: int, course_key: CourseKey, happened_at: datetime) -> bool:
    """The person completed a first block. The number of the ledger row makes the second a repetition."""
    return note_event(
        event_id=once("active", user_id, course_key),
        user_id=user_id,
        kind=attribution.ACTIVE,
        happened_at=happened_at,
        course_key=course_key,
    )


def note_completion_share(*, user: Any, course_key: CourseKey, now: datetime) -> bool:
    """Where nothing is graded, notes that the person has completed as much of the course as the policy asks."""
    if get_host().completion_share(user, course_key) * 100 < policy_of(course_key).completion_share:
        return False
    return note_event(
        event_id=once("completed", user.id, course_key),
        user_id=user.id,
        kind=attribution.COMPLETED,
        happened_at=now,
        course_key=course_key,
    )


def once(kind: str, user_id: int, course_key: CourseKey) -> str:
    """An event number for what happens once per person and course, within 80 characters."""
    return f"{kind}:{user_id}:" + hashlib.sha256(str(course_key).encode()).hexdigest()[:32]


def recompute_on_commit(user_id: int, course_key: CourseKey) -> None:
    """Computes the journey anew after the commit; an error there is logged and never reaches the platform."""
    transaction.on_commit(lambda: ledger.recompute([user_id], course_key), robust=True)


def recompute_all(*, course_key: CourseKey | None = None) -> tuple[int, int]:
    """Computes every journey anew, of one course or of all; returns (people looked at, journeys changed)."""
    touched = Touch.objects.all() if course_key is None else Touch.objects.filter(course_key=course_key)
    stale = Journey.objects.all() if course_key is None else Journey.objects.filter(course_key=course_key)
    courses = set(touched.values_list("course_key", flat=True).distinct())
    courses |= set(stale.values_list("course_key", flat=True).distinct())
    looked_at = changed = 0
    for key in sorted(courses, key=str):
        user_ids = set(touched.filter(course_key=key).values_list("user_id", flat=True).distinct())
        user_ids |= set(stale.filter(course_key=key).values_list("user_id", flat=True))
        looked_at += len(user_ids)
        changed += ledger.recompute(user_ids, key)
    return looked_at, changed
