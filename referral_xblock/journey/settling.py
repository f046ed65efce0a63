"""What waits for a worker is done here: clicks bound, the ledger completed, the journey computed. Repeatable."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
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
MOST_PEOPLE = 500


def settle(*, user_id: int, now: datetime) -> int:
    """Does everything that waits for this person; returns for how many courses. What was done already is done again harmlessly.

    One transaction for each course, so that one that fails leaves the others be; its error is raised in the end. About 25
    statements for a course with a new click, 12 without, one if nothing waits.
    """
    rows: dict[CourseKey, list[Waiting]] = defaultdict(list)
    for row in Waiting.objects.filter(user_id=user_id).select_related("user").order_by("id"):
        rows[row.course_key].append(row)
    failure = None
    for course_key, own in rows.items():
        ids = [row.id for row in own]
        try:
            with transaction.atomic():
                _settle_course(course_key, own, now)
                Waiting.objects.filter(id__in=ids).delete()
        except Exception as error:
            Waiting.objects.filter(id__in=ids).update(tries=F("tries") + 1)
            failure = error
    if failure is not None:
        raise failure
    return len(rows)


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


def settle_forgotten(*, now: datetime) -> int:
    """Does what has waited for more than five minutes, of at most 500 people, what has never failed first.

    Returns how many people it was for. What fails is logged and tried again next time.
    """
    rows = Waiting.objects.filter(since__lt=now - FORGOTTEN_AFTER).order_by("tries", "id")
    people = dict.fromkeys(rows.values_list("user_id", flat=True)[:MOST_PEOPLE])
    for user_id in people:
        try:
            settle(user_id=user_id, now=now)
        except Exception:
            log.exception("What waits for account %s could not be done.", user_id)
    return len(people)
