"""Our work inside the platform's: it may fail, and nobody may be stopped by that."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

log = logging.getLogger(__name__)


@contextmanager
def never_in_the_way(doing: str) -> Iterator[None]:
    """Runs its body in a savepoint; what goes wrong is undone and logged, and the caller goes on.

    Without the savepoint, an error of the database would silently roll back the platform's own work.
    """
    try:
        with transaction.atomic():
            yield
    except Exception:
        log.exception("%s failed; the platform goes on.", doing)
