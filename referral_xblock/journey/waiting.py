"""What a request leaves for a worker, and the one task that is sent for all that waits, after the request's commit.

The row is the promise, the task only the reminder: where the broker refuses, or the worker dies, the row is still there
and the next `catch_up` does the work. While a task is on its way no other is sent, since it will take what was left after
it too: a busy site sends one for many people, and a request pays for a look into the cache instead of a message.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Telling
from referral_xblock.journey.models import Waiting

log = logging.getLogger(__name__)

# One more attempt at once, for a connection that the broker has closed meanwhile; a person waits for the answer.
SENDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}

SENT = "referral-settle-sent"
SENT_SECONDS = 15  # after that a task that was sent is taken for lost, and a broker that refused is asked again


@dataclass(frozen=True)
class Arrival:
    """What a browser brought along to one course."""

    course_key: CourseKey
    clicks: tuple[int, ...]
    tells: Telling
    marks: tuple[str, ...] = ()  # keyed hashes of the inviters whose own browser it is


def leave(*, user_id: int, now: datetime, arrivals: Iterable[Arrival] = (), courses: Iterable[CourseKey] = ()) -> None:
    """Leaves arrivals to be bound and journeys in `courses` to be computed; nothing to leave costs nothing.

    One statement. The task is sent after the commit, which never raises.
    """
    rows = [
        Waiting(
            user_id=user_id,
            course_key=arrival.course_key,
            clicks=list(arrival.clicks),
            tells=arrival.tells.value,
            marks=list(arrival.marks),
            since=now,
        )
        for arrival in arrivals
    ]
    named = {row.course_key for row in rows}
    rows += [Waiting(user_id=user_id, course_key=key, since=now) for key in dict.fromkeys(courses) if key not in named]
    if rows:
        Waiting.objects.bulk_create(rows)
        transaction.on_commit(_send, robust=True)


def _send() -> None:
    from referral_xblock.journey.tasks import settle

    try:
        if cache.add(SENT, True, SENT_SECONDS):
            settle.apply_async(retry=True, retry_policy=SENDING)
    except Exception:
        log.warning("No worker can be asked at present; the next catch-up does what waits.", exc_info=True)


def a_task_has_come() -> None:
    """From now on a new task may be sent. For the task to say before it looks what waits."""
    cache.delete(SENT)
