"""Many rows of the ledger at once, by the rules of the single actions. Repeatable: what was known is passed over.

No journey is computed here: `recompute_all` does that for the course when everything is in the ledger, and before it adds
what the platform knew of the people before we listened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.batches import choose_tellings_first
from referral_xblock.data import LinkState, Role, Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.journey import attribution
from referral_xblock.journey.models import Event, Touch
from referral_xblock.journey.notes import once
from referral_xblock.links.batches import BATCH, count_accounts, in_parts, name_persons
from referral_xblock.links.queries import FoundClick, FoundLink, find_clicks
from referral_xblock.policy.queries import policy_of


class EventKind(StrEnum):
    """What the platform says. "enrolled" is the first enrolment's moment, "present" any at which the person was enrolled."""

    REGISTERED = attribution.REGISTERED
    ENROLLED = attribution.ENROLLED
    PRESENT = attribution.PRESENT
    UNENROLLED = attribution.UNENROLLED
    ACTIVE = attribution.ACTIVE
    COMPLETED = attribution.COMPLETED
    LAPSED = attribution.LAPSED


@dataclass(frozen=True)
class NewEvent:
    """Something that the platform said. Without `event_id` it is what happens once per person and course."""

    user_id: int
    kind: EventKind
    happened_at: datetime
    course_key: CourseKey | None = None
    by_other: bool = False
    event_id: str = ""

    @property
    def number(self) -> str:
        """What makes the second delivery a repetition."""
        return self.event_id or once(self.kind.value, self.user_id, self.course_key)


@dataclass(frozen=True)
class NewTouch:
    """An account came of a click, or its owner typed the code of a link. `user` is a row of AUTH_USER_MODEL."""

    user: Any
    bound_at: datetime
    tells: Telling = Telling.DAY
    click_id: int | None = None
    typed: FoundLink | None = None  # as `find_link` finds it at that moment
    own_browser_of: Callable[[int], bool] = lambda _user_id: False  # whether the browser is this inviter's own

    @property
    def token(self) -> str:
        """What makes the second binding a repetition."""
        return f"code:{self.user.id}:{self.typed.id}" if self.typed else f"click:{self.click_id}"


def note_events(*, events: Iterable[NewEvent]) -> None:
    """Adds what the platform said to the ledger; of events with one number the earliest counts. One statement for 500 rows."""
    rows = [
        Event(
            event_id=event.number,
            user_id=event.user_id,
            course=str(event.course_key or ""),
            kind=event.kind.value,
            happened_at=event.happened_at,
            by_other=event.by_other,
        )
        for event in sorted(events, key=lambda event: event.happened_at)
    ]
    Event.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


@transaction.atomic
def bind_touches(*, course_key: CourseKey, touches: Iterable[NewTouch]) -> int:
    """Binds clicks and typed codes to accounts, in the order of binding; returns how many were new.

    As `bind_clicks` and `type_code` do: a click binds at most one account; what is gone, belongs to another course or is
    bound already is passed over, and so are the own code, one that no longer invites and a link that is used up; the links'
    accounts and the clicks' persons are counted. What the host asks for roles of many, else about ten queries for 500
    touches. IntegrityError, and nothing changed, if somebody else binds one meanwhile.
    """
    given: dict[str, NewTouch] = {}
    for touch in sorted(touches, key=lambda touch: touch.bound_at):
        given.setdefault(touch.token, touch)
    for token in _known(list(given)):
        del given[token]
    numbers = [touch.click_id for touch in given.values() if touch.click_id is not None]
    clicks = {number: click for part in in_parts(numbers) for number, click in find_clicks(list(part)).items()}
    found = [(touch, facts) for touch in given.values() if (facts := _facts(touch, clicks, course_key))]
    # Counted before the ledger is written: a new row there shares a lock on its link, and of two that had done so neither
    # could go on to count.
    room = count_accounts(link_ids=[facts["link_id"] for _touch, facts in found])
    new = []
    for touch, facts in found:
        if room[facts["link_id"]]:
            room[facts["link_id"]] -= 1
            new.append((touch, facts))
    users = {touch.user.id: touch.user for touch, _facts in new}
    roles = get_host().roles_of(list(users), course_key)
    staff = {user_id for user_id in users if Role.COURSE_STAFF in roles.get(user_id, ())}
    policy = policy_of(course_key)
    rows = [
        Touch(
            token=touch.token,
            user=touch.user,
            course_key=course_key,
            bound_at=touch.bound_at,
            is_staff=touch.user.id in staff,
            admitted=policy.admits(touch.user.email),
            **facts,
        )
        for touch, facts in new
    ]
    Touch.objects.bulk_create(rows, batch_size=BATCH)
    name_persons(accounts=[(touch.click_id, touch.user.id) for touch, _facts in new if touch.click_id is not None])
    choose_tellings_first(
        course_key=course_key, choices=[(touch.user.id, touch.tells, touch.bound_at) for touch, _facts in new]
    )
    return len(rows)


def _known(tokens: list[str]) -> set[str]:
    return {
        token
        for part in in_parts(tokens)
        for token in Touch.objects.filter(token__in=part).values_list("token", flat=True)
    }


def _facts(touch: NewTouch, clicks: dict[int, FoundClick], course_key: CourseKey) -> dict[str, Any] | None:
    """What stands in the ledger of where this touch came from; None if it does not count at all."""
    if touch.typed is not None:
        own = touch.typed.owner_id == touch.user.id
        if own or touch.typed.state is not LinkState.OPEN or touch.typed.course_key != course_key:
            return None
        return {"link_id": touch.typed.id, "kind": "code", "happened_at": touch.bound_at}
    click = clicks.get(touch.click_id or 0)
    if click is None or click.course_key != course_key:
        return None
    return {
        "link_id": click.link_id,
        "kind": "link",
        "happened_at": click.created_at,
        "same_browser": click.same_browser or touch.own_browser_of(click.owner_id),
    }
