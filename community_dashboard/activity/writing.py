"""One way to write rows that may be there already, on every database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

BATCH = 500


def upsert(rows: Sequence[Any], *, key: Sequence[str], columns: Sequence[str]) -> None:
    """Inserts the rows, all of one model; of those whose `key` is there already, sets `columns`. One statement for 500.

    The key must be unique in the table, and the only such constraint that the rows can meet.
    """
    if rows:
        told = connection.features.supports_update_conflicts_with_target  # MySQL finds the key itself
        type(rows[0]).objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            update_fields=list(columns),
            unique_fields=list(key) if told else None,
        )
