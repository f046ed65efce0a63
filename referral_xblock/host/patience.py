"""Two transactions in each other's way: the database ends one of them, and that one is simply done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction

IN_THE_WAY = (1205, 1213)  # how MySQL numbers a wait that was too long, and two that wait for each other
ATTEMPTS = 4
T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """What a transaction, or a single statement, comes to; done up to four times if another was in the way.

    The caller's duty: what `work` does outside the database may happen again. Inside a transaction that has begun before,
    it is done once, since the database has undone all of that transaction and not this part alone.
    """
    attempts = 1 if transaction.get_connection().in_atomic_block else ATTEMPTS
    for _attempt in range(attempts - 1):
        try:
            return work()
        except OperationalError as error:
            if not error.args or error.args[0] not in IN_THE_WAY:
                raise
    return work()
