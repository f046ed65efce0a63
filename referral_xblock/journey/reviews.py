"""Reads of the fraud review: whom a person has to look at, what was decided, what still holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Window
from django.db.models.functions import RowNumber
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Decision, Reason, Status
from referral_xblock.journey.facts import read_facts
from referral_xblock.journey.models import Journey, Review, Reviewed
from referral_xblock.journey.signs import Arrival
from referral_xblock.links.batches import in_parts

HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class HeldArrival:
    """One held journey, with what speaks against it."""

    id: int  # of the journey
    user_id: int
    network: str | None  # None: the link is gone
    clicked_at: datetime
    enrolled_at: datetime | None
    active_at: datetime | None
    signs: tuple[str, ...]
    score: int


@dataclass(frozen=True)
class Evidence:
    """The friends of one inviter in figures, all of them and not only those who are held."""

    friends: int
    credited: int
    new_accounts: int
    most_in_an_hour: int  # new accounts, clicks within one hour
    most_on_one_device: int  # on one day; 0 if no device is known
    never_began: int  # no block completed


@dataclass(frozen=True)
class HeldGroup:
    """The held friends of one inviter; `arrivals` are the first of them, those with the most against them."""

    inviter_id: int
    people: int
    latest: int  # the highest id among the held journeys
    arrivals: tuple[HeldArrival, ...]
    evidence: Evidence


@dataclass(frozen=True)
class ReviewRow:
    """One line of the log."""

    id: int
    decision: Decision
    people: int
    user_ids: tuple[int, ...]  # the first few of them
    why: str
    decided_by: int | None  # None: the account is gone
    decided_at: datetime
    undone_by: int | None
    undone_at: datetime | None


def standing_decisions(user_ids: Collection[int], course_key: CourseKey) -> dict[int, Decision]:
    """What holds of what was decided on these people: the latest that is not undone. One query for 500 people."""
    return {
        user_id: Decision(decision)
        for part in in_parts(sorted(set(user_ids)))
        for user_id, decision in Reviewed.objects.filter(
            user_id__in=part, course_key=course_key, review__undone_at=None
        )
        .order_by("review_id")
        .values_list("user_id", "review__decision")
    }


def _held(course_key: CourseKey):
    return Journey.objects.filter(
        course_key=course_key, status=Status.HELD.value, reason=Reason.SUSPICIOUS.value, inviter__isnull=False
    )


def count_held(course_key: CourseKey) -> int:
    """How many arrivals wait for a person. One query."""
    return _held(course_key).count()


def list_held(course_key: CourseKey, *, skip: int = 0, limit: int = 10, shown: int = 20) -> list[HeldGroup]:
    """The `limit` inviters after the first `skip` with held friends, those with the most first; `shown` friends of each.

    Two queries and those of `read_facts` for the friends of `limit` inviters.
    """
    groups = _held(course_key).order_by().values("inviter_id").annotate(people=Count("id"), latest=Max("id"))
    chosen = list(groups.order_by("-people", "inviter_id")[skip : skip + limit])
    if not chosen:
        return []
    inviter_ids = [group["inviter_id"] for group in chosen]
    place = Window(RowNumber(), partition_by=F("inviter_id"), order_by=[F("score").desc(), F("id").asc()])
    rows = _held(course_key).filter(inviter_id__in=inviter_ids).annotate(place=place, network=F("link__channel"))
    arrivals: dict[int, list[HeldArrival]] = {inviter_id: [] for inviter_id in inviter_ids}
    columns = tuple(HeldArrival.__dataclass_fields__)
    for row in rows.filter(place__lte=shown).order_by("inviter_id", "place").values("inviter_id", *columns):
        inviter_id = row.pop("inviter_id")
        arrivals[inviter_id].append(HeldArrival(**row | {"signs": tuple(row["signs"])}))
    evidence = evidence_of(inviter_ids, course_key)
    return [
        HeldGroup(
            group["inviter_id"],
            group["people"],
            group["latest"],
            tuple(arrivals[group["inviter_id"]]),
            evidence[group["inviter_id"]],
        )
        for group in chosen
    ]


def evidence_of(inviter_ids: Collection[int], course_key: CourseKey) -> dict[int, Evidence]:
    """The figures of these inviters. The queries of `read_facts`; no e-mail address is read."""
    facts = read_facts(inviter_ids, course_key, addresses=False)
    credited = Counter(row.inviter_id for row in facts.rows if row.status == Status.CREDITED.value)
    friends: dict[int, list[Arrival]] = {inviter_id: [] for inviter_id in inviter_ids}
    for one in facts.arrivals[: len(facts.rows)]:
        friends[one.inviter_id].append(one)
    found = {}
    for inviter_id, own in friends.items():
        new = sorted(one.clicked_at for one in own if one.is_new)
        devices = Counter(one.visitor for one in own if one.visitor)
        found[inviter_id] = Evidence(
            friends=len(own),
            credited=credited[inviter_id],
            new_accounts=len(new),
            most_in_an_hour=_most_within(new, 2 * HALF_AN_HOUR),
            most_on_one_device=max(devices.values(), default=0),
            never_began=sum(one.blocks == 0 for one in own),
        )
    return found


def _most_within(moments: list[datetime], span: timedelta) -> int:
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] > span:
            first += 1
        most = max(most, last - first + 1)
    return most


def list_reviews(course_key: CourseKey, *, before: int = 0, limit: int = 20, named: int = 5) -> list[ReviewRow]:
    """The latest decisions of a course, newest first, those older than the review `before`. Two queries."""
    rows = Review.objects.filter(course_key=course_key)
    if before:
        rows = rows.filter(id__lt=before)
    reviews = list(rows.order_by("-id")[:limit])
    people: dict[int, list[int]] = {review.id: [] for review in reviews}
    place = Window(RowNumber(), partition_by=F("review_id"), order_by=F("id").asc())
    found = Reviewed.objects.filter(review_id__in=list(people)).annotate(place=place).filter(place__lte=named)
    for review_id, user_id in found.order_by("review_id", "id").values_list("review_id", "user_id"):
        people[review_id].append(user_id)
    return [
        ReviewRow(
            review.id,
            Decision(review.decision),
            review.people,
            tuple(people[review.id]),
            review.why,
            review.decided_by_id,
            review.decided_at,
            review.undone_by_id,
            review.undone_at,
        )
        for review in reviews
    ]
