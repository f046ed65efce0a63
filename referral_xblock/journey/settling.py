"""What waits for a worker is done here: clicks bound, the ledger completed, the journey computed. Repeatable."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial

from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Telling
from referral_xblock.host.secret import hash_secret
from referral_xblock.journey import ledger
from referral_xblock.journey.batches import NewTouch, bind_touches
from referral_xblock.journey.models import Waiting
from referral_xblock.journey.reconciliation import reconcile
from referral_xblock.links.visitors import browser_mark

log = logging.getLogger(__name__)

FORGOTTEN_AFTER = timedelta(minutes=5)  # by then a task that was sent has come, or will not
MOST_ROWS = 500
TOGETHER = 20  # people in one transaction: few enough that others hardly wait for the links they come by


def settle(*, user_id: int, now: datetime) -> int:
    """Does everything that waits for this person; returns for how many courses. What was done already is done again harmlessly.

    One transaction for each course, so that one that fails leaves the others be; its error is raised in the end. What another
    worker has in hand is left to it. About 30 statements for a course with a new click, 13 without, one if nothing waits.
    """
    rows: dict[CourseKey, list[Waiting]] = defaultdict(list)
    for row in Waiting.objects.filter(user_id=user_id).select_related("user").order_by("id"):
        rows[row.course_key].append(row)
    done, failure = 0, None
    for course_key, own in rows.items():
        ids = [row.id for row in own]
        try:
            with transaction.atomic():
                taken = _take(ids)
                if taken:
                    _settle_course(course_key, [row for row in own if row.id in taken], now)
                    Waiting.objects.filter(id__in=taken).delete()
                    done += 1
        except Exception as error:
            Waiting.objects.filter(id__in=ids).update(tries=F("tries") + 1)
            failure = error
    if failure is not None:
        raise failure
    return done


def _take(ids: list[int]) -> set[int]:
    """Those of these rows that are still there and in nobody else's hand; ours until the transaction ends."""
    rows = Waiting.objects.filter(id__in=ids).order_by("id")
    skip = connection.features.has_select_for_update_skip_locked
    return set(rows.select_for_update(skip_locked=skip).values_list("id", flat=True))


def settle_together(*, user_ids: list[int], course_key: CourseKey, now: datetime) -> None:
    """Does what waits for these people in one course, in one transaction: all of it or nothing. Repeatable.

    About 25 statements for 20 people with new clicks, and what follows for each from a journey that changed.
    """
    with transaction.atomic():
        rows = Waiting.objects.filter(user_id__in=user_ids, course_key=course_key).select_related("user").order_by("id")
        own = list(rows)
        taken = _take([row.id for row in own])
        if taken:
            _settle_course(course_key, [row for row in own if row.id in taken], now)
            Waiting.objects.filter(id__in=taken).delete()


def _settle_course(course_key: CourseKey, rows: list[Waiting], now: datetime) -> None:
    """`rows` are of one course, and of one person or of many."""
    bind_touches(
        course_key=course_key,
        touches=[
            NewTouch(
                user=row.user,
                bound_at=row.since,
                tells=Telling(row.tells),
                click_id=click_id,
                own_browser_of=partial(_is_own_browser, row.user_id, row.marks),
            )
            for row in rows
            for click_id in row.clicks
        ],
    )
    people = sorted({row.user_id for row in rows})
    reconcile(people, course_key, now=now)
    ledger.recompute(people, course_key)


def _is_own_browser(user_id: int, marks: list[str], owner_id: int) -> bool:
    return owner_id == user_id or browser_mark(owner_id, secret=hash_secret()) in marks


def settle_waiting(*, now: datetime) -> bool:
    """Does what waits, at most 500 rows, what has never failed first; returns whether it is worth going on at once.

    What fails keeps nobody else waiting: it is logged, and raised in the end if the database was at fault, because another
    attempt may then help at once.
    """
    rows, people, failures = _settle_first(Waiting.objects.all(), now)
    for failure in failures:
        if isinstance(failure, DatabaseError):
            raise failure
    return rows == MOST_ROWS and len(failures) < people


def settle_forgotten(*, now: datetime) -> int:
    """Does what has waited for more than five minutes, likewise, and leaves what fails to the next time.

    Returns how many people it was for.
    """
    return _settle_first(Waiting.objects.filter(since__lt=now - FORGOTTEN_AFTER), now)[1]


def _settle_first(rows: QuerySet[Waiting], now: datetime) -> tuple[int, int, list[Exception]]:
    """How many rows were read, for how many people, and what failed. One person may have many rows.

    People of one course are done together. Where that fails, or failed before, each is done alone.
    """
    found = list(rows.order_by("tries", "id").values_list("user_id", "course_key", "tries")[:MOST_ROWS])
    people = list(dict.fromkeys(user_id for user_id, _course, _tries in found))
    alone = dict.fromkeys(user_id for user_id, _course, tries in found if tries)
    by_course: dict[CourseKey, dict[int, None]] = defaultdict(dict)
    for user_id, course_key, tries in found:
        if not tries:
            by_course[course_key][user_id] = None
    for course_key, waiting in by_course.items():
        ids = list(waiting)
        for start in range(0, len(ids), TOGETHER):
            part = ids[start : start + TOGETHER]
            try:
                settle_together(user_ids=part, course_key=course_key, now=now)
            except Exception:
                log.info("What waits for %s people is done for each alone.", len(part), exc_info=True)
                alone |= dict.fromkeys(part)
    failures: list[Exception] = []
    for user_id in alone:
        try:
            settle(user_id=user_id, now=now)
        except Exception as failure:
            log.exception("What waits for account %s could not be done.", user_id)
            failures.append(failure)
    return len(found), len(people), failures
