"""Writes of moments and of what was said. Each may come twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.data import UnitState
from referral_xblock.host.chosen import get_host
from referral_xblock.policy.queries import is_held_out, policy_of
from referral_xblock.prompts.models import Asking, Moment
from referral_xblock.prompts.queries import history_of
from referral_xblock.prompts.rules import REST, Kind

OF_A_UNIT = {UnitState.PASSED: Kind.UNIT, UnitState.FAILED: Kind.STUMBLE}


def is_wanted(user_id: int, course_key: CourseKey) -> bool:
    """Whether a prompt could ever come of what happens to this person in this course. No query while the rules are cached."""
    return policy_of(course_key).prompts and not is_held_out(user_id, course_key)


def note(*, user_id: int, course_key: CourseKey, kind: Kind, happened_at: datetime) -> None:
    """Keeps when this last happened, if a prompt could come of it. Two statements at most.

    Who answers in the forum is spoken to once in a course, after the first answer that we hear of.
    """
    if not is_wanted(user_id, course_key):
        return
    _row, new = Moment.objects.get_or_create(
        user_id=user_id, course_key=course_key, kind=kind.value, defaults={"happened_at": happened_at}
    )
    if not new and kind is not Kind.ANSWER:
        Moment.objects.filter(
            user_id=user_id, course_key=course_key, kind=kind.value, happened_at__lt=happened_at
        ).update(happened_at=happened_at)


def is_worth_a_look(*, user_id: int, course_key: CourseKey, now: datetime) -> bool:
    """Whether it matters now that this person passes a unit: whoever was asked lately is left alone. One query at most."""
    if not is_wanted(user_id, course_key):
        return False
    history = history_of(user_id)
    return not history.never and not history.rests(now)


def look_at_unit(*, user_id: int, usage_key: UsageKey, now: datetime) -> None:
    """Asks the platform how the person fares in the unit of this block, and keeps it if it is passed, or failed in a part."""
    user = get_user_model().objects.filter(id=user_id).first()
    if user is None or not is_worth_a_look(user_id=user_id, course_key=usage_key.course_key, now=now):
        return
    kind = OF_A_UNIT.get(get_host().unit_state(user, usage_key))
    if kind is not None:
        note(user_id=user_id, course_key=usage_key.course_key, kind=kind, happened_at=now)


def begin_prompt(*, user_id: int, what: str, now: datetime) -> bool:
    """Keeps that this prompt is seen now; False if another was in the last seven days, also in a race. Two statements."""
    Asking.objects.get_or_create(user_id=user_id)
    rested = Q(prompted_at=None) | Q(prompted_at__lte=now - REST)
    unanswered = Q(answered_at=None) | Q(answered_at__lte=now - REST)
    free = Asking.objects.filter(rested, unanswered, user_id=user_id, never=False)
    return free.update(prompted_at=now, prompted_for=what) > 0


def say_not_now(*, user: Any, now: datetime) -> None:
    """The person does not want to be asked in the next seven days."""
    Asking.objects.update_or_create(user=user, defaults={"answered_at": now})


def say_never(*, user: Any, never: bool, now: datetime) -> None:
    """The person does not want to be asked at all; or, taken back, may be asked again, seven days from now."""
    Asking.objects.update_or_create(user=user, defaults={"never": never, "answered_at": now})
