"""Where the tests find event-routing-backends: in a folder of its own.

Installed among the other packages it would be a plugin of the demo, whose settings it changes and whose LMS it would ask.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(
    os.environ.get("TEST_XAPI_FOLDER") or ROOT / ".venv" / f"xapi-py{sys.version_info[0]}{sys.version_info[1]}"
)

needs_xapi = pytest.mark.skipif(
    not (FOLDER / "event_routing_backends").is_dir(),
    reason=f"edx-event-routing-backends is not in {FOLDER.name} (requirements/xapi.in)",
)


def environment(**more: str) -> dict[str, str]:
    """That of a process which has it: with a folder and a database of the demo's own."""
    own = {name: value for name, value in os.environ.items() if name not in ("DEMO_DIR", "TEST_MARIADB_PORT")}
    return own | {"PYTHONPATH": str(FOLDER)} | more
