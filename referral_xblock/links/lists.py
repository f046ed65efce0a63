"""Requests for invitation pages, newest first, page by page; and the links that the course team gave a word of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import LinkState, Selection, Verdict
from referral_xblock.links.counts import clicks
from referral_xblock.links.models import Click, Link
from referral_xblock.links.queries import state_of

MOST_TEAM_LINKS = 200


@dataclass(frozen=True)
class ClickedRow:
    """A person asked for an invitation page. `person` is a label that is the same for the same person, and no name."""

    id: int
    created_at: datetime
    person: str
    code: str
    owner_id: int
    placement: str
    network: str
    shown_by: str  # what made it a person: "beacon", "join" or "account"


@dataclass(frozen=True)
class RequestRow:
    """A request for an invitation page, whoever made it. Nothing in it tells one visitor from another."""

    id: int
    created_at: datetime
    placement: str
    network: str
    verdict: str  # a Verdict's value
    reason: str  # why a machine, or what made it a person; "" while it is not known


@dataclass(frozen=True)
class TeamLink:
    """A link with a chosen code."""

    id: int
    code: str
    owner_id: int
    state: LinkState
    paused: bool
    created_at: datetime
    expires_at: datetime | None
    cap: int
    accounts: int


def list_clicked(course_key: CourseKey, selection: Selection, *, after: int = 0, limit: int = 50) -> list[ClickedRow]:
    """The `limit` clicks by persons before the one whose id is `after`, newest first. One query, two with `after`.

    Read along the index of course, verdict and moment; a row that is gone ends the list.
    """
    rows = _before(course_key, selection, after).filter(verdict=Verdict.PERSON.value)
    columns = (
        "id",
        "created_at",
        "person",
        "link__code",
        "link__owner_id",
        "link__placement",
        "link__channel",
        "reason",
    )
    return [ClickedRow(*row) for row in rows.values_list(*columns)[:limit]]


def list_requests(
    course_key: CourseKey, selection: Selection, *, verdict: Verdict | None = None, after: int = 0, limit: int = 50
) -> list[RequestRow]:
    """The `limit` requests before the one whose id is `after`, newest first: those of one verdict, or all.

    One query for one verdict, three for all, one more with `after`. Each verdict is read along its own part of the index,
    which has no order for all three together, and the newest of what was read are kept.
    """
    columns = ("id", "created_at", "link__placement", "link__channel", "verdict", "reason")
    rows = _before(course_key, selection, after).values_list(*columns)
    found = [row for one in ([verdict] if verdict else Verdict) for row in rows.filter(verdict=one.value)[:limit]]
    newest = sorted((RequestRow(*row) for row in found), key=lambda row: (row.created_at, row.id), reverse=True)
    return newest[:limit]


def _before(course_key: CourseKey, selection: Selection, after: int) -> QuerySet[Click]:
    """The rows before one of them, newest first; none if that one is gone."""
    rows = clicks(course_key, selection).order_by("-created_at", "-id")
    if not after:
        return rows
    moment = Click.objects.filter(course_key=course_key, id=after).values_list("created_at", flat=True).first()
    if moment is None:
        return rows.none()
    return rows.filter(created_at__lte=moment).filter(Q(created_at__lt=moment) | Q(id__lt=after))


def team_links(course_key: CourseKey, *, now: datetime) -> list[TeamLink]:
    """The course's links with a chosen code, newest first, at most 200. One query."""
    rows = Link.objects.filter(course_key=course_key, channel="vanity").order_by("-created_at", "-id")[:MOST_TEAM_LINKS]
    return [
        TeamLink(
            id=row.id,
            code=row.code,
            owner_id=row.owner_id,
            state=state_of(row, now),
            paused=row.paused,
            created_at=row.created_at,
            expires_at=row.expires_at,
            cap=row.cap,
            accounts=row.accounts,
        )
        for row in rows
    ]
