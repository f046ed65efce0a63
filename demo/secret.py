"""The key that signs sessions and tokens of this one copy of the demo."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key kept in this file, drawn on first use and readable by its owner alone."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
