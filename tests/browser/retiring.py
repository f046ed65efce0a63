"""What the platform does when it retires somebody of the running demo, and where they then still stand."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.browser.conftest import ROOT, Site
from tests.browser.loop import Newcomer

OURS = ("referral_xblock_", "community_dashboard_")
KEPT = {"community_dashboard_forgotten"}  # the number of a retired account, so that nothing of it is recorded any more

# The steps of the platform's pipeline, in its order: the address as it was goes to the mailings' signal alone.
PIPELINE = """
import sys
import django
django.setup()
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string

username, address = sys.argv[1:]
user = get_user_model().objects.get(username=username)

def tell(name, **arguments):
    import_string("openedx.core.djangoapps.user_api.accounts.signals." + name).send(sender=object, **arguments)

user.email = f"retired__user_{user.id}@retired.invalid"
user.save()
tell("USER_RETIRE_LMS_MISC", user=user)
tell("USER_RETIRE_MAILINGS", email=address, new_email=user.email, user=user)
user.profile.name = ""
user.profile.save()
tell("USER_RETIRE_LMS_CRITICAL", user=user)
user.username, user.is_active = f"retired__user_{user.id}", False
user.save()
"""


def number_of(site: Site, who: Newcomer) -> int:
    """Of the account."""
    with closing(_database(site)) as database:
        return database.execute("SELECT id FROM auth_user WHERE username = ?", [who.username]).fetchone()[0]


def retire(site: Site, who: Newcomer) -> None:
    """In a process of its own, as in an LMS."""
    subprocess.run(
        [sys.executable, "-c", PIPELINE, who.username, who.email], env=site.environment, cwd=ROOT, check=True
    )


def traces(site: Site, number: int, stem: str) -> set[tuple[str, str]]:
    """(table, column) of each place in our tables that refers to this account or has this piece of its names in it.

    Read off the database itself, whatever the models say: references, and every text with JSON among it.
    """
    with closing(_database(site)) as database:
        return set(_traces(database, number, stem.lower()))


def _traces(database: sqlite3.Connection, number: int, stem: str) -> Iterator[tuple[str, str]]:
    # "u17", "code:17:4", "enrolled:17:…": how numbers of accounts stand in texts. A click has a number of its own.
    numbered = re.compile(rf"(?<!\w)u{number}(?!\w)|(?<=:){number}(?=:|$)")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if not table.startswith(OURS) or table in KEPT:
            continue
        accounts = {
            row["from"] for row in database.execute(f"PRAGMA foreign_key_list({table})") if row["table"] == "auth_user"
        }
        for row in database.execute(f"SELECT * FROM {table}"):
            for column, value in zip(row.keys(), row, strict=True):
                refers = column in accounts and value == number
                text = value.removeprefix("click:").lower() if isinstance(value, str) else ""
                if refers or stem in text or numbered.search(text):
                    yield table, column


def where_is(site: Site, number: int, *known_as: str) -> str:
    """What the operator's own command says, which looks into JSON value by value."""
    more = [argument for name in known_as for argument in ("--known-as", name)]
    command = [sys.executable, "-m", "demo.manage", "where_is_user", str(number), *more]
    done = subprocess.run(command, env=site.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _database(site: Site) -> sqlite3.Connection:
    database = sqlite3.connect(Path(site.environment["DEMO_DIR"]) / "db.sqlite3", timeout=20)
    database.row_factory = sqlite3.Row
    return database
