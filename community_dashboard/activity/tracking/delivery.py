"""On the way to a worker: what a request pays for a fact.

With `COMMUNITY_TRACKING_REDIS_URL` one round trip to Redis, which also keeps repetitions back, and once a minute, for one
request of the whole site, a Celery task besides. Without it, after the commit, a look into the cache for repetitions and a
Celery task. Where neither answers, nothing is tried for a few seconds, and what was told meanwhile is counted: in that time a
process waits for a server that is down but once.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from functools import partial
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.tracking import losses
from community_dashboard.activity.tracking.losses import Where
from community_dashboard.activity.tracking.reading import message_of
from community_dashboard.activity.tracking.tasks import drain_tracking, record_told
from community_dashboard.activity.tracking.waiting import ASK_EVERY, SAID_FOR, waiting_list

log = logging.getLogger(__name__)

PATIENCE = 0.2  # seconds for which a request waits for Redis
SILENCE = 10.0  # seconds for which nothing is sent after that


class Silence:
    """After a failure nothing is sent for a while; what is told meanwhile is counted, and written down afterwards."""

    def __init__(self) -> None:
        self._until = 0.0
        self._unsent: Counter[Where] = Counter()
        self._lock = Lock()

    def holds(self) -> bool:
        """Whether nothing is to be sent now."""
        return time.monotonic() < self._until

    def begin(self) -> None:
        """Something did not answer."""
        self._until = time.monotonic() + SILENCE

    def end(self) -> None:
        """For tests, and for whoever knows that it is over."""
        self._until = 0.0

    def count(self, fact: NewActivity) -> None:
        """This one was not sent. A process that is killed during a silence takes its count with it."""
        with self._lock:
            self._unsent[fact.course_key, fact.happened_at.date()] += 1

    def write_down(self) -> None:
        """Adds what was counted to the table after the commit: a request that fails takes none of it back."""
        if self._unsent:
            transaction.on_commit(self._write, robust=True)

    def _write(self) -> None:
        with self._lock:
            counted, self._unsent = self._unsent, Counter()
        try:
            losses.add(column="unsent", numbers=counted)
        except Exception:
            with self._lock:
                self._unsent += counted
            raise


silence = Silence()


def deliver(fact: NewActivity) -> None:
    """Sends the fact on its way. Raises nothing because of a Redis or a broker that is down."""
    url = settings.COMMUNITY_TRACKING_REDIS_URL
    if url:
        _put(fact, url)
    else:
        transaction.on_commit(partial(_hand_over, fact), robust=True)


def _put(fact: NewActivity, url: str) -> None:
    if silence.holds():
        return silence.count(fact)
    try:
        nobody_asked = waiting_list(url, timeout=PATIENCE).put(
            message_of(fact),
            said=fact.key,
            account=fact.user_id or 0,
            course=str(fact.course_key),
            day=fact.happened_at.date(),
            most=settings.COMMUNITY_TRACKING_LIST,
        )
    except Exception:  # whatever a connection can raise
        return _fall_silent(fact, "The list in Redis")
    if nobody_asked:
        _ask_a_worker()
    silence.write_down()


def _ask_a_worker() -> None:
    """Once a minute, so that a site without beat needs none. What comes until the worker does is recorded with the rest."""
    try:
        drain_tracking.apply_async(countdown=ASK_EVERY, retry=False)
    except Exception:
        log.warning("No worker could be asked to record what learners opened: beat, or the next minute.", exc_info=True)


def _hand_over(fact: NewActivity) -> None:
    if silence.holds():
        return silence.count(fact)
    said = f"community-said-{fact.key}"
    try:
        if cache.add(said, 1, SAID_FOR):
            record_told.apply_async(([message_of(fact)],), retry=False)
    except Exception:
        _fall_silent(fact, "The broker")
        cache.delete(said)
        return
    silence.write_down()


def _fall_silent(fact: NewActivity, who: str) -> None:
    silence.begin()
    silence.count(fact)
    log.warning("%s does not answer: for %s seconds what learners open is only counted.", who, SILENCE, exc_info=True)
