"""Invitations that the platform sends for a learner: who may ask, what is said of each address, and the press of the button.

Nothing is sent here. A row is written for each address, sealed, and a worker is reminded of it after the commit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import mailboxes_of, shown_name, suppressed_among
from referral_xblock.data import Course
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.host.patience import patiently
from referral_xblock.links.actions import ensure_links
from referral_xblock.links.queries import find_link
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing.actions import record_share
from referral_xblock.sharing.invitation_seal import seal
from referral_xblock.sharing.invitees import MOST_ENTRIES, Dispatch, Finding, Line, judge, limit, split
from referral_xblock.sharing.models import MailInvitation

log = logging.getLogger(__name__)

CHANNEL = "invitation"
# One more attempt at once, for a connection that the broker has closed meanwhile; a person waits for the answer.
REMINDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@dataclass(frozen=True)
class Standing:
    """What a learner may do here today."""

    course: Course
    name: str  # as the message will name the learner
    obstacle: str  # "" if there is none, else "own" (own mail program only), "paused", "inactive" or "nameless"
    daily: int  # messages in a day
    room: int  # left today
    renews_at: datetime
    domains: tuple[str, ...]  # for which the course is meant; none if for everybody


def standing(user: Any, course_key: CourseKey, *, now: datetime) -> Standing:
    """What this learner may do. PermissionDenied for who is not enrolled, the same if there is no such course.

    Four queries.
    """
    enrolment = get_host().enrolment(user, course_key)
    course = seen_course(course_key)
    if course is None or enrolment is None or not enrolment.active:
        raise PermissionDenied
    policy = policy_of(course_key)
    name = shown_name(user.id)
    obstacles = {
        "own": not policy.sends_mail,
        "paused": policy.paused,
        "inactive": not user.is_active,
        "nameless": not name,
    }
    used = len(_used_slots(user.id, _day(now)))
    return Standing(
        course=course,
        name=name,
        obstacle=next((slug for slug, is_there in obstacles.items() if is_there), ""),
        daily=policy.daily_invitations,
        room=max(0, policy.daily_invitations - used),
        renews_at=datetime.combine(_day(now) + timedelta(days=1), time.min, UTC),
        domains=policy.domains,
    )


def look(
    *, user: Any, course_key: CourseKey, pasted: str, answers: Mapping[int, str], press: str = "", now: datetime
) -> list[Line]:
    """What is said of each entry; nothing is written. Seven queries, whatever the number of entries.

    What this very press has queued before is said to be so. PermissionDenied as in `standing` and where there is an obstacle;
    ValueError for more entries than may be asked of.
    """
    here = standing(user, course_key, now=now)
    if here.obstacle:
        raise PermissionDenied
    entries = split(pasted)
    if len(entries) > MOST_ENTRIES:
        raise ValueError(len(entries))
    lines = judge(entries, own=user.email, answers=answers, admits=policy_of(course_key).admits)
    wanted = {line.address for line in lines if line.finding is Finding.VALID}
    known = _known(wanted)
    queued = {address for address, row in known.items() if press and row == (user.id, press)}
    lines = [
        replace(line, finding=Finding.QUEUED) if line.finding is Finding.VALID and line.address in queued else line
        for line in lines
    ]
    return limit(lines, unreachable=set(known) | suppressed_among(wanted), room=here.room)


def ask_to_send(
    *,
    user: Any,
    course_key: CourseKey,
    placement: str,
    pasted: str,
    answers: Mapping[int, str],
    press: str,
    now: datetime,
) -> list[Line]:
    """Queues one message for each valid entry and says what became of each. Errors as in `look`.

    The same `press` a second time, also at the same moment, queues nothing more and says the same. About five statements for
    each message; to be called outside a transaction, so that nobody waits for another's list.
    """
    lines = look(user=user, course_key=course_key, pasted=pasted, answers=answers, press=press, now=now)
    link = ensure_links(owner_id=user.id, course_key=course_key, placement=placement, channels=[CHANNEL], now=now)[
        CHANNEL
    ]
    row = partial(
        MailInvitation, inviter=user, course_key=course_key, placement=link.placement, press=press, asked_at=now
    )
    cap = policy_of(course_key).daily_invitations
    lines = [
        replace(line, finding=_claim(row, line.address, cap=cap, now=now)) if line.finding is Finding.VALID else line
        for line in lines
    ]
    if any(line.finding is Finding.QUEUED for line in lines):
        record_share(user_id=user.id, course_key=course_key, placement=placement, channel=CHANNEL, now=now)
    return lines


def _claim(make_row: Any, address: str, *, cap: int, now: datetime) -> Finding:
    """Takes the mailbox and one of today's slots; the unique columns decide where two want the same."""
    mailbox = mailboxes_of(address)[0]
    row = make_row(mailbox=mailbox, day=_day(now), state=Dispatch.WAITING.value, sealed=seal(address))
    for slot in sorted(set(range(cap)) - _used_slots(row.inviter_id, row.day)):
        row.slot = slot
        try:
            patiently(partial(_write, row))
        except IntegrityError:
            taken = MailInvitation.objects.filter(mailbox=mailbox).values_list("inviter_id", "press").first()
            if taken:
                return Finding.QUEUED if taken == (row.inviter_id, row.press) else Finding.UNREACHABLE
            continue  # another request of the same learner took the slot
        transaction.on_commit(partial(remind, row.id), robust=True)
        return Finding.QUEUED
    return Finding.LIMIT


def _write(row: MailInvitation) -> None:
    with transaction.atomic():
        row.save(force_insert=True)


def remind(invitation_id: int) -> None:
    """Asks a worker to hand over this invitation. Never raises: the next catch-up finds what waits."""
    from referral_xblock.sharing.tasks import send_invitation

    try:
        send_invitation.apply_async((invitation_id,), retry=True, retry_policy=REMINDING)
    except Exception:
        log.warning("No worker can be asked at present; the next catch-up sends what waits.", exc_info=True)


def placement_of(code: str, *, user: Any, course_key: CourseKey, now: datetime) -> str:
    """Where the learner's own link with this code was put, so that the invitation leads there; "" for any other code.

    One query.
    """
    link = find_link(code, now=now) if code else None
    own = link is not None and link.owner_id == user.id and link.course_key == course_key
    return link.placement if own and link else ""


def _known(addresses: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Of these addresses, those whose mailbox was invited before, with by whom and by which press. One query."""
    mailboxes = {mailbox: address for address in addresses for mailbox in mailboxes_of(address)}
    rows = MailInvitation.objects.filter(mailbox__in=list(mailboxes)).values_list("mailbox", "inviter_id", "press")
    return {mailboxes[mailbox]: (inviter_id, press) for mailbox, inviter_id, press in rows}


def _used_slots(user_id: int, day: date) -> set[int]:
    return set(MailInvitation.objects.filter(inviter_id=user_id, day=day).values_list("slot", flat=True))


def _day(now: datetime) -> date:
    """The day in UTC, as of everything that is counted by day here."""
    return now.astimezone(UTC).date()
