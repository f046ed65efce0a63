"""Hands over what was asked for: each invitation at most once, whatever is repeated, lost or killed on the way.

The row is marked and its address wiped in one statement before the mail goes out. Who dies in between has not sent it, and
nobody sends it again: one message too few is a pity, one too many breaks a promise.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import is_suppressed, shown_name
from referral_xblock.data import Course
from referral_xblock.emission.emitting import emit
from referral_xblock.emission.events import INVITATION_SENT
from referral_xblock.host.courses import seen_course
from referral_xblock.host.patience import patiently
from referral_xblock.links.actions import ensure_links
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing.invitation_letter import write
from referral_xblock.sharing.invitation_post import post
from referral_xblock.sharing.invitation_seal import unseal
from referral_xblock.sharing.invitations import CHANNEL, remind
from referral_xblock.sharing.invitees import Dispatch
from referral_xblock.sharing.models import MailInvitation
from referral_xblock.sharing.panel import tagged_address

log = logging.getLogger(__name__)

FORGOTTEN_AFTER = timedelta(minutes=5)  # by then a task that was sent has come, or will not
MOST_REMINDERS = 200


def dispatch(*, invitation_id: int, now: datetime) -> Dispatch | None:
    """Sends this invitation if it waits; None if it does not (sent, being sent, withdrawn). Never raises for a failed mail.

    What may no longer be sent (the course team has changed its mind, the mailbox wants no mail, the inviter is no longer
    named) is withdrawn: the row goes, as if it had never been asked for. About ten statements.
    """
    row = MailInvitation.objects.filter(id=invitation_id, state=Dispatch.WAITING.value).first()
    if row is None:
        return None
    address, name, course = unseal(row.sealed), shown_name(row.inviter_id), seen_course(row.course_key)
    if not address or not name or course is None or not _may_go(row.course_key, address):
        _waiting(row.id).delete()
        return None
    letter = write(name=name, course=course, url=_address(row, course, now), mailbox=row.mailbox)
    if not patiently(partial(_take, row.id, now)):
        return None
    outcome = Dispatch.SENT
    try:
        post(letter, address)
    except Exception as error:  # whatever a mail server or a template does; its words may name the address
        log.error("An invitation could not be handed over (%s). It is not sent again.", type(error).__name__)
        outcome = Dispatch.FAILED
    patiently(partial(_taken(row.id).update, state=outcome.value))
    if outcome is Dispatch.SENT:
        told = {"invitation": row.id, "block": row.placement}
        emit(INVITATION_SENT, told, user_id=row.inviter_id, course_key=row.course_key)
    return outcome


def catch_up(*, now: datetime) -> None:
    """What the worker's clock calls every few minutes: wipes what is too old, reminds of the rest."""
    wipe(now=now, keep=timedelta(hours=settings.REFERRAL_SEALED_ADDRESS_HOURS))
    remind_of_forgotten(now=now)


def remind_of_forgotten(*, now: datetime) -> int:
    """Reminds the workers of what waits for longer than a task needs; returns of how many. One query."""
    waiting = MailInvitation.objects.filter(state=Dispatch.WAITING.value, asked_at__lt=now - FORGOTTEN_AFTER)
    ids = list(waiting.order_by("asked_at").values_list("id", flat=True)[:MOST_REMINDERS])
    for invitation_id in ids:
        remind(invitation_id)
    return len(ids)


def wipe(*, now: datetime, keep: timedelta) -> int:
    """Withdraws what has waited for longer than `keep`: an address is not carried around for days. Returns how many.

    Nothing was sent, so the mailbox may be invited again. One statement.
    """
    late = MailInvitation.objects.filter(state=Dispatch.WAITING.value, asked_at__lt=now - keep)
    return late.delete()[0]


def _may_go(course_key: CourseKey, address: str) -> bool:
    policy = policy_of(course_key)
    return policy.sends_mail and not policy.paused and not is_suppressed(address)


def _take(invitation_id: int, now: datetime) -> int:
    with transaction.atomic(durable=True):
        return _waiting(invitation_id).update(state=Dispatch.TAKEN.value, sealed="", closed_at=now)


def _taken(invitation_id: int):
    return MailInvitation.objects.filter(id=invitation_id, state=Dispatch.TAKEN.value)


def _waiting(invitation_id: int):
    return MailInvitation.objects.filter(id=invitation_id, state=Dispatch.WAITING.value)


def _address(row: MailInvitation, course: Course, now: datetime) -> str:
    place = {"owner_id": row.inviter_id, "course_key": row.course_key, "placement": row.placement}
    link = ensure_links(**place, channels=[CHANNEL], now=now)[CHANNEL]
    return tagged_address(link.code, channel=CHANNEL, course_key=row.course_key)
