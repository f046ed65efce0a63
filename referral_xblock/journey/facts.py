"""What is known of arrivals, read for the moment of judging: from our tables, from edx-completion and from the host.

Of e-mail addresses nothing is kept: they stand in what is returned and nowhere else. A *sign of life* of an account is a
block completed in any course, or something of our ledger that the person did, such as enrolling; what the platform knows
of sign-ins is only the last one, which says nothing of the time before a click.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.db.models import Count, F, Max, Min, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.stubs import stubs_among
from referral_xblock.data import AFTER_A_LOOK, Status
from referral_xblock.host.chosen import get_host
from referral_xblock.journey import attribution
from referral_xblock.journey.models import Event, Journey, Touch
from referral_xblock.journey.signs import Arrival, Sign
from referral_xblock.links.batches import in_parts
from referral_xblock.links.queries import click_devices

OLD = timedelta(days=90)  # an account that is older than that when the link is clicked may be dormant
CLICK = "click:"


class Row(NamedTuple):
    """A journey that the ledger alone would credit."""

    id: int
    user_id: int
    inviter_id: int
    link_id: int | None
    channel: str | None
    clicked_at: datetime
    registered_at: datetime | None
    enrolled_at: datetime | None
    unenrolled_at: datetime | None
    active_at: datetime | None
    completed_at: datetime | None
    status: str
    reason: str
    signs: list[str]
    score: int


@dataclass(frozen=True)
class Facts:
    """The friends of some inviters, with everybody around whom their signs need."""

    rows: list[Row]  # the friends alone
    arrivals: list[Arrival]  # these first, in the same order
    invited: set[tuple[int, int]]  # (inviter, friend) in any course, as far as rings need it
    retired: set[int]  # of the friends, whose account is gone
    gone: dict[int, frozenset[Sign]]  # by friend: signs that rested on something that is not there any more


class _Came(NamedTuple):
    user_id: int
    inviter_id: int
    course_key: CourseKey
    link_id: int | None
    clicked_at: datetime


class _Device(NamedTuple):
    visitor: str = ""
    trusted_network: bool = False
    own_browser: bool = False
    is_gone: bool = False  # there was a click, which has been deleted since


_Devices = dict[tuple[int, int | None, datetime], _Device]  # by person, link and moment
UNKNOWN = _Device()


def attributed() -> QuerySet[Journey]:
    """Journeys that the ledger credits, whatever a look at them made of it."""
    looked_at = Q(status=Status.CREDITED.value) | Q(reason__in=[reason.value for reason in AFTER_A_LOOK])
    return Journey.objects.filter(looked_at, inviter__isnull=False, clicked_at__isnull=False)


def read_facts(inviter_ids: Collection[int], course_key: CourseKey, *, addresses: bool = True) -> Facts:
    """All friends of these inviters in this course. Without `addresses` nobody's e-mail is read.

    Three queries for 500 inviters, eight for 500 friends, and what the host asks for people; two for 500 people whom these
    friends invited, or who invited these inviters.
    """
    rows = [
        Row(*values)
        for part in in_parts(sorted(set(inviter_ids)))
        for values in attributed()
        .filter(inviter_id__in=part, course_key=course_key)
        .annotate(channel=F("link__channel"))
        .order_by("id")
        .values_list(*Row._fields)
    ]
    friends = [row.user_id for row in rows]
    around = {came for part in in_parts(friends) for came in _came(inviter_id__in=part)}
    around |= (
        {came for part in in_parts(sorted(set(inviter_ids))) for came in _came(user_id__in=part)} if rows else set()
    )
    known = set(friends)
    others = sorted(came for came in around if came.course_key == course_key and came.user_id not in known)
    people = sorted({row.user_id for row in rows} | {row.inviter_id for row in rows})
    stubs = {stub for part in in_parts(people) for stub in stubs_among(part)}
    devices = _devices([(one.user_id, one.link_id, one.clicked_at) for one in [*rows, *others]], course_key)
    mails = _mails(people) if addresses else {}
    return Facts(
        rows=rows,
        arrivals=[*_arrivals(rows, devices, mails, stubs, course_key), *map(partial(_around, devices), others)],
        invited={(came.inviter_id, came.user_id) for came in around},
        retired=stubs & known,
        gone=_gone(rows, devices, stubs),
    )


def _came(**who: list[int]) -> Iterable[_Came]:
    return map(_Came._make, attributed().filter(**who).values_list(*_Came._fields))


def _mails(user_ids: list[int]) -> dict[int, str]:
    return {n: person.email for part in in_parts(user_ids) for n, person in get_host().people(list(part)).items()}


def _arrivals(
    rows: list[Row], devices: _Devices, mails: dict[int, str], stubs: set[int], course_key: CourseKey
) -> Iterator[Arrival]:
    done = _completed([row.user_id for row in rows], course_key)
    dormant = _dormant(rows)
    for row in rows:
        blocks, last = done.get(row.user_id, (0, None))
        # What stands in the ledger counts too: completions may have been reset, or come by other ways. They do not move
        # to the stub of a retired person, of whom what was seen last is believed.
        least = 2 if row.completed_at else 1 if row.active_at else 0
        if row.user_id in stubs:
            least = 0 if Sign.IDLE.value in row.signs else 2
        device = devices.get((row.user_id, row.link_id, row.clicked_at), UNKNOWN)
        yield Arrival(
            friend_id=row.user_id,
            inviter_id=row.inviter_id,
            friend_mail="" if row.user_id in stubs else mails.get(row.user_id, ""),
            inviter_mail="" if row.inviter_id in stubs else mails.get(row.inviter_id, ""),
            clicked_at=row.clicked_at,
            enrolled_at=row.enrolled_at,
            visitor=device.visitor,
            trusted_network=device.trusted_network,
            own_browser=device.own_browser,
            channel=row.channel or "",
            is_new=row.registered_at is not None,
            dormant=row.user_id in dormant,
            blocks=max(blocks, least),
            last_block_at=last or row.active_at,
        )


def _around(devices: _Devices, one: _Came) -> Arrival:
    """Somebody beside these friends, of whom only the device and the inviter are asked for."""
    device = devices.get((one.user_id, one.link_id, one.clicked_at), UNKNOWN)
    return Arrival(
        one.user_id,
        one.inviter_id,
        "",
        "",
        one.clicked_at,
        None,
        visitor=device.visitor,
        trusted_network=device.trusted_network,
    )


def _gone(rows: list[Row], devices: _Devices, stubs: set[int]) -> dict[int, frozenset[Sign]]:
    """Old clicks are deleted, and accounts are retired, with the addresses of which others were seen to be copies."""
    shared = {row.inviter_id for row in rows if row.user_id in stubs or row.inviter_id in stubs}
    gone = {}
    for row in rows:
        device = devices.get((row.user_id, row.link_id, row.clicked_at), UNKNOWN)
        signs = {Sign.SAME_MAILBOX, Sign.SAME_DEVICE} if row.inviter_id in shared else set()
        gone[row.user_id] = frozenset(signs | ({Sign.SAME_DEVICE} if device.is_gone else set()))
    return gone


def _devices(came: Sequence[tuple[int, int | None, datetime]], course_key: CourseKey) -> _Devices:
    """By what device each of these came. Two queries for 500."""
    touches: dict[tuple[int, int | None, datetime], tuple[int, bool]] = {}
    for part in in_parts(sorted({user_id for user_id, _link, _moment in came})):
        found = Touch.objects.filter(user_id__in=part, course_key=course_key, token__startswith=CLICK)
        columns = ("user_id", "link_id", "happened_at", "token", "same_browser")
        for user_id, link_id, moment, token, same in found.order_by("token").values_list(*columns):
            touches[user_id, link_id, moment] = (int(token.removeprefix(CLICK)), same)
    clicks = click_devices(sorted({click for click, _same in touches.values()}))
    return {
        key: _Device(*clicks[click], same) if click in clicks else _Device(own_browser=same, is_gone=True)
        for key, (click, same) in touches.items()
    }


def _completed(user_ids: list[int], course_key: CourseKey) -> dict[int, tuple[int, datetime]]:
    """How many blocks of the course each completed, and when the last. One query for 500 people."""
    return {
        user_id: (blocks, last)
        for part in in_parts(user_ids)
        for user_id, blocks, last in BlockCompletion.objects.filter(
            user_id__in=part, context_key=course_key, completion__gt=0
        )
        .values("user_id")
        .annotate(blocks=Count("id"), last=Max("created"))
        .order_by()
        .values_list("user_id", "blocks", "last")
    }


def _dormant(rows: list[Row]) -> set[int]:
    """Who has an old account without a sign of life before the click. Three queries for 500 people with old accounts."""
    clicked = {row.user_id: row.clicked_at for row in rows if row.registered_at is None}
    old = [
        user_id
        for part in in_parts(sorted(clicked))
        for user_id, joined in get_user_model().objects.filter(id__in=part).values_list("id", "date_joined")
        if clicked[user_id] - joined > OLD
    ]
    alive = set()
    for part in in_parts(old):
        learned = BlockCompletion.objects.filter(user_id__in=part).values("user_id").annotate(first=Min("created"))
        acted = Event.objects.filter(user_id__in=part, by_other=False).exclude(kind=attribution.REGISTERED)
        acted = acted.values("user_id").annotate(first=Min("happened_at"))
        for found in (learned, acted):
            for user_id, first in found.order_by().values_list("user_id", "first"):
                if first < clicked[user_id]:
                    alive.add(user_id)
    return set(old) - alive
