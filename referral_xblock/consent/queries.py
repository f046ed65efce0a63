"""Reads of what people let others see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.mailboxes import mailbox_hash
from referral_xblock.consent.models import FriendChoice, NameChoice, Suppression
from referral_xblock.data import Telling
from referral_xblock.host.secret import hash_secrets


def shown_name_of(user_column: str) -> Coalesce:
    """An annotation: the name by which the user in `user_column` chose to be shown, "" if none. Adds no query."""
    chosen = NameChoice.objects.filter(user=OuterRef(user_column)).values("shown_as")[:1]
    return Coalesce(Subquery(chosen), Value(""))


def shown_name(user_id: int) -> str:
    """The name by which this person chose to be shown, "" if none. One query."""
    return NameChoice.objects.filter(user_id=user_id).values_list("shown_as", flat=True).first() or ""


def telling_of(user_id: int, course_key: CourseKey) -> Telling:
    """What this friend lets the inviter see. One query."""
    chosen = FriendChoice.objects.filter(user_id=user_id, course_key=course_key).values_list("tells", flat=True).first()
    return Telling(chosen) if chosen else Telling.DAY


def tellings(user_ids: list[int], course_key: CourseKey) -> dict[int, Telling]:
    """What these friends let the inviter see; those who said nothing are left out. One query."""
    rows = FriendChoice.objects.filter(user_id__in=user_ids, course_key=course_key).values_list("user_id", "tells")
    return {user_id: Telling(tells) for user_id, tells in rows}


def silent_friends(course_key: CourseKey) -> QuerySet:
    """The people of this course who let nothing be seen, as a sub-query of user ids. Adds no query."""
    return FriendChoice.objects.filter(course_key=course_key, tells=Telling.NOTHING.value).values("user_id")


def telling_friends(course_key: CourseKey) -> QuerySet:
    """The people of this course who let their learning stages be seen, as a sub-query of user ids. Adds no query."""
    return FriendChoice.objects.filter(course_key=course_key, tells=Telling.STAGES.value).values("user_id")


def mailboxes_of(address: str) -> tuple[str, ...]:
    """The keyed hashes under which this address may be known: by the present key first, then by earlier ones. No query."""
    return tuple(mailbox_hash(address, secret=secret) for secret in hash_secrets())


def is_suppressed(address: str) -> bool:
    """Whether nothing may be sent to this address. One query."""
    return bool(suppressed_among([address]))


def suppressed_among(addresses: Iterable[str]) -> set[str]:
    """Those of these addresses to which nothing may be sent. One query; pass at most some hundreds."""
    known = {address: mailboxes_of(address) for address in addresses}
    wanted = [mailbox for mailboxes in known.values() for mailbox in mailboxes]
    stopped = set(Suppression.objects.filter(mailbox__in=wanted).values_list("mailbox", flat=True))
    return {address for address, mailboxes in known.items() if stopped.intersection(mailboxes)}


def is_stopped(mailbox: str) -> bool:
    """Whether nothing may be sent to the mailbox with this keyed hash. One query."""
    return Suppression.objects.filter(mailbox=mailbox).exists()


def stopped_mailboxes() -> QuerySet:
    """The keyed hashes of the mailboxes whose readers wanted no more mail, as a sub-query. Adds no query."""
    return Suppression.objects.filter(reason="asked").values("mailbox")
