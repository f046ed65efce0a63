"""What the platform says of a person, as rows of the ledger and as work for a worker. One small function for each statement.

Each asks first whether an invitation brought the person to this course: everybody else is none of our business. Called in the
request that made it true, in a savepoint of ours; five statements at most, and what costs more is left for a worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from referral_xblock.host.chosen import get_host
from referral_xblock.journey.batches import EventKind, NewEvent, note_events
from referral_xblock.journey.models import Event
from referral_xblock.journey.notes import once
from referral_xblock.journey.queries import has_journey, is_graded
from referral_xblock.journey.waiting import Arrival, leave


def registered(
    *, user_id: int, event_id: str, happened_at: datetime, arrivals: Sequence[Arrival], now: datetime
) -> None:
    """Somebody registered: kept of everybody, because an invitation may turn out later. Two statements.

    A journey that was computed before, of an address that the team had enrolled, knows the account's date already.
    """
    note_events(events=[NewEvent(user_id, EventKind.REGISTERED, happened_at, event_id=event_id)])
    leave(user_id=user_id, arrivals=arrivals, now=now)


def enrolled(
    *,
    user_id: int,
    course_key: CourseKey,
    enrolled_at: datetime,
    by_other: bool,
    event_id: str,
    happened_at: datetime,
    arrivals: Sequence[Arrival],
    now: datetime,
) -> None:
    """Somebody was enrolled, or brought back: kept of everybody too. Three statements.

    The platform repeats the date of the first enrolment when it brings somebody back: its number makes that a repetition,
    whoever does it.
    """
    known = bool(arrivals) or has_journey(user_id, course_key)
    number = once(f"enrolled@{enrolled_at:%Y%m%d%H%M%S}", user_id, course_key)
    events = [NewEvent(user_id, EventKind.ENROLLED, enrolled_at, course_key, by_other, number)]
    if known:
        here = f"{EventKind.PRESENT.value}:{event_id}"
        events.append(NewEvent(user_id, EventKind.PRESENT, happened_at, course_key, event_id=here))
    note_events(events=events)
    leave(user_id=user_id, arrivals=arrivals, courses=[course_key] if known else [], now=now)


def left(*, user_id: int, course_key: CourseKey, event_id: str, happened_at: datetime, now: datetime) -> None:
    """Somebody left the course."""
    if has_journey(user_id, course_key):
        gone = f"{EventKind.UNENROLLED.value}:{event_id}"
        note_events(events=[NewEvent(user_id, EventKind.UNENROLLED, happened_at, course_key, event_id=gone)])
        leave(user_id=user_id, courses=[course_key], now=now)


def passes(
    *, user_id: int, course_key: CourseKey, passing: bool, event_id: str, happened_at: datetime, now: datetime
) -> None:
    """The person passes, or no longer. The platform says so at every calculation of a grade: only a change is a row.

    Not to pass before one ever did is no change.
    """
    if not has_journey(user_id, course_key):
        return
    kind = EventKind.COMPLETED if passing else EventKind.LAPSED
    before = _events(user_id, course_key).filter(
        kind__in=(EventKind.COMPLETED.value, EventKind.LAPSED.value), happened_at__lte=happened_at
    )
    last = before.order_by("-happened_at", "-id").values_list("kind", flat=True).first()
    if last == kind.value or (last is None and not passing):
        return
    note_events(events=[NewEvent(user_id, kind, happened_at, course_key, event_id=f"{kind.value}:{event_id}")])
    leave(user_id=user_id, courses=[course_key], now=now)


def certified(
    *, user_id: int, course_key: CourseKey, valid: bool, event_id: str, happened_at: datetime, now: datetime
) -> None:
    """The person's certificate is valid, or not: who lost it and still passes has completed the course all the same."""
    if not has_journey(user_id, course_key):
        return
    if not valid and get_host().has_passed(get_user_model().objects.get(id=user_id), course_key):
        return
    passes(user_id=user_id, course_key=course_key, passing=valid, event_id=event_id, happened_at=happened_at, now=now)


def completed_a_block(*, user_id: int, course_key: CourseKey, happened_at: datetime, now: datetime) -> None:
    """The first makes an invited learner active; in a course without grades a worker looks at every one, until it is done."""
    if not has_journey(user_id, course_key):
        return
    known = set(_events(user_id, course_key).values_list("kind", flat=True))
    if EventKind.ACTIVE.value not in known:
        note_events(events=[NewEvent(user_id, EventKind.ACTIVE, happened_at, course_key)])
    elif EventKind.COMPLETED.value in known or is_graded(course_key):
        return
    leave(user_id=user_id, courses=[course_key], now=now)


def _events(user_id: int, course_key: CourseKey):
    return Event.objects.filter(user_id=user_id, course=str(course_key))
