"""What the digest keeps of a person who moderates."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.digest.models import Digest
from referral_xblock.api import OwnDataPart, in_pages


def own_digests(user_id: int) -> Iterator[OwnDataPart]:
    """One list: a line for each course that the person moderates. One query."""
    yield OwnDataPart(
        "daily_mail_to_moderators",
        _("The courses of which you get, or stopped, the daily mail to moderators, and the day of the last."),
        in_pages(Digest.objects.filter(user_id=user_id), course="course_key", last="last_day", stopped_at="stopped_at"),
    )
