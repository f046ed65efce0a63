"""What a course team learns of the invitations that the platform sent: how many, and no more."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Count
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import stopped_mailboxes
from referral_xblock.sharing.invitees import Dispatch
from referral_xblock.sharing.models import MailInvitation


class InvitationCounts(NamedTuple):
    """Messages of one course. Whether a mailbox exists, and who opened its mail, is not known: nothing in the mail asks."""

    waiting: int
    sent: int  # taken by the mail server
    failed: int  # not handed over, or broken off while it was
    stopped: int  # of those sent, readers who wanted no more mail


def count_mail_invitations(
    course_key: CourseKey, *, start: date | None = None, end: date | None = None
) -> InvitationCounts:
    """How many invitations of this course wait, were sent, failed and were answered with "no more mail". Two queries.

    `start` and `end`, both included, are days (UTC) on which they were asked for.
    """
    rows = MailInvitation.objects.filter(course_key=course_key)
    if start:
        rows = rows.filter(day__gte=start)
    if end:
        rows = rows.filter(day__lte=end)
    states = dict(rows.values_list("state").annotate(number=Count("id")).order_by())
    sent = rows.filter(state=Dispatch.SENT.value)
    return InvitationCounts(
        waiting=states.get(Dispatch.WAITING.value, 0),
        sent=states.get(Dispatch.SENT.value, 0),
        failed=states.get(Dispatch.FAILED.value, 0) + states.get(Dispatch.TAKEN.value, 0),
        stopped=sent.filter(mailbox__in=stopped_mailboxes()).count(),
    )
