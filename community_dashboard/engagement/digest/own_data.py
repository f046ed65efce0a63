"""What the weekly digest keeps of a person of a course team."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.engagement.digest.models import DigestSwitch, WeeklyDigest
from referral_xblock.api import OwnDataPart, in_pages


def own_weekly_digests(user_id: int) -> Iterator[OwnDataPart]:
    """Two lists: a line for each course of whose team the person is, and for each that they switched. One query for each page."""
    yield OwnDataPart(
        "weekly_mail_to_teams",
        _("The courses of which you get, or stopped, the weekly mail to the course team, and the week of the last."),
        in_pages(
            WeeklyDigest.objects.filter(user_id=user_id), course="course_key", last="last_week", stopped_at="stopped_at"
        ),
    )
    yield OwnDataPart(
        "weekly_mail_switched",
        _("The courses whose weekly mail you switched on or off for all, and when."),
        in_pages(DigestSwitch.objects.filter(changed_by=user_id), course="course_key", on="on", at="changed_at"),
    )
