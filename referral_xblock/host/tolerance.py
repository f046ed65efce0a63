"""Our work inside the platform's: it may fail, and nobody may be stopped by that."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import transaction

log = logging.getLogger(__name__)


@contextmanager
def never_in_the_way(doing: str, *, one_statement: bool = False) -> Iterator[None]:
    """Runs its body in a savepoint; what goes wrong is undone and logged, and the caller goes on.

    Without the savepoint, an error of the database would silently roll back the platform's own work. A body of one
    statement outside any transaction has nothing to undo and needs none.
    """
    bare = one_statement and not transaction.get_connection().in_atomic_block
    try:
        with nullcontext() if bare else transaction.atomic():
            yield
    except Exception:
        log.exception("%s failed; the platform goes on.", doing)
