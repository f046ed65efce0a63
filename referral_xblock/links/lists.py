"""The rows behind "clicked", newest first, page by page; and the links that the course team gave a word of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
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
    rows = clicks(course_key, selection).filter(verdict=Verdict.PERSON.value)
    if after:
        moment = Click.objects.filter(course_key=course_key, id=after).values_list("created_at", flat=True).first()
        if moment is None:
            return []
        rows = rows.filter(created_at__lte=moment).filter(Q(created_at__lt=moment) | Q(id__lt=after))
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
    return [ClickedRow(*row) for row in rows.order_by("-created_at", "-id").values_list(*columns)[:limit]]


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
