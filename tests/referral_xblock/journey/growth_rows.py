"""Rows of a growing course, drawn by hypothesis, and how they are put into the tables."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import strategies as st

from referral_xblock.data import Reason, Status, Verdict
from referral_xblock.journey.models import Journey, Touch
from referral_xblock.links.models import Click, Link
from referral_xblock.sharing.models import Share, Showing

FIRST = datetime(2025, 12, 27, tzinfo=UTC)  # so that a year ends in the middle of an ISO week
PEOPLE = 6
NETWORKS = ("mastodon", "copy", "qr")
PLACEMENTS = ("", "block-v1:Test+Bees101+2026+type@referral+block@invite")

moments = st.integers(0, 24 * 28).map(lambda hours: FIRST + timedelta(hours=hours))
people = st.integers(0, PEOPLE - 1)
perhaps = st.none() | moments


@dataclass(frozen=True)
class Rows:
    """Drawn rows by table, people and links by their place in a list."""

    showings: dict[tuple[int, str], tuple[datetime, bool]]
    shares: dict[tuple[int, str, date], str]
    clicks: list[tuple[int, datetime, str, str]]  # link, moment, verdict, person
    journeys: dict[int, dict[str, Any]]  # by invited
    links: list[tuple[int, str, str]] = field(default_factory=list)  # owner, placement, network


LINKS = [(owner, placement, network) for owner in range(3) for placement in PLACEMENTS for network in NETWORKS]
links = st.integers(0, len(LINKS) - 1)
journeys = st.fixed_dictionaries(
    {
        "inviter": st.none() | people,
        "link": st.none() | links,
        "status": st.sampled_from(list(Status)),
        "reason": st.sampled_from([Reason.STAFF, Reason.SUSPICIOUS, Reason.OWN_LINK]),
        "touched_at": moments,
        "clicked_at": perhaps,
        "registered_at": perhaps,
        "enrolled_at": perhaps,
        "unenrolled_at": perhaps,
        "active_at": perhaps,
        "completed_at": perhaps,
    }
)
rows = st.builds(
    Rows,
    showings=st.dictionaries(st.tuples(people, st.sampled_from(PLACEMENTS)), st.tuples(moments, st.booleans())),
    shares=st.dictionaries(
        st.tuples(people, st.sampled_from(NETWORKS), moments.map(lambda moment: moment.date())),
        st.sampled_from(PLACEMENTS),
    ),
    clicks=st.lists(
        st.tuples(links, moments, st.sampled_from([v.value for v in Verdict]), st.sampled_from(["a", "b", "u1", "u2"])),
        max_size=25,
    ),
    journeys=st.dictionaries(people, journeys),
    links=st.just(LINKS),
)


@contextmanager
def stored(drawn: Rows, course_key: Any):
    """The rows in the tables of this course for as long as the block runs; yields (accounts, links)."""
    with transaction.atomic():
        yield store(drawn, course_key)
        transaction.set_rollback(True)


def store(drawn: Rows, course_key: Any) -> tuple[list[Any], list[Link]]:
    """Puts the rows into the tables of this course."""
    users = get_user_model().objects
    accounts = [users.get_or_create(username=f"grower{number}")[0] for number in range(PEOPLE)]
    made = [
        Link.objects.create(
            code=f"{course_key.run.lower()}-{number}",
            owner=accounts[owner],
            course_key=course_key,
            placement=placement,
            channel=network,
            created_at=FIRST,
        )
        for number, (owner, placement, network) in enumerate(drawn.links)
    ]
    Showing.objects.bulk_create(
        Showing(
            user=accounts[who],
            course_key=course_key,
            placement=placement or "course",
            shown_at=moment,
            in_holdout=without,
        )
        for (who, placement), (moment, without) in drawn.showings.items()
    )
    Share.objects.bulk_create(
        Share(user=accounts[who], course_key=course_key, placement=placement, channel=network, day=day)
        for (who, network, day), placement in drawn.shares.items()
    )
    Click.objects.bulk_create(
        Click(link=made[link], course_key=course_key, created_at=moment, verdict=verdict, visitor=person, person=person)
        for link, moment, verdict, person in drawn.clicks
    )
    for number, (who, facts) in enumerate(drawn.journeys.items()):
        values = dict(facts)
        touched_at = values.pop("touched_at")
        link, inviter = values.pop("link"), values.pop("inviter")
        values["reason"] = "" if values["status"] is Status.CREDITED else values["reason"].value
        Touch.objects.create(
            token=f"{course_key.run}:{number}",
            user=accounts[who],
            course_key=course_key,
            link=made[0],
            kind="link",
            happened_at=touched_at,
            bound_at=touched_at,
        )
        Journey.objects.create(
            user=accounts[who],
            course_key=course_key,
            link=None if link is None else made[link],
            inviter=None if inviter is None else accounts[inviter],
            **{**values, "status": values["status"].value},
        )
    return accounts, made
