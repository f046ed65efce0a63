"""`make benchmark-joins`: how many friends may join in a second, on MariaDB, with two Celery workers on Redis.

Four processes stand for those of an LMS. In each, people register and enrol one after the other: an account that is there,
one transaction with both events of the platform, our receivers in it, our tasks after its commit. They do not wait for
each other nor for the workers: when somebody's moment has come, they join. All of it, MariaDB and Redis too, runs on the
machine's own processors. Afterwards the workers go on until nothing waits, and every person is looked up: whether click,
ledger, journey and record are there, right, and there once.

A rate is held if everybody joined at most a second late, everything is right, and nothing waits any more within two minutes.
If the wanted rate is not held, lower ones are tried, by what the machine did. Prints Markdown; exit status 1 if
something was lost or doubled, or no rate was held. `--help` names the options.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.receivers import environment_of
from demo.with_workers import start
from tests.servers import REDIS

LATEST = 1.0  # seconds that somebody may join late
DRAIN = 120  # seconds until nothing may wait any more
MOST_WAVES = 4
CLIENTS = 4
WORKERS = 2
PREPARING = 120  # seconds that a client may take before it is ready


@dataclass
class Wave:
    """One attempt: so many people in so many seconds, and what came of it."""

    rate: float
    people: int
    joined: int = 0
    seconds: float = 0.0  # from the first to the last
    ms: list[float] = field(default_factory=list)  # of each join
    latest: float = 0.0  # seconds
    most_waiting: int = 0
    drained: float | None = None  # seconds after the last join; None: something waits still
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether the rate may be published."""
        whole = self.joined == self.people and self.latest <= LATEST
        return whole and self.drained is not None and self.drained <= DRAIN and not self.faults

    @property
    def done(self) -> float:
        """Joins in a second that were wholly done, what the workers do included."""
        return self.joined / (self.seconds + (self.drained or 0.0))

    @property
    def lower(self) -> float:
        """The rate to try next: what the processes could take, or where they could take it, the workers in time."""
        late = self.joined < self.people or self.latest > LATEST
        reached = self.joined / self.seconds if late else self.joined / (self.seconds + (self.drained or DRAIN) - DRAIN)
        return max(1.0, 5 * (min(0.95 * self.rate, reached) // 5))


def main(arguments: list[str]) -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.joins", description="How many may join in a second.")
    parser.add_argument("--rate", type=float, default=200, help="joins in a second (200)")
    parser.add_argument("--seconds", type=int, default=60, help="how long (60)")
    parser.add_argument("--waves", type=int, default=MOST_WAVES, help="attempts, each at a lower rate (4)")
    parser.add_argument("--workers", type=int, default=WORKERS, help="Celery workers of one process each (2)")
    options = parser.parse_args(arguments)
    if not REDIS:
        raise SystemExit("redis-server is not installed (Debian: apt-get install redis-server).")
    print(
        f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} programs at work before, Python {platform.python_version()}, "
        f"Django {version('Django')}, Celery {version('celery')}; MariaDB with its default durability; {CLIENTS} processes "
        f"in which people join, {options.workers} workers of one process each; {options.seconds} s.",
        flush=True,
    )
    with environment_of("mariadb") as environment, ExitStack() as ends:
        os.environ.update(environment)
        prepare()
        print("\n" + HEAD, flush=True)
        for number in range(options.workers):
            start(ends, worker(number), env=environment, stdout=subprocess.DEVNULL)
        waves: list[Wave] = []
        rate = options.rate
        for number in range(options.waves):
            waves.append(attempt(number, rate, options.seconds))
            print(line(waves[-1]), flush=True)
            if waves[-1].held or waves[-1].drained is None:
                break
            rate = waves[-1].lower
    return conclude(waves)


def prepare() -> None:
    """The tables, in this process's database."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def worker(number: int) -> list[str]:
    """One of the workers, as an LMS starts them, with one process."""
    name = f"--hostname=joins{number}@%h"
    return [sys.executable, "-m", "celery", "--app=demo.workers", "worker", "--concurrency=1", "--loglevel=ERROR", name]


def attempt(number: int, rate: float, seconds: int) -> Wave:
    """One wave of people, from before the first joins until nothing waits, or five minutes are over."""
    from benchmarks.join_clients import faults, make_ready

    wave = Wave(rate, round(rate * seconds))
    people = make_ready(number, wave.people)
    with tempfile.TemporaryDirectory(prefix="joins-") as folder, ExitStack() as ends:
        clients = [
            _client(ends, Path(folder) / f"{one}.json", people[one::CLIENTS], rate / CLIENTS, 2 * seconds)
            for one in range(CLIENTS)
        ]
        for client in clients:
            if client.stdout.readline().strip() != "ready":
                raise SystemExit("A process in which people were to join has ended; what it said stands above.")
        for client in clients:
            client.stdin.write("go\n")
            client.stdin.flush()
        until = time.monotonic() + 4 * seconds + DRAIN
        while any(client.poll() is None for client in clients) and time.monotonic() < until:
            wave.most_waiting = max(wave.most_waiting, waiting())
            time.sleep(0.5)
        ended = time.monotonic()
        if any(client.poll() != 0 for client in clients):
            raise SystemExit("A process in which people were to join has failed; what it said stands above.")
        answers = [json.loads((Path(folder) / f"{one}.json").read_text()) for one in range(CLIENTS)]
    joined = [person for one, answer in enumerate(answers) for person in people[one::CLIENTS][: answer["joined"]]]
    wave.joined, wave.seconds = len(joined), max(answer["seconds"] for answer in answers)
    wave.latest = max(answer["latest"] for answer in answers)
    wave.ms = [ms for answer in answers for ms in answer["ms"]]
    while wave.drained is None and time.monotonic() < ended + 2.5 * DRAIN:
        wave.most_waiting = max(wave.most_waiting, waiting())
        if not waiting():
            wave.drained = time.monotonic() - ended
        else:
            time.sleep(0.25)
    settle_the_rest()
    wave.faults = faults(joined)
    return wave


def _client(ends: ExitStack, file: Path, people: list, rate: float, give_up: float) -> subprocess.Popen:
    file.write_text(json.dumps(people))
    command = [sys.executable, "-m", "benchmarks.join_clients", str(file), str(rate), str(give_up)]
    return start(ends, command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def waiting() -> int:
    """People for whom a worker has something left to do."""
    from referral_xblock.models import Waiting

    return Waiting.objects.count()


def settle_the_rest() -> None:
    """Lets the look at new arrivals end, which comes half a minute after them by design."""
    from referral_xblock.models import Unjudged

    until = time.monotonic() + 2 * DRAIN
    while Unjudged.objects.exists() and time.monotonic() < until:
        time.sleep(0.5)


HEAD = "\n".join(
    [
        "| joins/s | joined | median, p95 ms | latest, s | most waiting | none waits after, s | wholly done/s | faults | held |",
        "|---" * 9 + "|",
    ]
)


def line(wave: Wave) -> str:
    """One line of the table."""
    p95 = quantiles(wave.ms, n=20)[18] if len(wave.ms) > 1 else 0.0
    cells: list[Any] = [f"{wave.rate:g}", f"{wave.joined:,} of {wave.people:,} in {wave.seconds:.1f} s"]
    cells += [f"{median(wave.ms) if wave.ms else 0:.1f}, {p95:.1f}", f"{wave.latest:.2f}", f"{wave.most_waiting:,}"]
    cells += ["–", "–"] if wave.drained is None else [f"{wave.drained:.1f}", f"{wave.done:.0f}"]
    cells += ["; ".join(f"{name}: {number}" for name, number in wave.faults.items()) or "none"]
    return "| " + " | ".join([*cells, "yes" if wave.held else "no"]) + " |"


def conclude(waves: list[Wave]) -> int:
    """Says what was found; the exit status."""
    held = [wave.rate for wave in waves if wave.held]
    wrong = [wave for wave in waves if wave.faults or wave.drained is None]
    print("\n" + (f"Held: {held[0]:g} joins in a second." if held else "No rate was held."))
    if wrong:
        print("Something was lost, doubled or never done.")
    return 0 if held and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
