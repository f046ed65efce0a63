"""The keys that sign sessions, tokens and badges of this one copy of the demo."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from referral_xblock.rewards.new_key import make_key


def secret_key(path: Path) -> str:
    """The key kept in this file, drawn on first use and readable by its owner alone."""
    return _kept(path, lambda: secrets.token_urlsafe(48))


def badge_key(path: Path) -> str:
    """The key that signs this copy's badges, kept in the same way."""
    return _kept(path, lambda: make_key()[0])


def _kept(path: Path, make: Callable[[], str]) -> str:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = make()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
