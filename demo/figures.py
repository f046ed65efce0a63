"""The dashboard's figures in a demo without a clock of its own: filled once, then a minute after something happened.

With `demo.with_workers` Celery's beat does this, as in an LMS.
"""

from __future__ import annotations

import logging
from datetime import date, datetime
from threading import Thread
from time import sleep
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

log = logging.getLogger(__name__)
EVERY = 60  # seconds


def fill_figures(course_key: Any, *, earlier: Any, now: datetime) -> None:
    """Has the record read what the tables know, the figures of both runs filled from it, and the chances of dropping out in
    this one reckoned by what the earlier one teaches."""
    from community_dashboard.activity.reconciliation import reconcile
    from community_dashboard.activity.rollup.filling import fill_course
    from community_dashboard.activity.sources import SETTLED
    from community_dashboard.engagement.risk.rounds import reckon
    from community_dashboard.engagement.risk.teaching import teach

    # Rows of the last minutes are taken too: while the demo is made nobody else writes.
    reconcile(now=now + SETTLED)
    for run in (earlier, course_key):
        fill_course(run, now=now)
    teach(course_key=course_key, now=now)  # where scikit-learn is installed
    reckon(course_key=course_key, now=now)


def keep_figures_fresh() -> None:
    """Begins to look every minute whether something happened, until the program ends; nothing where workers do it."""
    if not settings.REDIS_URL:
        Thread(target=_look_for_ever, name="figures", daemon=True).start()


def fill_if_needed(*, filled: tuple[int, date] | None, now: datetime) -> tuple[int, date]:
    """Fills if the record has grown or a day has begun since it was `filled`; returns what it is filled for now."""
    from community_dashboard.activity.queries import newest_number
    from community_dashboard.activity.rollup.filling import fill
    from community_dashboard.engagement.risk.tasks import tend_risks

    last = newest_number()
    if filled != (last, now.date()):
        fill(now=now, seconds=EVERY / 2)
        tend_risks()
    return last, now.date()


def _look_for_ever() -> None:
    filled: tuple[int, date] | None = None
    while True:
        sleep(EVERY)
        try:
            filled = fill_if_needed(filled=filled, now=timezone.now())
        except Exception:
            log.exception("The figures could not be filled; the next look tries again.")
        finally:
            close_old_connections()
