"""Writes of links and clicks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Role, Verdict
from referral_xblock.host.chosen import get_host
from referral_xblock.links.codes import check_vanity, new_code
from referral_xblock.links.machines import MAY_TURN_OUT_A_PERSON
from referral_xblock.links.models import Click, Link
from referral_xblock.links.telling import tell_clicked
from referral_xblock.links.visitors import account
from referral_xblock.policy.queries import policy_of

ATTEMPTS = 5  # two equal codes of eight characters in a row happen to nobody; five times means something else is wrong


# Written out because every click pays for it: Django's way to the same statement takes as long as the database does.
INSERT_CLICK = """
    INSERT INTO referral_xblock_click
    (link_id, course_key, created_at, verdict, reason, visitor, person, same_browser, trusted_network)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def ensure_links(
    *, owner_id: int, course_key: CourseKey, placement: str, channels: Iterable[str], now: datetime
) -> dict[str, Link]:
    """The owner's link for each channel of one placement, made where missing. One query if all are there."""
    wanted = list(dict.fromkeys(channels))
    place = {"owner_id": owner_id, "course_key": course_key, "placement": placement, "label": ""}
    found = {link.channel: link for link in Link.objects.filter(**place, channel__in=wanted)}
    missing = [channel for channel in wanted if channel not in found]
    if missing:
        policy = policy_of(course_key)
        expires_at = now + timedelta(days=policy.link_lifetime_days) if policy.link_lifetime_days else None
        for channel in missing:
            found[channel] = _create(
                **place,
                channel=channel,
                kind=policy.link_kind,
                cap=policy.link_cap,
                expires_at=expires_at,
                created_at=now,
            )
    return found


def _create(**values: Any) -> Link:
    """A new link with a fresh code; the existing one if another request made it meanwhile."""
    place = {name: values[name] for name in ("owner_id", "course_key", "placement", "channel", "label")}
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return Link.objects.create(code=new_code(), **values)
        except IntegrityError:
            existing = Link.objects.filter(**place).first()
            if existing:
                return existing
    raise RuntimeError("No free link code was found.")


def create_vanity_link(
    *, actor: Any, course_key: CourseKey, code: str, now: datetime, expires_at: datetime | None = None, cap: int = 0
) -> Link:
    """A link with a chosen code, for course staff. PermissionDenied for others, ValidationError in words for a bad code."""
    if Role.COURSE_STAFF not in get_host().roles(actor, course_key):
        raise PermissionDenied
    canonical, problem = check_vanity(code)
    if problem:
        raise ValidationError(vanity_sentence(problem))
    place = {"owner_id": actor.id, "course_key": course_key, "placement": "", "channel": "vanity", "label": canonical}
    try:
        with transaction.atomic():
            return Link.objects.create(code=canonical, created_at=now, expires_at=expires_at, cap=cap, **place)
    except IntegrityError as error:
        raise ValidationError(_("This code is taken. Please choose another.")) from error


def vanity_sentence(problem: str) -> str:
    """Why a chosen code cannot be had, in words."""
    return {
        "too_short": _("A code needs at least 3 characters."),
        "too_long": _("A code has at most 32 characters."),
        "characters": _("A code is made of the letters a to z, digits and hyphens."),
        "reserved": _("This word has a meaning of its own here. Please choose another."),
    }.get(problem, _("This looks like a code that is given out by itself. Please choose a word."))


def change_link(*, actor: Any, link_id: int, paused: bool, expires_at: datetime | None, cap: int) -> None:
    """Pauses, limits or reopens a link. Its owner may, and the course's staff; PermissionDenied for others."""
    link = Link.objects.get(id=link_id)
    if link.owner_id != actor.id and Role.COURSE_STAFF not in get_host().roles(actor, link.course_key):
        raise PermissionDenied
    Link.objects.filter(id=link_id).update(paused=paused, expires_at=expires_at, cap=cap)


def record_click(
    *, link_id: int, course_key: CourseKey, visitor: str, machine: str, now: datetime, trusted_network: bool = False
) -> int:
    """Writes one request for a page and returns its number. One statement."""
    verdict = Verdict.MACHINE if machine else Verdict.UNKNOWN
    written_at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_CLICK,
            [link_id, str(course_key), written_at, verdict.value, machine, visitor, visitor, False, trusted_network],
        )
        return cursor.lastrowid


def confirm_person(*, click_id: int, by: str, same_browser: bool = False) -> bool:
    """Notes that a person was behind this click: by "beacon", "join" or "account". True if it was not known before.

    What is known as a machine stays one unless an account came of it; a prefetch or an automated browser may turn out.
    """
    if same_browser:
        Click.objects.filter(id=click_id).update(same_browser=True)
    open_to_it = Q(verdict=Verdict.UNKNOWN.value) | Q(verdict=Verdict.MACHINE.value, reason__in=MAY_TURN_OUT_A_PERSON)
    if by == "account":
        open_to_it |= Q(verdict=Verdict.MACHINE.value)
    was_open = Click.objects.filter(open_to_it, id=click_id).update(verdict=Verdict.PERSON.value, reason=by) > 0
    if was_open:
        tell_clicked([click_id], by=by)
    return was_open


def name_person(*, click_id: int, user_id: int) -> None:
    """From now on this click, and the same visitor's other clicks on the link that day, count as this account."""
    click = Click.objects.filter(id=click_id).values("link_id", "visitor", "created_at").first()
    if click is None:
        return
    confirm_person(click_id=click_id, by="account")
    Click.objects.filter(
        link_id=click["link_id"], visitor=click["visitor"], person=click["visitor"], created_at__lte=click["created_at"]
    ).update(person=account(user_id))


def count_account(*, link_id: int) -> bool:
    """One more account came by this link; False if it has brought as many as it may. One statement, safe in a race."""
    room = Q(cap=0) | Q(accounts__lt=F("cap"))
    return Link.objects.filter(room, id=link_id).update(accounts=F("accounts") + 1) > 0
