"""`make benchmark-engagement`: what the figures of learners cost with 36,000 learners over 56 days, and with 155,000, on MariaDB.

The first course has its whole record (18 million rows), the second its figures alone. Both are built once and kept in a folder
(`--folder`, or COMMUNITY_BENCHMARKS, or one below the folder for temporary files; some 10 GB). Measures the whole roll-up, the
first run of a new day, a run after three minutes and the memory of each, beside a straight GROUP BY and beside
openedx-completion-aggregator; then the pages, the counts of segments and the files for both courses. Prints Markdown; exit
status 1 if a goal is missed. `--learners 1000 --figures 4000` is quick and says little.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from benchmarks.measuring import table
from tests.mariadb import program, running_mariadb

LEARNERS, DAYS, FIGURES = 36_000, 56, 155_000
BUFFER = "--innodb-buffer-pool-size={}G"  # a database server of its own has more than a test's
QUICK = ("--innodb-flush-log-at-trx-commit=2", "--innodb-log-file-size=1G", "--local-infile=1")
PARTS = ("rollup", "pages", "files", "peer")
LONGEST = 3 * 3600  # seconds for one part


def main(arguments: list[str]) -> int:
    """Builds what is missing, measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engagement", description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=LEARNERS, help="with their whole record")
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--figures", type=int, default=FIGURES, help="learners of the course that has figures alone")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--build", action="store_true", help="build what is missing and measure nothing")
    parser.add_argument(
        "--as-built", action="store_true", help="take what is there, whatever tables have changed since"
    )
    parser.add_argument("--folder", type=Path, default=None, help="where the built courses are kept")
    parser.add_argument("--memory", type=int, default=4, help="GB of the database's own")
    parser.add_argument("--here", choices=["build", "migrate", *PARTS], help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here:
        return work_here(options)
    if not program("mariadbd"):
        raise SystemExit("MariaDB is not installed (Debian: mariadb-server).")
    kept = built(options)
    if options.build:
        return 0
    print(
        f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} programs at work before, Python {platform.python_version()}, "
        f"Django {version('Django')}; {options.learners:,} learners with the record of {options.days} days, {options.figures:,} "
        "with figures alone.",
        flush=True,
    )
    missed = []
    with environment_of(kept, options) as environment:
        for part in options.only:
            measures = json.loads(run(part, environment, options).splitlines()[-1])
            print(f"\n## {part}\n\n{table(measures)}", flush=True)
            missed += [f"{one['what']}, {one['goal']}" for one in measures if one["met"] is False]
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Every goal is met."))
    return 1 if missed else 0


def built(options: argparse.Namespace) -> Path:
    """The folder with courses of these sizes, built if they are not there."""
    folder = options.folder or Path(
        os.environ.get("COMMUNITY_BENCHMARKS")
        or Path(tempfile.gettempdir()) / f"community-benchmarks-{getpass.getuser()}"
    )
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the database server may run as somebody else
    kept = folder / f"engagement-{options.learners}x{options.days}-{options.figures}"
    stamp = kept / "built"
    made = stamp.read_text().splitlines() if stamp.exists() else []
    if not made or not (options.as_built or set(made) <= set(tables())):
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(mode=0o755)
        print("Building the courses …", file=sys.stderr, flush=True)
        began = monotonic()
        with environment_of(kept, options) as environment:
            run("build", environment, options)
        print(f"  done in {monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    elif set(made) < set(tables()):
        with environment_of(kept, options) as environment:
            run("migrate", environment, options)
    else:
        return kept
    stamp.write_text("\n".join(tables()))
    return kept


def tables() -> list[str]:
    """What the tables are made by, a migration with its digest on each line.

    What was built with a migration that has changed since is built anew; those that came since are run on what is there.
    """
    return [
        f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for folder in ("community_dashboard", "referral_xblock", "demo")
        for path in sorted(Path(folder).rglob("migrations/*.py"))
    ]


def run(what: str, environment: dict[str, str], options: argparse.Namespace) -> str:
    """One process on the built data; what it printed."""
    command = [sys.executable, "-m", "benchmarks.engagement", "--here", what]
    for name in ("learners", "days", "figures"):
        command += [f"--{name}", str(getattr(options, name))]
    if what == "peer":
        from benchmarks.engagement_peer import install

        folder = Path(environment["DEMO_DIR"]).parent / "peer"
        environment = environment | {"ENGAGEMENT_PEER": str(install(folder))}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=LONGEST)
    return done.stdout


@contextmanager
def environment_of(folder: Path, options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """The environment in which the demo finds its data in this folder, while the database runs."""
    import MySQLdb

    # Servers that start delete what they take for left-over tables in a folder for temporary files that they share.
    with running_mariadb(folder, BUFFER.format(options.memory), f"--tmpdir={folder}", *QUICK) as port:
        connection = MySQLdb.connect(host="127.0.0.1", port=port, user="root")
        connection.query("CREATE DATABASE IF NOT EXISTS engagement CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
        connection.close()
        yield os.environ | {
            "DEMO_DIR": str(folder),
            "DEMO_SECRET_KEY": "not a secret: for benchmarks only",
            "DJANGO_SETTINGS_MODULE": "benchmarks.engagement_settings",
            "PYTHONWARNINGS": "ignore",
            "TEST_MARIADB_PORT": str(port),
        }


def work_here(options: argparse.Namespace) -> int:
    """In this process, on the database of its settings."""
    import django

    django.setup()
    if options.here == "build":
        from benchmarks.engagement_world import build

        build(options.learners, options.days, options.figures)
        return 0
    if options.here == "migrate":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return 0
    measures: list[dict[str, Any]]
    if options.here == "rollup":
        from benchmarks.engagement_rollup import measure

        measures = measure(options.learners, options.days)
    elif options.here == "peer":
        from benchmarks.engagement_peer import measure as measure_peer

        measures = measure_peer(options.learners)
    else:
        from benchmarks import engagement_pages as pages

        measures = pages.measure_pages() if options.here == "pages" else pages.measure_files()
    print(json.dumps(measures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
