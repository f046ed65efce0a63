"""What the person at the terminal may wish for, looked at before anything is made. Nothing here needs Django."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from tempfile import TemporaryFile

HOST = "127.0.0.1"
PORT, MOST_PORTS = 8000, 65535
LEARNERS, MOST_LEARNERS = 3600, 100_000
OURS = ("secret", "db.sqlite3", "prepared.json", "tracking.log")


class CannotStartError(Exception):
    """What stands in the way, as one sentence for the person at the terminal."""


def wanted_port() -> int:
    """The number in PORT. Raises CannotStartError."""
    return _number("PORT", default=PORT, least=1, most=MOST_PORTS)


def wanted_learners() -> int:
    """The number in DEMO_LEARNERS, 0 for no crowd. Raises CannotStartError."""
    return _number("DEMO_LEARNERS", default=LEARNERS, least=0, most=MOST_LEARNERS)


def demo_folder() -> Path:
    """Where everything is kept that is not in the repository: DEMO_DIR, or `.demo` in the checkout."""
    return Path(os.environ.get("DEMO_DIR") or Path(__file__).resolve().parent.parent / ".demo")


def make_folder(folder: Path) -> None:
    """Makes the folder if it is missing. Raises CannotStartError if it, or what we keep in it, cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
        for name in OURS:
            if (folder / name).exists() and not os.access(folder / name, os.R_OK | os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise CannotStartError(
            f"The demo cannot keep its files in {folder} ({error.strerror}). Choose another folder: make demo DEMO_DIR=…"
        ) from error


def listen(port: int) -> socket.socket:
    """A socket that listens on loopback. Whoever connects before the demo is ready waits. Raises CannotStartError."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        another = port + 1 if 1024 <= port < MOST_PORTS else PORT
        raise CannotStartError(f"Port {port} {why}. Choose another one: make demo PORT={another}") from error
    return listener


def _number(name: str, *, default: int, least: int, most: int) -> int:
    text = os.environ.get(name) or str(default)
    # Python knows more digits than these ten, and refuses to read very many of them.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise CannotStartError(f"{name} must be a number between {least} and {most:,}, not {text[:40]!r}.")
    return int(text)
