"""What this domain holds of a person: how they are named, what they let be seen, and whether mail to them is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from referral_xblock.consent.models import FriendChoice, NameChoice, Suppression
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.own_data import Part, in_pages


def own_choices(user_id: int) -> Iterator[Part]:
    """Three lists. A query each, two for the mail."""
    yield Part(
        "name_on_my_invitations",
        _("How you chose to be named on your invitations."),
        in_pages(NameChoice.objects.filter(user_id=user_id), name="shown_as", chosen_at="changed_at"),
    )
    yield Part(
        "what_my_inviters_may_see",
        _("What you let the person who invited you see, course by course."),
        in_pages(
            FriendChoice.objects.filter(user_id=user_id), course="course_key", they_see="tells", chosen_at="changed_at"
        ),
    )
    yield Part(
        "mail_to_my_address_is_stopped",
        _("Whether you wanted no more invitations and news by mail. Of the address only a code is kept."),
        _stops(user_id),
    )


def _stops(user_id: int) -> Iterator[dict[str, Any]]:
    address = get_user_model().objects.filter(id=user_id).values_list("email", flat=True).first() or ""
    rows = Suppression.objects.filter(mailbox__in=mailboxes_of(address) if address else ())
    yield from in_pages(rows, code="mailbox", because="reason", since="since")
