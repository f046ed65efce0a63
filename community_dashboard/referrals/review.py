"""The page of the fraud review, ready to be written out: who waits, what speaks against them, what was decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import sealed
from community_dashboard.referrals.figures import whole
from community_dashboard.referrals.review_words import DECIDED, evidence_words, sign_words
from community_dashboard.referrals.words import network_name
from referral_xblock.api import (
    HeldArrival,
    HeldGroup,
    Person,
    ReviewRow,
    count_held,
    get_host,
    list_held,
    list_reviews,
    policy_of,
)

GROUPS = 10
SHOWN = 20  # friends of one inviter; a decision on the whole group is for the others too
DECISIONS = 20


@dataclass(frozen=True)
class Waiting:
    """One friend who waits."""

    id: int  # of the journey
    name: str
    email: str  # "" for who may not see it
    network: str
    came_at: datetime
    signs: tuple[str, ...]  # with their weights
    score: str


@dataclass(frozen=True)
class Group:
    """The friends of one inviter who wait."""

    number: int  # on the page, for the ids of its elements
    inviter: str
    email: str
    sealed: str
    people: int
    latest: int
    title: str
    evidence: list[str]
    waiting: tuple[Waiting, ...]
    more: str  # said of those who are not shown; "" if all are


@dataclass(frozen=True)
class Line:
    """One decision in the log."""

    id: int
    what: str
    whom: str
    why: str
    by: str
    at: datetime
    undone: str  # by whom; "" if it holds
    undone_at: datetime | None


@dataclass(frozen=True)
class ReviewPage:
    """What the template needs."""

    people: int
    groups: tuple[Group, ...]
    page: int
    following: int  # number of the next page; 0 on the last
    log: tuple[Line, ...]
    older: int  # the decision before which the log goes on; 0 if it does not
    hold_at: str


def review_page(course_key: CourseKey, *, page: int, before: int, identity: bool) -> ReviewPage:
    """One page of who waits and of the log. About twenty queries whatever the size of the course.

    `identity`: whether the reader may see e-mail addresses.
    """
    policy = policy_of(course_key)
    held = list_held(course_key, skip=(page - 1) * GROUPS, limit=GROUPS + 1, shown=SHOWN)
    reviews = list_reviews(course_key, before=before, limit=DECISIONS + 1)
    shown, log = held[:GROUPS], reviews[:DECISIONS]
    people = get_host().people(sorted(_ids(shown, log)))

    def name(user_id: int | None) -> str:
        person = people.get(user_id) if user_id is not None else None
        if person is None:
            return _("An account that is gone")
        return person.name if person.name == person.username else f"{person.name} ({person.username})"

    def email(user_id: int) -> str:
        return _email(people.get(user_id)) if identity else ""

    return ReviewPage(
        people=count_held(course_key),
        groups=tuple(
            _group(number, group, course_key, policy.fraud_weights, name, email)
            for number, group in enumerate(shown, start=1)
        ),
        page=page,
        following=page + 1 if len(held) > GROUPS else 0,
        log=tuple(_line(row, name) for row in log),
        older=log[-1].id if len(reviews) > DECISIONS else 0,
        hold_at=whole(policy.hold_at),
    )


def _ids(groups: list[HeldGroup], log: list[ReviewRow]) -> set[int]:
    ids = {group.inviter_id for group in groups} | {one.user_id for group in groups for one in group.arrivals}
    ids |= {user_id for row in log for user_id in row.user_ids}
    return ids | {user_id for row in log for user_id in (row.decided_by, row.undone_by) if user_id is not None}


def _apart(name: str) -> str:
    """A name in the middle of a sentence, kept from turning the sentence round where it is written the other way."""
    return f"\u2068{name}\u2069"


def _email(person: Person | None) -> str:
    return person.email if person else ""


def _group(
    number: int,
    group: HeldGroup,
    course_key: CourseKey,
    weights: dict[str, int],
    name: Callable[[int | None], str],
    email: Callable[[int], str],
) -> Group:
    hidden = group.people - len(group.arrivals)
    title = ngettext(
        "%(inviter)s: %(number)s friend waits", "%(inviter)s: %(number)s friends wait", group.people
    ) % {"inviter": _apart(name(group.inviter_id)), "number": whole(group.people)}  # fmt: skip
    more = ngettext(
        "%(number)s more friend waits, with no more against them than those above.",
        "%(number)s more friends wait, with no more against them than those above.",
        hidden,
    ) % {"number": whole(hidden)}
    return Group(
        number=number,
        inviter=name(group.inviter_id),
        email=email(group.inviter_id),
        sealed=sealed(group.inviter_id, course_key),
        people=group.people,
        latest=group.latest,
        title=title,
        evidence=evidence_words(group.evidence),
        waiting=tuple(_waiting(one, weights, name, email) for one in group.arrivals),
        more=more if hidden else "",
    )


def _waiting(
    one: HeldArrival, weights: dict[str, int], name: Callable[[int | None], str], email: Callable[[int], str]
) -> Waiting:
    return Waiting(
        id=one.id,
        name=name(one.user_id),
        email=email(one.user_id),
        network=network_name(one.network),
        came_at=one.clicked_at,
        signs=tuple(
            _("%(sign)s (%(weight)s)") % {"sign": sign_words(sign), "weight": whole(weights.get(sign, 0))}
            for sign in one.signs
        ),
        score=whole(one.score),
    )


def _line(row: ReviewRow, name: Callable[[int | None], str]) -> Line:
    whom = [_apart(name(user_id)) for user_id in row.user_ids]
    hidden = row.people - len(whom)
    if hidden > 0:
        whom.append(ngettext("%(number)s other", "%(number)s others", hidden) % {"number": whole(hidden)})
    return Line(
        id=row.id,
        what=str(DECIDED[row.decision]),
        whom=", ".join(whom),
        why=row.why,
        by=name(row.decided_by),
        at=row.decided_at,
        undone=name(row.undone_by) if row.undone_at else "",
        undone_at=row.undone_at,
    )
