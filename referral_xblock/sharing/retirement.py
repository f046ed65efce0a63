"""What is left of a retired person here: that somebody saw the panel, shared, or had an invitation sent."""

from __future__ import annotations

import secrets

from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.mailboxes import HASH_LENGTH
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.sharing.invitees import Dispatch
from referral_xblock.sharing.models import MailInvitation, Share, Showing


def courses_of(user_id: int) -> set[CourseKey]:
    """The courses in which the person saw the panel, shared or invited by mail. Three queries."""
    own = (
        Showing.objects.filter(user_id=user_id),
        Share.objects.filter(user_id=user_id),
        MailInvitation.objects.filter(inviter_id=user_id),
    )
    return {key for rows in own for key in rows.values_list("course_key", flat=True).distinct()}


def move(user_id: int, course_key: CourseKey, *, stub_id: int) -> None:
    """Moves all three to the stub. What has not been sent under the person's name yet never is. Four statements."""
    for table in (Showing, Share):
        table.objects.filter(user_id=user_id, course_key=course_key).update(user_id=stub_id)
    invitations = MailInvitation.objects.filter(inviter_id=user_id, course_key=course_key)
    invitations.filter(state=Dispatch.WAITING.value).delete()
    invitations.update(inviter_id=stub_id, press="")


def forget_mailbox(email: str) -> None:
    """Somebody with this address was invited once: from now on nobody can tell who. The count of the course stays.

    That nothing is sent there again is kept in `consent`. One statement for each key of the site, one more if there was one.
    """
    for mailbox in mailboxes_of(email):
        rows = MailInvitation.objects.filter(mailbox=mailbox)
        rows.filter(state=Dispatch.WAITING.value).delete()
        rows.update(mailbox=secrets.token_hex(HASH_LENGTH // 2))
