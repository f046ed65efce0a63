"""Questions that have passed their target since somebody last looked: nothing happens to them, so nothing tells of them."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.clock.queries import breaches
from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.projection.writers import courses_that_wait
from community_dashboard.moderation.queue.actions import set_findings
from community_dashboard.moderation.queue.items import items_of

log = logging.getLogger(__name__)
SOURCE = "clock"
AT_ONCE = 500


def find_breaches(*, now: datetime) -> int:
    """Tells the queue of every course which questions are past their target; returns how many are news.

    Five queries for each course with waiting learners, ten for each question that is news. Repeatable.
    """
    told = 0
    for course_key in courses_that_wait():
        try:
            told += _find(course_key, now)
        except Exception:
            log.exception("The clock of %s could not be read.", course_key)
    return told


def _find(course_key: CourseKey, now: datetime) -> int:
    told = 0
    late = {one.wait.ref: one for one in breaches(course_key, now)}
    refs = list(late)
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        items = items_of(course_key, some)
        for ref in some:
            known = items.get(ref)
            if known is not None and any(row.source == SOURCE for row in known.findings.all()):
                continue
            finding = Finding(Reason.UNANSWERED, "late", 30.0, late[ref].due or now)
            with transaction.atomic():
                set_findings(course_key=course_key, ref=ref, source=SOURCE, findings=[finding], now=now)
            told += 1
    return told
