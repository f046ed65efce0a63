"""What the platform's tables know and the record does not: from before we listened, or missed by a listener that failed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from community_dashboard.activity.actions import forget_latecomers, record_many
from community_dashboard.activity.models import Place
from community_dashboard.activity.sources import Source, sources

log = logging.getLogger(__name__)
ROWS = 500
READ_AGAIN_AFTER = timedelta(days=1)


class ReconciliationError(Exception):
    """Some sources could not be read to the end; the others were."""


@dataclass(frozen=True)
class Found:
    """What reading one source came to."""

    source: str
    looked_at: int
    missing: int  # facts that the record lacked and now has
    finished: bool  # nothing was left to read


def reconcile(*, now: datetime, pages: int | None = None, from_the_beginning: bool = False) -> list[Found]:
    """Reads every source on from the place it had reached, and adds what the record lacks. Repeatable at any time.

    At most so many `pages` of 500 rows from each, all if None. A page and the new place are one transaction: what is killed
    goes on where it stopped, and two at once take turns. About six queries a page of which nothing was missing.
    Raises ReconciliationError, after the other sources had their turn, if one could not be read.
    """
    if from_the_beginning:
        Place.objects.all().delete()
    found, failed = [], []
    for source in sources():
        try:
            found.append(_read(source, now=now, pages=pages))
        except Exception:
            log.exception("The source “%s” of the record of activity cannot be read.", source.name)
            failed.append(source.name)
    forget_latecomers()
    if failed:
        raise ReconciliationError(f"These sources could not be read: {', '.join(failed)}.")
    return found


def _read(source: Source, *, now: datetime, pages: int | None) -> Found:
    Place.objects.get_or_create(source=source.name)
    looked_at = missing = read = 0
    more = True
    while more and (pages is None or read < pages):
        rows, new, more = _read_page(source, now=now)
        looked_at, missing, read = looked_at + rows, missing + new, read + 1
    return Found(source.name, looked_at, missing, not more)


@transaction.atomic
def _read_page(source: Source, *, now: datetime) -> tuple[int, int, bool]:
    """One page; how many rows it had, how many of its facts were missing, whether there is more."""
    place = Place.objects.select_for_update().get(source=source.name)
    if source.again and place.finished_at and now - place.finished_at < READ_AGAIN_AFTER:
        return 0, 0, False
    page = source.read(place.reached, ROWS, now)
    missing = page.recorded + record_many(activities=page.activities)
    done = source.again and not page.more
    place.reached = "" if done else page.reached
    place.finished_at = now if done else None
    place.save()
    return page.looked_at, missing, page.more
