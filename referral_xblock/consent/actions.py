"""Writes of what people let others see, and of who gets no more mail. Each is the person's own: the caller passes who is
signed in, or the mailbox of a signed token."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.models import FriendChoice, NameChoice, Suppression
from referral_xblock.consent.names import LONGEST, problem_with, tidy
from referral_xblock.data import Telling


def choose_name(*, user: Any, shown_as: str, now: datetime) -> str:
    """Keeps how the person wants to be named ("" for not at all) and returns it tidied; ValidationError says what is wrong."""
    name = tidy(shown_as)
    sentences = {
        "too_long": _("Please choose a name of at most %(longest)d characters.") % {"longest": LONGEST},
        "address": _("A name cannot hold an address. Please use words only."),
        "staff": _("This name could be taken for the course team. Please choose another."),
    }
    problem = problem_with(name)
    if problem:
        raise ValidationError(sentences[problem])
    NameChoice.objects.update_or_create(user=user, defaults={"shown_as": name, "changed_at": now})
    return name


def choose_telling(*, user: Any, course_key: CourseKey, tells: Telling, now: datetime) -> None:
    """Keeps what this friend lets the inviter see, replacing an earlier choice."""
    FriendChoice.objects.update_or_create(
        user=user, course_key=course_key, defaults={"tells": tells.value, "changed_at": now}
    )


def choose_telling_first(*, user_id: int, course_key: CourseKey, tells: Telling, now: datetime) -> None:
    """Keeps the choice made on the invitation page, unless the person has chosen already."""
    FriendChoice.objects.get_or_create(
        user_id=user_id, course_key=course_key, defaults={"tells": tells.value, "changed_at": now}
    )


def stop_mail(*, mailbox: str, now: datetime) -> None:
    """From now on nothing is sent to the mailbox with this keyed hash. Idempotent: the first day and reason stay."""
    Suppression.objects.get_or_create(mailbox=mailbox, defaults={"reason": "asked", "since": now})


def allow_mail(*, mailbox: str) -> None:
    """Takes back what the reader of this mailbox asked for. That of a retired account stays."""
    Suppression.objects.filter(mailbox=mailbox, reason="asked").delete()
