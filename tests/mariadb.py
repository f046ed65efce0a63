"""`python -m tests.mariadb COMMAND…`: starts a MariaDB of its own on a free loopback port, runs the command, ends it.

The command finds the port in TEST_MARIADB_PORT, which tests/settings.py reads. Nothing of it outlives the command.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path


def program(name: str) -> str | None:
    """Where Debian puts the server, which is not on everybody's path."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """A loopback port that nobody has, of those that the kernel gives to no connection that somebody opens meanwhile."""
    while True:
        port = secrets.randbelow(12_000) + 20_000  # Linux gives 32768 and more
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@contextmanager
def running_mariadb(kept: Path | None = None, *options: str):
    """A server with these options, fresh in a temporary folder, or on the data in the folder `kept`; yields its port."""
    with nullcontext(str(kept)) if kept else tempfile.TemporaryDirectory(prefix="mariadb-") as folder:
        port, socket_file = free_port(), f"{folder}/s"
        user = "mysql" if os.geteuid() == 0 else ""
        if user:
            shutil.chown(folder, user)
        as_user = [f"--user={user}"] if user else []
        if not (Path(folder) / "data").exists():
            subprocess.run(
                [
                    program("mariadb-install-db"),
                    f"--datadir={folder}/data",
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    *as_user,
                ],
                check=True,
                capture_output=True,
            )
        server = subprocess.Popen(
            [
                program("mariadbd"), "--no-defaults", f"--datadir={folder}/data", f"--tmpdir={folder}", f"--port={port}",
                f"--socket={socket_file}", "--bind-address=127.0.0.1", f"--pid-file={folder}/pid",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci", "--innodb-buffer-pool-size=256M", *options, *as_user,
            ],
            stdout=subprocess.DEVNULL,
            stderr=(Path(folder) / "log").open("w"),
        )  # fmt: skip
        try:
            _wait_for(port, server, Path(folder) / "log")
            yield port
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"MariaDB did not start:\n{log.read_text()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("MariaDB did not answer within 30 seconds.")


# Nothing outlives the command, so nothing need be on the disk before the next statement: every commit is quicker for it.
QUICK = ("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=OFF")

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends too
    with running_mariadb(None, *QUICK) as own_port:
        environment = {**os.environ, "TEST_MARIADB_PORT": str(own_port)}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
