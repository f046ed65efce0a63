"""SQLite whose transactions take the write lock when they begin and wait for it, on Django 4.2 and 5.2 alike.

A transaction that starts by reading and then writes is refused at once when somebody else wrote meanwhile; one that
begins IMMEDIATE waits its turn instead. With a write-ahead log readers never wait, and what was answered survives a
killed process (only a crash of the whole machine could lose the last moments).
"""

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

SECONDS_TO_WAIT = 20


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own wrapper with another way to begin."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them, and a longer wait for the lock."""
        return {"timeout": SECONDS_TO_WAIT} | super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection with the write-ahead log on."""
        connection = super().get_new_connection(conn_params)
        _keep_a_log(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self.cursor().execute("BEGIN IMMEDIATE")


def _keep_a_log(connection: Any) -> None:
    """Of several who open a new database at once one turns the log on; SQLite refuses the others at once instead of waiting."""
    give_up = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return
