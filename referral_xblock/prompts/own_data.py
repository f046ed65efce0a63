"""What this domain holds of a person: good moments, and what they said to a prompt."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from referral_xblock.own_data import Part, in_pages
from referral_xblock.prompts.models import Asking, Moment, Reminder


def own_prompts(user_id: int) -> Iterator[Part]:
    """Three lists, a query each."""
    yield Part(
        "my_good_moments",
        _("When you last passed a unit, answered in the forum, earned the certificate, or stumbled."),
        in_pages(Moment.objects.filter(user_id=user_id), course="course_key", what="kind", at="happened_at"),
    )
    yield Part(
        "prompts_to_invite",
        _("When you were last asked whether you want to invite somebody, and what you said."),
        in_pages(
            Asking.objects.filter(user_id=user_id),
            asked_at="prompted_at",
            after="prompted_for",
            not_now_at="answered_at",
            never="never",
        ),
    )
    yield Part(
        "reminders_to_me",
        _("When you were last told by mail of friends who had not yet begun, and of how many."),
        in_pages(Reminder.objects.filter(user_id=user_id), course="course_key", sent_at="sent_at", friends="friends"),
    )
