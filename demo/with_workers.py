"""`python -m demo.with_workers` serves the demo with Celery workers on Redis, as an LMS has them. All of it ends together.

Redis listens on a free port of loopback and keeps nothing. Exits with 1 and one sentence if something stands in the way.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from demo.terminal import HOST, CannotStartError, demo_folder, make_folder

SECONDS_TO_START = 10
SECONDS_TO_END = 15


def main() -> int:
    """Runs Redis, a worker and the demo until one of them ends or somebody stops it; the demo's exit status."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        with ExitStack() as ends:
            environment = os.environ | {"DEMO_REDIS_URL": start_redis(ends)}
            worker = start(ends, [sys.executable, "-m", "celery", *worker_arguments()], env=environment)
            demo = start(ends, [sys.executable, "-m", "demo"], env=environment)
            while demo.poll() is None:
                if worker.poll() is not None:
                    raise CannotStartError("The worker has ended; what it said stands above.")
                time.sleep(0.2)
            return demo.returncode
    except CannotStartError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def worker_arguments() -> list[str]:
    """Two processes, and the clock for what is done every few minutes."""
    folder = demo_folder()
    make_folder(folder)
    clock = ["--beat", f"--schedule={folder / 'clock'}"]
    return ["--app=demo.workers", "worker", "--concurrency=2", "--loglevel=WARNING", *clock]


def start_redis(ends: ExitStack) -> str:
    """A Redis of our own; returns its address. Raises CannotStartError."""
    program = shutil.which("redis-server")
    if program is None:
        raise CannotStartError(
            "This needs redis-server, which is not installed (Debian: apt-get install redis-server). "
            "make demo does the same work without it, in the request."
        )
    port = free_port()
    server = start(ends, [program, "--port", str(port), "--bind", HOST, "--save", "", "--loglevel", "warning"])
    if not wait_until(lambda: answers(port) or server.poll() is not None) or server.poll() is not None:
        raise CannotStartError("redis-server did not start; what it said stands above.")
    return f"redis://{HOST}:{port}"


def start(ends: ExitStack, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """A process that Ctrl+C does not reach and that ends, asked kindly at first, with the stack."""
    process = subprocess.Popen(command, start_new_session=True, **options)  # noqa: S603  (no word of it from outside)
    ends.callback(end, process)
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end, and after a while no longer asks."""
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port of loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def wait_until(happens: Callable[[], bool]) -> bool:
    """Whether it happened within ten seconds."""
    give_up = time.monotonic() + SECONDS_TO_START
    while not happens():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def _stop(*_signal: Any) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
