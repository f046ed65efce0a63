"""A module of these tests as a program of its own, whose Django is that of the demo that a browser visits."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def last_line_of(module: str, site: Any) -> str:
    """What the program printed last. It ran once for each site, however often this is asked. AssertionError if it failed."""
    return _once(module, tuple(sorted(site.environment.items())))


def run(module: str, *arguments: str, environment: dict[str, str]) -> str:
    """What the program printed last, every time anew. AssertionError if it failed."""
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()[-1] if done.stdout else ""


@lru_cache(maxsize=16)
def _once(module: str, environment: tuple[tuple[str, str], ...]) -> str:
    return run(module, environment=dict(environment))
