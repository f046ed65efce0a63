"""Whose friends are to be looked at again, and the task that does it for all of them together.

Many friends may come by one inviter in a minute, and each changes what the others look like. So a change leaves a row, which
costs one statement, and one task for the site takes all rows half a minute later. A task that is lost does no harm: the
rows stay, and the next `catch_up` takes them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.journey.models import Journey, Unjudged
from referral_xblock.journey.waiting import SENDING

log = logging.getLogger(__name__)

BATCH = 500
TOGETHER_SECONDS = 30  # what comes within them is looked at together
SENT = "referral-judge-sent"
SENT_SECONDS = 300  # after that a task that was sent is taken for lost


def look_again(inviter_ids: Iterable[int | None], course_key: CourseKey, *, changed: Iterable[int | None] = ()) -> None:
    """The friends of these inviters in this course are to be looked at again. One statement for 500 of them.

    Around those who are `changed` others are looked at too: who invited them, and the inviters of those. The task is sent
    after the commit, if none is under way; it never raises.
    """
    changed = set(changed)
    wanted = sorted({*inviter_ids, *changed} - {None})
    rows = [Unjudged(inviter_id=one, course_key=course_key, around=one in changed) for one in wanted]
    if rows:
        Unjudged.objects.bulk_create(rows, batch_size=BATCH)
        transaction.on_commit(_send, robust=True)


def look_again_at_course(course_key: CourseKey) -> None:
    """The same for everybody who invited in this course, as after its rules were changed. One query more."""
    inviters = Journey.objects.filter(course_key=course_key).order_by().values_list("inviter_id", flat=True)
    look_again(inviters.distinct(), course_key)


def _send() -> None:
    from referral_xblock.journey.tasks import judge

    if not cache.add(SENT, True, SENT_SECONDS):
        return
    try:
        judge.apply_async(countdown=TOGETHER_SECONDS, retry=True, retry_policy=SENDING)
    except Exception:
        log.warning("No worker can be asked at present; the next catch-up looks at the arrivals.", exc_info=True)


def a_task_has_come() -> None:
    """From now on a new task may be sent."""
    cache.delete(SENT)
