"""SQLite under several writers, and everything that the two commands keep between starts."""

import sqlite3
import threading

import pytest
from django.db import DatabaseError

from demo.secret import secret_key
from demo.sqlite.base import DatabaseWrapper

SETTINGS = {
    "ENGINE": "demo.sqlite",
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "OPTIONS": {},
    "TIME_ZONE": None,
    "TEST": {"NAME": None, "MIRROR": None},
}


def add_one(path, times, failures):
    """What a view does: read in a transaction, then write what follows from it."""
    from django.db.transaction import Atomic

    database = DatabaseWrapper(SETTINGS | {"NAME": str(path)}, alias=f"counter-{threading.get_ident()}")
    try:
        for _ in range(times):
            with_transaction(database, Atomic)
    except DatabaseError as error:
        failures.append(error)
    finally:
        database.close()


def with_transaction(database, atomic):
    """One read-modify-write; `atomic` finds its connection by alias, so the alias is registered for the moment."""
    from django.db import connections

    connections[database.alias] = database
    with atomic(database.alias, savepoint=True, durable=False), database.cursor() as cursor:
        value = cursor.execute("SELECT value FROM counter").fetchone()[0]
        cursor.execute("UPDATE counter SET value = %s", [value + 1])


@pytest.mark.django_db
def test_several_writers_lose_no_update_and_wait_for_each_other(tmp_path):
    path = tmp_path / "counter.sqlite3"
    setup = sqlite3.connect(path)
    setup.executescript("CREATE TABLE counter (value INTEGER); INSERT INTO counter VALUES (0);")
    setup.close()
    failures = []
    threads = [threading.Thread(target=add_one, args=(path, 25, failures)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sqlite3.connect(path).execute("SELECT value FROM counter").fetchone() == (100,)
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_secret_is_drawn_once_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "secret"
    key = secret_key(path)
    assert len(key) > 50
    assert secret_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    assert secret_key(tmp_path / "other") != key


@pytest.mark.django_db
def test_learners_can_complete_blocks_from_the_start():
    from completion.waffle import ENABLE_COMPLETION_TRACKING_SWITCH

    assert ENABLE_COMPLETION_TRACKING_SWITCH.is_enabled()
