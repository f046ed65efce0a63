"""The one place that asks every source about posts, has the acting account hold some, and tells the queue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from django.db import OperationalError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.intake import holding
from community_dashboard.moderation.intake.batch import Batch, read_batch
from community_dashboard.moderation.intake.overwriting import overwritten
from community_dashboard.moderation.intake.sources import SOURCES, Told, differ
from community_dashboard.moderation.projection.actions import note_examined
from community_dashboard.moderation.queue.actions import set_findings

log = logging.getLogger(__name__)
AT_ONCE = 200
# First those that hold: what learners shall not read waits for nothing else.
HOLDING: dict[str, Callable[[Batch], Told]] = {
    "overwritten": overwritten,
    "shield": holding.shield,
    "sanctions": holding.sanctions,
}


def examine(*, course_key: CourseKey, refs: Iterable[PostRef], now: datetime) -> None:
    """Examines these posts of this course: what the sources find stands in the queue, what the rules hold is masked.

    May be repeated, and run beside itself: the same text is judged once, the same finding told once, the same post held once.
    A source that fails is left out and told to the log; what it told before stays. If the database was in the way (a lock that
    two workers wanted), everything else is done first, then OperationalError is raised: do it again; until somebody has, the
    posts count as unexamined. Some sixty queries for 200 posts, ten for each post of which something new is told, and a decision
    for each that is held.
    """
    wanted = iter(dict.fromkeys(refs))
    again: list[OperationalError] = []
    while some := list(islice(wanted, AT_ONCE)):
        _examine(course_key, some, now, again)
    if again:
        raise again[0]


def _examine(course_key: CourseKey, refs: list[PostRef], now: datetime, again: list[OperationalError]) -> None:
    batch = read_batch(course_key, refs, now)
    if not batch.rows:
        return
    failed_before = len(again)
    for source, ask in (HOLDING | SOURCES).items():
        what = f"The source {source} for {len(batch.rows)} posts of {course_key}"
        told: Told = {}
        with _tolerated(what, again):
            told = ask(batch)
        for ref, findings in told.items():
            # A post that is gone takes its item with it, also where a source has nothing new.
            gone = source == "reports" and ref in batch.items and batch.rows[ref].gone_at is not None
            if gone or differ(batch.told(ref, source), findings):
                with _tolerated(f"Telling the queue what {source} found of {ref.kind.value} {ref.id}", again):
                    set_findings(course_key=course_key, ref=ref, source=source, findings=findings, now=now)
    if len(again) == failed_before:
        note_examined(course_key=course_key, rows=[batch.rows[ref] for ref in refs if ref in batch.rows])


@contextmanager
def _tolerated(what: str, again: list[OperationalError]) -> Iterator[None]:
    """Lets nothing out of it; remembers what is worth being tried again."""
    try:
        yield
    except OperationalError as error:
        log.warning("%s failed in the database.", what, exc_info=True)
        again.append(error)
    except Exception:
        log.exception("%s failed.", what)
