"""Reads of links and clicks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

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


def state_of(link: Link, now: datetime) -> LinkState:
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
    sql, before_code = _finding_a_link()
    rows = list(Link.objects.raw(sql, [*before_code, code]))
    if not rows:
        return None
    row = rows[0]
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


@cache
def _finding_a_link() -> tuple[str, tuple[str, ...]]:
    """The statement of `find_link`, and its parameters that stand before the code.

    Every click asks it, and building it takes three times as long as asking it: so Django builds it once. The code itself is
    always a parameter.
    """
    rows = Link.objects.annotate(inviter_name=shown_name_of("owner_id")).filter(code="the last parameter")
    sql, parameters = rows.query.sql_with_params()
    return sql, parameters[:-1]


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
