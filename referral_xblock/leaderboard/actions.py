"""A person's own choice whether, and under which name, to appear. Off until they choose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.names import LONGEST, problem_with, tidy
from referral_xblock.consent.queries import shown_name
from referral_xblock.host.chosen import get_host
from referral_xblock.leaderboard.models import Appearance, Standing
from referral_xblock.policy.queries import policy_of

KINDS = ("first", "chosen", "pseudonym")


def appear(*, user: Any, course_key: CourseKey, kind: str, pseudonym: str, now: datetime) -> str:
    """Keeps under which name the person appears from now on, and returns it.

    PermissionDenied for who is not enrolled, or where there is no leaderboard; ValidationError in words for a name that
    cannot be shown. Six statements.
    """
    enrolment = get_host().enrolment(user, course_key) if policy_of(course_key).leaderboard else None
    if enrolment is None or not enrolment.active:
        raise PermissionDenied
    if kind not in KINDS:
        raise ValidationError(_("Please choose one of the answers."))
    name = {"first": first_name, "chosen": lambda user: shown_name(user.id)}.get(kind, lambda _user: pseudonym)(user)
    name = tidy(name)
    problem = problem_with(name) if name else "empty"
    sentences = {
        "empty": _("Please write the name under which you want to appear."),
        "too_long": _("Please choose a name of at most %(longest)d characters.") % {"longest": LONGEST},
        "address": _("A name cannot hold an address. Please use words only."),
        "staff": _("This name could be taken for the course team. Please choose another."),
    }
    if problem:
        raise ValidationError(sentences[problem])
    with transaction.atomic():
        Appearance.objects.update_or_create(
            user=user, course_key=course_key, defaults={"kind": kind, "shown_as": name, "changed_at": now}
        )
        Standing.objects.filter(user=user, course_key=course_key).update(shown=True)
    return name


def disappear(*, user: Any, course_key: CourseKey) -> None:
    """The person is listed no longer; points and place are kept, and shown to nobody else. Two statements."""
    with transaction.atomic():
        Appearance.objects.filter(user=user, course_key=course_key).delete()
        Standing.objects.filter(user=user, course_key=course_key).update(shown=False)


def first_name(user: Any) -> str:
    """The first word of the name in the account; "" if it has none. One query."""
    person = get_host().people([user.id]).get(user.id)
    name = person.name if person and person.name != person.username else ""
    return name.split()[0] if name.split() else ""
