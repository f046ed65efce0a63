"""What waits for a worker is done here: clicks bound, the ledger completed, the journey computed. Repeatable."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Telling
from referral_xblock.host.secret import hash_secret
from referral_xblock.journey import ledger
from referral_xblock.journey.actions import bind_clicks
from referral_xblock.journey.models import Waiting
from referral_xblock.journey.reconciliation import reconcile
from referral_xblock.links.visitors import browser_mark

log = logging.getLogger(__name__)

FORGOTTEN_AFTER = timedelta(minutes=5)  # by then a task that was sent has come, or will not
MOST_ROWS = 500


def settle(*, user_id: int, now: datetime) -> int:
    """Does everything that waits for this person; returns for how many courses. What was done already is done again harmlessly.

    One transaction for each course, so that one that fails leaves the others be; its error is raised in the end. What another
    worker has in hand is left to it. About 26 statements for a course with a new click, 13 without, one if nothing waits.
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


def _settle_course(course_key: CourseKey, rows: list[Waiting], now: datetime) -> None:
    user = rows[0].user
    for row in rows:
        if row.clicks:
            bind_clicks(
                user=user,
                course_key=course_key,
                click_ids=row.clicks,
                tells=Telling(row.tells),
                now=row.since,
                own_browser_of=lambda owner_id, marks=row.marks: (
                    owner_id == user.id or browser_mark(owner_id, secret=hash_secret()) in marks
                ),
            )
    reconcile([user.id], course_key, now=now)
    ledger.recompute([user.id], course_key)


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
    """How many rows were read, for how many people, and what failed. One person may have many rows."""
    found = list(rows.order_by("tries", "id").values_list("user_id", flat=True)[:MOST_ROWS])
    people = dict.fromkeys(found)
    failures: list[Exception] = []
    for user_id in people:
        try:
            settle(user_id=user_id, now=now)
        except Exception as failure:
            log.exception("What waits for account %s could not be done.", user_id)
            failures.append(failure)
    return len(found), len(people), failures
