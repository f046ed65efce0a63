"""Visitors who come one after the other, a fixed number at a time, each with a new connection and no cookie.

wrk sends them where it is installed. Else threads of Python do, which take more of the processor from the server: figures
of the one are not to be compared with figures of the other.
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

SCRIPT = Path(__file__).with_name("visitors.lua")
SYSTEMS = (
    "Windows NT 10.0; Win64; x64",
    "Macintosh; Intel Mac OS X 10_15_7",
    "X11; Linux x86_64",
    "Linux; Android 15; Pixel 9",
    "Linux; Android 14; SM-A546B",
)
AGENTS = [
    f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
    for system in SYSTEMS
    for version in range(125, 141)
]
LANGUAGES = ("en-GB,en;q=0.9", "fr-FR,fr;q=0.9,en;q=0.5")


@dataclass(frozen=True)
class Load:
    """What one round of visitors got."""

    answers: int
    seconds: float
    failures: int  # no connection, no answer in time, or a status from 400 up
    p50_ms: float
    p95_ms: float

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return self.answers / self.seconds


def generator() -> str:
    """Which of the two sends the visitors on this machine."""
    return "wrk" if shutil.which("wrk") else "threads of Python"


def send_visitors(port: int, paths: list[str], *, connections: int, seconds: int) -> Load:
    """Opens the paths in turn on 127.0.0.1 for so many seconds. RuntimeError if wrk does not do its work."""
    amount = max(len(paths), len(AGENTS) * len(LANGUAGES))
    visitors = [
        (paths[n % len(paths)], AGENTS[n % len(AGENTS)], LANGUAGES[n // len(AGENTS) % len(LANGUAGES)])
        for n in range(amount)
    ]
    send = _send_with_wrk if shutil.which("wrk") else _send_with_threads
    return send(port, visitors, connections, seconds)


def _send_with_wrk(port: int, visitors: list[tuple[str, str, str]], connections: int, seconds: int) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as lines:
        lines.writelines("\t".join(visitor) + "\n" for visitor in visitors)
        lines.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}"]
        done = subprocess.run([*command, "--", lines.name], capture_output=True, text=True, timeout=seconds + 30)
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if done.returncode or not last.startswith("{"):
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    return Load(**json.loads(last))


def _send_with_threads(port: int, visitors: list[tuple[str, str, str]], connections: int, seconds: int) -> Load:
    turns, times, failures = count(), [], []
    began = time.perf_counter()

    def visit_until_the_end() -> None:
        while time.perf_counter() - began < seconds:
            path, agent, language = visitors[next(turns) % len(visitors)]
            sent = time.perf_counter()
            status = get(port, path, agent, language)
            (times if 0 < status < 400 else failures).append(time.perf_counter() - sent)

    threads = [threading.Thread(target=visit_until_the_end) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    times.sort()
    p50, p95 = (times[int(len(times) * share)] * 1000 if times else 0.0 for share in (0.5, 0.95))
    return Load(len(times), took, len(failures), p50, p95)


def get(port: int, path: str, agent: str = AGENTS[0], language: str = LANGUAGES[0]) -> int:
    """Opens one path as a browser does and returns the status, 0 if no whole answer came."""
    headers = {"User-Agent": agent, "Accept-Language": language, "Accept": "text/html"}
    headers |= {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
