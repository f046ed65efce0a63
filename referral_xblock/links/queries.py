"""Reads of links and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import shown_name_of
from referral_xblock.data import LinkState
from referral_xblock.links.codes import normalise
from referral_xblock.links.models import Click, Link


@dataclass(frozen=True)
class FoundLink:
    """A link as a visitor's request needs it."""

    id: int
    code: str
    owner_id: int
    course_key: CourseKey
    placement: str
    channel: str
    kind: str
    state: LinkState
    inviter_name: str  # "" if the inviter did not choose to be named


@dataclass(frozen=True)
class FoundClick:
    """A click and whose link it was."""

    id: int
    link_id: int
    course_key: CourseKey
    owner_id: int
    created_at: datetime
    same_browser: bool


class _Row(NamedTuple):
    id: int
    code: str
    owner_id: int
    course_key: CourseKey
    placement: str
    channel: str
    kind: str
    paused: bool
    expires_at: datetime | None
    cap: int
    accounts: int
    inviter_name: str


def state_of(link: Link | _Row, now: datetime) -> LinkState:
    """Whether this link still invites."""
    if link.paused:
        return LinkState.PAUSED
    if link.expires_at is not None and link.expires_at <= now:
        return LinkState.EXPIRED
    if link.cap and link.accounts >= link.cap:
        return LinkState.USED_UP
    return LinkState.OPEN


def find_link(text: str, *, now: datetime) -> FoundLink | None:
    """The link of a code as somebody typed it, or of a whole address; None if there is none. At most one query."""
    code = normalise(text)
    if not code:
        return None
    find = _finding_a_link()
    with connection.cursor() as cursor:
        cursor.execute(find.sql, [*find.before_code, code])
        rows = cursor.fetchall()
    for row in map(_Row._make, find.convert(rows)):
        return FoundLink(
            id=row.id,
            code=row.code,
            owner_id=row.owner_id,
            course_key=row.course_key,
            placement=row.placement,
            channel=row.channel,
            kind=row.kind,
            state=state_of(row, now),
            inviter_name=row.inviter_name,
        )
    return None


@dataclass(frozen=True)
class _Statement:
    sql: str
    before_code: tuple[str, ...]  # the parameters that stand before the code
    convert: Callable[[Sequence[Any]], Iterable[list[Any]]]  # rows of the database into values of Python


@cache
def _finding_a_link() -> _Statement:
    """What `find_link` asks. The code is always a parameter.

    Every click asks it, and building it, and a model for its row, takes three times as long as asking: Django builds it once.
    """
    named = Link.objects.annotate(inviter_name=shown_name_of("owner_id")).filter(code="the last parameter")
    compiler = named.values_list(*_Row._fields).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    return _Statement(sql, parameters[:-1], lambda rows: compiler.apply_converters(rows, converters))


def find_clicks(click_ids: list[int]) -> dict[int, FoundClick]:
    """Clicks by id, with whose link each was; gone ones are left out. One query."""
    rows = Click.objects.filter(id__in=click_ids).select_related("link")
    return {
        row.id: FoundClick(row.id, row.link_id, row.course_key, row.link.owner_id, row.created_at, row.same_browser)
        for row in rows
    }


def existing_code(*, owner_id: int, course_key: CourseKey, placement: str, channel: str) -> str:
    """The code of this person's open link for a channel, "" if there is none. One query."""
    place = {"owner_id": owner_id, "course_key": course_key, "placement": placement, "channel": channel, "label": ""}
    return Link.objects.filter(**place, paused=False).values_list("code", flat=True).first() or ""


def share_path(code: str) -> str:
    """The path of a link's invitation page; the site's own address stands before it."""
    return reverse("referral_xblock:invitation", args=[code])


def courses_shared_by(user_id: int) -> list[CourseKey]:
    """The courses in which this person has links, newest first. One query."""
    keys = Link.objects.filter(owner_id=user_id).order_by("-created_at").values_list("course_key", flat=True)
    return list(dict.fromkeys(keys))


def click_devices(click_ids: list[int]) -> dict[int, tuple[str, bool]]:
    """The visitor's hash of each click, and whether it came from a trusted network. One query for 500 clicks."""
    return {
        number: (visitor, trusted)
        for start in range(0, len(click_ids), 500)
        for number, visitor, trusted in Click.objects.filter(id__in=click_ids[start : start + 500]).values_list(
            "id", "visitor", "trusted_network"
        )
    }
