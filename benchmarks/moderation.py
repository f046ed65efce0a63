"""`make benchmark-moderation`: what moderation costs in a forum of 100,000 threads and 500,000 comments, on SQLite and MariaDB.

The forum is built once for each database and size and kept in a folder (`--folder`, or COMMUNITY_BENCHMARKS, or one below the
folder for temporary files); every run works on a copy of it. Measures the first fill beside a bare INSERT … SELECT, the
reconciliation of a day that nobody told of, pages 1 and 50 of the queue, the health page, one decision, in the same run the
forum's own course-wide lists, how soon a text is masked, and the log with 100,000 decisions. Prints Markdown; exit status 1 if
a goal is missed. Some ten minutes and gigabytes at full size, half a minute with `--size 1000`; the log alone with
`--only-log --size 1000`.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from time import time
from typing import Any

from tests.mariadb import program, running_mariadb

FULL = 100_000
BUFFER = "--innodb-buffer-pool-size=2G"  # a database server of its own has more than a test's
QUICK = ("--innodb-flush-log-at-trx-commit=2", "--innodb-log-file-size=512M")
OLDEST = 20 * 24 * 3600  # seconds: the health page looks at the last weeks, so a forum older than that is built anew


def main(arguments: list[str]) -> int:
    """Builds what is missing, measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.moderation", description=__doc__.partition("\n")[0])
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument("--size", type=int, default=FULL, help="threads; there are five times as many comments")
    parser.add_argument("--folder", type=Path, default=None, help="where built forums are kept")
    parser.add_argument("--decisions", type=int, default=FULL, help="in the log")
    parser.add_argument("--only-log", action="store_true", help="measure the first fill and the log, nothing else")
    parser.add_argument("--without-listing", action="store_true", help="leave out the forum's own slow lists")
    parser.add_argument("--here", choices=["build", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here:
        return work_here(options)
    if "mariadb" in options.databases and not program("mariadbd"):
        raise SystemExit("MariaDB is not installed (Debian: mariadb-server). Use --databases sqlite.")
    load = f"{os.getloadavg()[0]:.1f} programs at work before"
    print(
        f"{os.cpu_count()} cores, {load}, Python {platform.python_version()}, Django {version('Django')}, openedx-forum "
        f"{version('openedx-forum')}; {options.size:,} threads, {5 * options.size:,} comments.",
        flush=True,
    )
    missed = []
    for database in options.databases:
        kept = built(database, options)
        with tempfile.TemporaryDirectory(prefix="moderation-", dir=kept.parent) as folder:
            Path(folder).chmod(0o755)
            copy = Path(folder) / kept.name
            subprocess.run(["cp", "-a", "--reflink=auto", str(kept), str(copy)], check=True)
            measures = json.loads(run("measure", database, copy, options).splitlines()[-1])
        print(f"\n## {database}\n\n{table(measures)}", flush=True)
        missed += [f"{database}: {one['what']}, {one['goal']}" for one in measures if one["met"] is False]
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Every goal is met."))
    return 1 if missed else 0


def built(database: str, options: argparse.Namespace) -> Path:
    """The folder with the forum of this size, built if it is not there."""
    folder = options.folder or Path(
        os.environ.get("COMMUNITY_BENCHMARKS")
        or Path(tempfile.gettempdir()) / f"community-benchmarks-{getpass.getuser()}"
    )
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the database server may run as somebody else
    kept = folder / f"{database}-{options.size}-forum-{version('openedx-forum')}"  # releases differ in their columns
    if not (kept / "built").exists() or time() - (kept / "built").stat().st_mtime > OLDEST:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(mode=0o755)
        print(f"Building the forum for {database} …", file=sys.stderr, flush=True)
        run("build", database, kept, options)
        (kept / "built").touch()
    return kept


def run(what: str, database: str, folder: Path, options: argparse.Namespace) -> str:
    """One process on the data in this folder; what it printed."""
    command = [sys.executable, "-m", "benchmarks.moderation", "--here", what, "--size", str(options.size)]
    command += ["--decisions", str(options.decisions)]
    command += ["--without-listing"] if options.without_listing else []
    command += ["--only-log"] if options.only_log else []
    with environment_of(database, folder) as environment:
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


@contextmanager
def environment_of(database: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which the demo finds its data in this folder."""
    environment = os.environ | {
        "DEMO_DIR": str(folder),
        "DEMO_SECRET_KEY": "not a secret: for benchmarks only",
        "DJANGO_SETTINGS_MODULE": "benchmarks.moderation_settings",
        "PYTHONWARNINGS": "ignore",
    }
    environment.pop("TEST_MARIADB_PORT", None)
    if database == "sqlite":
        yield environment
        return
    with running_mariadb(folder, BUFFER, *QUICK) as port:
        make_database(port)
        yield environment | {"TEST_MARIADB_PORT": str(port)}


def make_database(port: int) -> None:
    """The database in a server that may have it already."""
    import MySQLdb

    connection = MySQLdb.connect(host="127.0.0.1", port=port, user="root")
    connection.query("CREATE DATABASE IF NOT EXISTS moderation CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
    connection.close()


def work_here(options: argparse.Namespace) -> int:
    """In this process, on the database of its settings."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    if options.here == "build":
        from benchmarks.forum_world import build

        build(options.size, end=timezone.now() - timedelta(days=3))  # what follows is looked at day by day
        return 0
    from benchmarks.moderation_log import measure_log
    from benchmarks.moderation_masks import measure_masks
    from benchmarks.moderation_measures import filling, insert_select, measure

    call_command("migrate", verbosity=0)
    alone = options.only_log
    if alone:
        found = [filling(insert_select())]
    else:
        found = [*measure(options.size, listing=not options.without_listing), *measure_masks()]
    print(json.dumps(found + measure_log(options.decisions)))
    return 0


def table(measures: list[dict[str, Any]]) -> str:
    """One line per measure."""
    lines = ["| | value | statements | goal |", "|---|---|---|---|"]
    for one in measures:
        digits = 0 if one["value"] >= 100 else 1 if one["unit"] == "ms" else 2
        met = {True: "", False: " **missed**", None: ""}[one["met"]]
        value = f"{one['value']:,.{digits}f} {one['unit']}"
        lines.append(f"| {one['what']} | {value} | {one['statements'] or ''} | {one['goal']}{met} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
