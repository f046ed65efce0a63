"""Many links and clicks at once, by the rules of the single actions: for a migration from another tool, or for a demo.

Everything is written in statements of some hundred rows, so the cost grows with the rows and not with round trips. Moments
come with the rows. Each function is one transaction and may be run again where its docstring says so.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Verdict
from referral_xblock.links.actions import ATTEMPTS
from referral_xblock.links.codes import new_code
from referral_xblock.links.machines import MAY_TURN_OUT_A_PERSON
from referral_xblock.links.models import Click, Link
from referral_xblock.links.telling import tell_clicked
from referral_xblock.links.visitors import account
from referral_xblock.policy.queries import policy_of

BATCH = 500
SAID = ("link_id", "visitor", "created_at", "verdict", "reason", "same_browser", "trusted_network")
Place = tuple[int, str, str]  # owner's id, placement, channel


@dataclass(frozen=True)
class WantedLink:
    """A link that somebody should have from this moment on."""

    owner_id: int
    placement: str
    channel: str
    created_at: datetime

    @property
    def place(self) -> Place:
        """What there is one link for."""
        return (self.owner_id, self.placement, self.channel)


@dataclass(frozen=True)
class Visit:
    """One request for a link's page. `machine` is why it was a machine's, `confirmed_by` what first made it a person's."""

    link_id: int
    visitor: str
    created_at: datetime
    machine: str = ""
    confirmed_by: str = ""  # "", "beacon" or "join"
    same_browser: bool = False
    trusted_network: bool = False

    @property
    def outcome(self) -> tuple[str, str]:
        """Verdict and reason, as `record_click` and then `confirm_person` leave them."""
        if self.confirmed_by and (not self.machine or self.machine in MAY_TURN_OUT_A_PERSON):
            return Verdict.PERSON.value, self.confirmed_by
        return (Verdict.MACHINE.value, self.machine) if self.machine else (Verdict.UNKNOWN.value, "")

    @property
    def said(self) -> tuple:
        """What stands in the columns `SAID` of its row."""
        seen = (self.link_id, self.visitor, self.created_at)
        return (*seen, *self.outcome, self.same_browser, self.trusted_network)


def in_parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The items in parts of at most 500, which every database takes in one statement."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


