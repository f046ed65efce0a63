"""`make benchmark-click`: what a click costs, beside pinax-referrals and two bare views, on SQLite and on MariaDB.

Prints Markdown: statements per click, answers per second (median and best round), latencies, and every ratio. Takes
about four minutes. Exit status 1 if a direct link is not twice as fast as pinax-referrals, the invitation page slower
than it, or a click costs more than two statements. `--help` names the options.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.load import generator
from tests.mariadb import program, running_mariadb

Figures = dict[str, dict[str, Any]]  # by contestant; see measure.figures
PEER = "pinax-referrals"
GOALS = {"direct link": 2.0, "invitation page": 1.0}  # times the peer
MOST_STATEMENTS = 2


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.click", description="What a click costs.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "mariadb"], default=["sqlite", "mariadb"])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=2, help="of each contestant in each round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path, help="where to keep every round's figures")
    options = parser.parse_args(arguments)

    print(describe_setting(options.rounds, options.seconds, options.connections), flush=True)
    results: dict[str, Figures] = {}
    for database in options.databases:
        with environment_of(database) as environment:
            results[database] = measure(environment, options.rounds, options.seconds, options.connections)
        print(f"\n## {database}\n\n{table(results[database])}\n\n{ratios(results[database])}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))
    missed = [f"{name}: {goal}" for name, result in results.items() for goal in missed_goals(result)]
    print("\n" + ("\n".join(missed) if missed else "Every goal is met."))
    return 1 if missed else 0


def describe_setting(rounds: int, seconds: int, connections: int) -> str:
    """What was measured with what, in a sentence or two."""
    names = ("Django", "gunicorn", PEER)
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)])
    return (
        f"{os.cpu_count()} cores, {versions}; visitors sent by {generator()}, {connections} at a time, "
        f"{rounds} rounds of {seconds} s for each, in turn; gunicorn with 2 synchronous workers."
    )


@contextmanager
def environment_of(database: str) -> Iterator[dict[str, str]]:
    """A fresh database and the environment in which the site finds it. RuntimeError if MariaDB is not installed."""
    with tempfile.TemporaryDirectory(prefix="clicks-") as folder:
        environment = os.environ | {
            "DEMO_DIR": folder,
            "DEMO_SECRET_KEY": "not a secret: for benchmarks only",
            "DJANGO_SETTINGS_MODULE": "benchmarks.click_site.settings",
        }
        environment.pop("TEST_MARIADB_PORT", None)
        if database == "sqlite":
            yield environment
            return
        if not program("mariadbd"):
            raise RuntimeError("MariaDB is not installed (Debian: mariadb-server). Measure with --databases sqlite.")
        with running_mariadb() as port:
            make_database(port)
            yield environment | {"TEST_MARIADB_PORT": str(port)}


def make_database(port: int) -> None:
    """An empty database in a server that has none."""
    import MySQLdb

    connection = MySQLdb.connect(host="127.0.0.1", port=port, user="root")
    connection.query("CREATE DATABASE clicks CHARACTER SET utf8mb4")
    connection.close()


def measure(environment: dict[str, str], rounds: int, seconds: int, connections: int) -> Figures:
    """All contestants on one database, in a process of its own. RuntimeError if it fails; it has said why."""
    command = [sys.executable, "-m", "benchmarks.click_site.measure", *map(str, (rounds, seconds, connections))]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError("The measurement failed.")
    return json.loads(done.stdout.splitlines()[-1])


def table(result: Figures) -> str:
    """One line per contestant."""
    lines = [
        "| click on | statements | + begin, commit | answers/s, median | best | p50 ms | p95 ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in result.items():
        figures = [one["statements"], one["transaction_statements"], f"{one['median_per_second']:,.0f}"]
        figures += [f"{one['best_per_second']:,.0f}", f"{one['p50_ms']:.1f}", f"{one['p95_ms']:.1f}"]
        lines.append("| " + " | ".join(map(str, [name, *figures])) + " |")
    return "\n".join(lines)


def ratios(result: Figures) -> str:
    """How many times as many answers as each other one: of the medians, of the best rounds in brackets."""
    lines = ["| times as fast as | " + " | ".join(result) + " |", "|---" * (len(result) + 1) + "|"]
    for name, one in result.items():
        cells = [f"{ratio(one, other):.2f} ({ratio(one, other, 'best'):.2f})" for other in result.values()]
        lines.append("| " + " | ".join([f"**{name}**", *cells]) + " |")
    return "\n".join(lines)


def ratio(one: dict[str, Any], other: dict[str, Any], which: str = "median") -> float:
    """Answers per second of the one over those of the other."""
    return one[f"{which}_per_second"] / other[f"{which}_per_second"]


def missed_goals(result: Figures) -> list[str]:
    """What is not as fast, or not as sparing with statements, as it should be."""
    missed = []
    for name, goal in GOALS.items():
        reached = ratio(result[name], result[PEER])
        if reached < goal:
            missed.append(f"the {name} is {reached:.2f} times {PEER}, the goal is {goal:g}.")
        if result[name]["statements"] > MOST_STATEMENTS:
            missed.append(f"the {name} takes {result[name]['statements']} statements, the goal is {MOST_STATEMENTS}.")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
