"""What this domain holds of a person: what they were shown, that they shared, and that they had invitations sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from referral_xblock.own_data import Part, in_pages
from referral_xblock.sharing.models import MailInvitation, Share, Showing


def own_sharing(user_id: int) -> Iterator[Part]:
    """Three lists. A query for 500 rows each."""
    yield Part(
        "invitations_i_was_shown",
        _("Where you had an invitation panel in view. One learner in ten, by draw, sees it without its prompt."),
        in_pages(
            Showing.objects.filter(user_id=user_id),
            course="course_key",
            block="placement",
            first_seen_at="shown_at",
            without_prompt="in_holdout",
        ),
    )
    yield Part(
        "what_i_shared",
        _("On which day, and by which channel, you shared an invitation."),
        in_pages(
            Share.objects.filter(user_id=user_id),
            course="course_key",
            block="placement",
            channel="channel",
            day="day",
        ),
    )
    yield Part(
        "invitations_by_mail",
        _(
            "The messages that you had the platform send. To whom is not kept: only a code that was computed from the address."
        ),
        in_pages(
            MailInvitation.objects.filter(inviter_id=user_id),
            course="course_key",
            block="placement",
            asked_at="asked_at",
            state="state",
        ),
    )
