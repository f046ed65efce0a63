"""The job: in each table, page by page, what is older than its setting says and is not needed any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from referral_xblock.retention.models import Sweep
from referral_xblock.retention.tables import TABLES, Growing

PAGE = 500


def apply_retention(*, now: datetime, pages: int, tables: Iterable[Growing] = TABLES) -> dict[str, int]:
    """Deletes what is old; returns the number of rows by table. Repeatable.

    At most `pages` pages of 500 rows, shared out among the tables; the next run goes on where this one stopped. Each page
    is a transaction of about five statements.
    """
    chosen = list(tables)
    deleted = {}
    for position, table in enumerate(chosen):
        share = max(1, pages // (len(chosen) - position))  # what one table does not need is left to those after it
        deleted[table.name], used = _sweep(table, now, share)
        pages = max(0, pages - used)
    return deleted


def _sweep(table: Growing, now: datetime, pages: int) -> tuple[int, int]:
    """(rows deleted, pages used)."""
    days = getattr(settings, table.setting)
    if not days:
        return 0, 0
    before = now - timedelta(days=max(days, table.least_days))
    sweep, _new = Sweep.objects.get_or_create(name=table.name)
    deleted = 0
    for used in range(1, pages + 1):
        with transaction.atomic():
            number, ended = _sweep_page(table, sweep, before)
            deleted += number
            if number:
                sweep.counted_since = max(filter(None, (sweep.counted_since, before)))
            sweep.ran_at = now
            sweep.save()
        if ended:
            return deleted, used
    return deleted, pages


def _sweep_page(table: Growing, sweep: Sweep, before: datetime) -> tuple[int, bool]:
    """(rows deleted, whether the pass has come to its end: numbers rise with time, so a page without an old row ends it)."""
    rows = table.rows()
    page = list(rows.filter(pk__gt=sweep.after).order_by("pk").values_list("pk", table.moment)[:PAGE])
    old = [number for number, moment in page if _is_before(moment, before)]
    ended = len(page) < PAGE or not old
    sweep.after = 0 if ended else page[-1][0]
    gone = sorted(set(old) - set(table.spared(old))) if old else []
    if gone:
        rows.model.objects.filter(pk__in=gone).delete()
    return len(gone), ended


def _is_before(moment: date, before: datetime) -> bool:
    return moment < before if isinstance(moment, datetime) else moment < before.date()
