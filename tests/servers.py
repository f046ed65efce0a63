"""Servers that tests start for themselves, from Debian's packages, on free loopback ports."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.mariadb import free_port

REDIS = shutil.which("redis-server")


def needs(program: str | None, package: str) -> pytest.MarkDecorator:
    """Skips by name where a Debian package is missing; in CI it is not skipped but fails."""
    missing = program is None and os.environ.get("CI") != "true"
    return pytest.mark.skipif(missing, reason=f"{package} is not installed (Debian package: {package})")


def running_redis(folder: str) -> Iterator[int]:
    """A Redis of its own without persistence; yields its port."""
    port = free_port()
    server = subprocess.Popen(
        [REDIS or "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    try:
        import redis

        for _attempt in range(100):
            try:
                redis.Redis(port=port).ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)
