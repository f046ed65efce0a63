"""What is left of a retired person here: "tells nothing", where a friend still counts, and that nobody writes to them."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.models import FriendChoice, NameChoice, Suppression
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.data import Telling


def forget(user_id: int) -> None:
    """Deletes the name and the choices. Two statements."""
    NameChoice.objects.filter(user_id=user_id).delete()
    FriendChoice.objects.filter(user_id=user_id).delete()


def move(user_id: int, course_key: CourseKey, *, stub_id: int) -> None:
    """From now on the inviter sees nothing of this friend. One statement."""
    FriendChoice.objects.filter(user_id=user_id, course_key=course_key).update(
        user_id=stub_id, tells=Telling.NOTHING.value
    )


def never_write_to(email: str, *, now: datetime) -> None:
    """Nothing is sent to this address again, whoever asks for it. Repeatable. About three statements."""
    row, _new = Suppression.objects.get_or_create(
        mailbox=mailboxes_of(email)[0], defaults={"reason": "retired", "since": now}
    )
    if row.reason != "retired":  # what its reader asked for could be taken back
        Suppression.objects.filter(id=row.id).update(reason="retired")
