"""The repair: the ledger is completed from what the platform knows, then every journey is computed anew from it.

It goes through everybody who was ever invited, in pages of 500, and notes after each page how far it has come: killed, it
goes on where it stopped.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.journey import ledger
from referral_xblock.journey.models import Journey, RepairPass, Touch
from referral_xblock.journey.reconciliation import reconcile
from referral_xblock.journey.suspicion import judge_marked

log = logging.getLogger(__name__)

PAGE = 500
PAGES_AT_ONCE = 60  # of a background run
SILENT_FOR = timedelta(minutes=5)  # whoever was at it and says nothing for so long is dead
Clock = Callable[[], datetime]
Person = tuple[int, int, CourseKey]  # a row's number, whose it is, where


@dataclass(frozen=True)
class Progress:
    """How far a pass has come."""

    people: int
    changed: int  # journeys
    ended: bool
    resumed: bool  # it goes on with what was begun before


class BusyError(Exception):
    """Somebody else is at this pass; the argument is when they were last seen."""


def recompute_all(*, course_key: CourseKey | None = None, now: datetime) -> tuple[int, int]:
    """Every journey of one course or of all, at once; returns (people looked at, journeys changed).

    For a page of 500 people about ten queries for each course among them, and what the host asks for learners who are
    active and not known to have completed.
    """
    people = changed = touch = 0
    while page := _next_people(course_key, touch):
        touch = page[-1][0]
        people += len(page)
        changed += _repair(page, now)
    changed += _drop_strays(course_key)
    judge_marked(now=now, most=None)
    return people, changed


def continue_repair(
    *, course_key: CourseKey | None = None, clock: Clock, pages: int | None = None
) -> Iterator[Progress]:
    """Goes on with the pass over one course or all, or begins it; tells after each page how far it is.

    At most `pages` pages, else to the end. BusyError if somebody else is at it.
    """
    row = _claim(course_key, clock())
    resumed, done = row.touch > 0, 0
    while True:
        now = clock()
        page = _next_people(course_key, row.touch)
        if page:
            row.touch, row.people, row.changed = page[-1][0], row.people + len(page), row.changed + _repair(page, now)
        else:
            row.changed, row.ended_at = row.changed + _drop_strays(course_key), now
        done += 1
        stop = row.ended_at is not None or done == pages
        row.seen_at = None if stop else now
        row.save()
        yield Progress(people=row.people, changed=row.changed, ended=row.ended_at is not None, resumed=resumed)
        if stop:
            return


def continue_in_the_background(*, clock: Clock) -> Progress | None:
    """At most 60 pages of the site's pass; a new one begins REFERRAL_REPAIR_HOURS after the last began (0: none does).

    None if nothing is due or somebody else is at it. One query then.
    """
    row = RepairPass.objects.filter(course="").first()
    hours = settings.REFERRAL_REPAIR_HOURS
    if not hours or (row and row.ended_at and clock() - row.began_at < timedelta(hours=hours)):
        return None
    try:
        return list(continue_repair(clock=clock, pages=PAGES_AT_ONCE))[-1]
    except BusyError:
        return None


def _claim(course_key: CourseKey | None, now: datetime) -> RepairPass:
    """The row of this pass, ours from now on; begun anew if the last one came to its end."""
    row, _new = RepairPass.objects.get_or_create(course=str(course_key or ""), defaults={"began_at": now})
    free = Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR)
    if not RepairPass.objects.filter(free, id=row.id).update(seen_at=now):
        raise BusyError(row.seen_at)
    row.refresh_from_db()
    if row.ended_at is not None:
        row.began_at, row.ended_at, row.touch, row.people, row.changed = now, None, 0, 0, 0
    return row


def _next_people(course_key: CourseKey | None, after: int) -> list[Person]:
    """(touch, person, course) of the next 500 first touches: everybody comes once for each course. One query."""
    touches = Touch.objects.filter(id__gt=after)
    if course_key is not None:
        touches = touches.filter(course_key=course_key)
    earlier = Touch.objects.filter(
        user_id=OuterRef("user_id"), course_key=OuterRef("course_key"), id__lt=OuterRef("id")
    )
    return list(touches.filter(~Exists(earlier)).order_by("id").values_list("id", "user_id", "course_key")[:PAGE])


def _drop_strays(course_key: CourseKey | None) -> int:
    """Drops journeys whose touches are gone; returns how many. One query if there are none."""
    journeys = Journey.objects.all() if course_key is None else Journey.objects.filter(course_key=course_key)
    touched = Touch.objects.filter(user_id=OuterRef("user_id"), course_key=OuterRef("course_key"))
    strays = journeys.filter(~Exists(touched)).values_list("id", "user_id", "course_key")
    return sum(ledger.recompute(user_ids, key) for key, user_ids in _by_course(strays).items())


def _repair(people: Iterable[Person], now: datetime) -> int:
    """Completes their ledger and computes their journeys; returns how many changed.

    What fails for one of them is logged and keeps nobody else waiting.
    """
    changed = 0
    for course_key, user_ids in _by_course(people).items():
        try:
            changed += _repair_course(user_ids, course_key, now)
        except Exception:
            for user_id in user_ids:
                try:
                    changed += _repair_course([user_id], course_key, now)
                except Exception:
                    log.exception("The journey of account %s in %s cannot be repaired.", user_id, course_key)
    return changed


def _repair_course(user_ids: list[int], course_key: CourseKey, now: datetime) -> int:
    with transaction.atomic():
        reconcile(user_ids, course_key, now=now)
        return ledger.recompute(user_ids, course_key)


def _by_course(people: Iterable[Person]) -> dict[CourseKey, list[int]]:
    found: dict[CourseKey, list[int]] = defaultdict(list)
    for _number, user_id, course_key in people:
        found[course_key].append(user_id)
    return found