@transaction.atomic
def ensure_links_for_many(
    *, course_key: CourseKey, wanted: Iterable[WantedLink], choose: Callable[[str], str] = secrets.choice
) -> dict[Place, Link]:
    """The wanted links by place, made where missing, with the policy's kind, cap and lifetime. Repeatable.

    Of the same place wanted twice the earliest moment counts. `choose` draws the letters of the codes. One query for 500
    owners, one statement and one more query for 500 new links. RuntimeError if no free codes are found.
    """
    first: dict[Place, WantedLink] = {}
    for link in sorted(wanted, key=lambda link: link.created_at):
        first.setdefault(link.place, link)
    owners = sorted({owner_id for owner_id, _placement, _channel in first})
    policy = policy_of(course_key)
    lifetime = timedelta(days=policy.link_lifetime_days) if policy.link_lifetime_days else None
    for _attempt in range(ATTEMPTS):
        found = _links_of(owners, course_key)
        missing = [link for place, link in first.items() if place not in found]
        if not missing:
            return {place: found[place] for place in first}
        # A code that is taken, or a link that another request makes meanwhile, is passed over and looked at again.
        Link.objects.bulk_create(
            [
                Link(
                    code=new_code(choose),
                    owner_id=link.owner_id,
                    course_key=course_key,
                    placement=link.placement,
                    channel=link.channel,
                    kind=policy.link_kind,
                    cap=policy.link_cap,
                    created_at=link.created_at,
                    expires_at=link.created_at + lifetime if lifetime else None,
                )
                for link in missing
            ],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
    raise RuntimeError("No free link codes were found.")


def _links_of(owner_ids: list[int], course_key: CourseKey) -> dict[Place, Link]:
    return {
        (link.owner_id, link.placement, link.channel): link
        for part in in_parts(owner_ids)
        for link in Link.objects.filter(owner_id__in=part, course_key=course_key, label="")
    }


@transaction.atomic
def record_clicks(*, course_key: CourseKey, visits: Iterable[Visit]) -> list[int]:
    """Writes requests for pages of this course's links and returns their numbers in the order of the visits.

    One statement for 500 visits and one query. Not repeatable: every visit is a new row.
    """
    given = list(visits)
    before = Click.objects.aggregate(last=Max("id"))["last"] or 0
    Click.objects.bulk_create(
        [
            Click(
                link_id=visit.link_id,
                course_key=course_key,
                created_at=visit.created_at,
                verdict=verdict,
                reason=reason,
                visitor=visit.visitor,
                person=visit.visitor,
                same_browser=visit.same_browser,
                trusted_network=visit.trusted_network,
            )
            for visit in given
            for verdict, reason in [visit.outcome]
        ],
        batch_size=BATCH,
    )
    # Read back, because MySQL does not tell the numbers of many rows. Rows that are alike are interchangeable.
    numbers: dict[tuple, deque[int]] = defaultdict(deque)
    rows = Click.objects.filter(id__gt=before, course_key=course_key).order_by("id")
    for number, *row in rows.values_list("id", *SAID):
        numbers[tuple(row)].append(number)
    return [numbers[visit.said].popleft() for visit in given]


@transaction.atomic
def name_persons(*, accounts: Iterable[tuple[int, int]]) -> None:
    """`name_person` for many pairs of click and user, in the order in which the accounts came. Repeatable.

    From now on these clicks, and the same visitors' other clicks on the same link that day, count as the accounts. Two
    queries and two statements for 500 pairs.
    """
    for part in in_parts(list(accounts)):
        # Locked, so that of two who find the same person one tells it.
        rows = Click.objects.select_for_update().only("link_id", "visitor", "created_at", "verdict")
        clicks = rows.in_bulk([click_id for click_id, _user_id in part])
        open_to_it = [click.id for click in clicks.values() if click.verdict != Verdict.PERSON.value]
        Click.objects.filter(id__in=open_to_it).update(verdict=Verdict.PERSON.value, reason="account")
        tell_clicked(open_to_it, by="account")
        alike: dict[tuple[int, str], list[Click]] = defaultdict(list)
        neighbours = Click.objects.filter(
            link_id__in={click.link_id for click in clicks.values()},
            visitor__in={click.visitor for click in clicks.values()},
            person=F("visitor"),
        )
        for click in neighbours.only("link_id", "visitor", "person", "created_at"):
            alike[(click.link_id, click.visitor)].append(click)
        named = {}
        for click_id, user_id in part:
            bound = clicks.get(click_id)
            for click in alike[(bound.link_id, bound.visitor)] if bound else []:
                if click.id not in named and click.created_at <= bound.created_at:
                    click.person = account(user_id)
                    named[click.id] = click
        Click.objects.bulk_update(named.values(), ["person"], batch_size=BATCH)


@transaction.atomic
def count_accounts(*, link_ids: Iterable[int]) -> Counter[int]:
    """One more account came by each of these links; a link may stand there several times. Returns how many each had room for.

    One query and a few statements for 500 links.
    """
    wanted = Counter(link_ids)
    room: Counter[int] = Counter()
    links_by_number: dict[int, list[int]] = defaultdict(list)
    for part in in_parts(sorted(wanted)):
        # In the order of the links, so that two who count the same ones do not wait for each other for ever.
        locked = Link.objects.select_for_update().filter(id__in=part).order_by("id")
        for link_id, cap, accounts in locked.values_list("id", "cap", "accounts"):
            room[link_id] = min(wanted[link_id], max(0, cap - accounts)) if cap else wanted[link_id]
            if room[link_id]:
                links_by_number[room[link_id]].append(link_id)
    for number, same in links_by_number.items():
        for part in in_parts(same):
            Link.objects.filter(id__in=part).update(accounts=F("accounts") + number)
    return room
