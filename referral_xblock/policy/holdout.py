"""Who sees the block without its invitation prompt: one learner in ten, drawn once and for ever.

The draw makes it possible to say how many enrolments would not have come; it cannot be added backwards, so it has been
there from the first day. Plain Python.
"""

from __future__ import annotations

import hashlib
import hmac

HOLDOUT_PERCENT = 10


def in_holdout(user_id: int, course_key: str, *, salt: str) -> bool:
    """Whether this learner belongs to the tenth without a prompt in this course. Stable, and independent between courses."""
    digest = hmac.new(salt.encode(), f"{course_key}|{user_id}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % 100 < HOLDOUT_PERCENT
