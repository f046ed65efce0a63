"""Who is offered a study buddy where the course measures what it does: half of the invited, drawn once and for ever.

The same draw as the hold-out's, with a salt of its own, so that the one says nothing of the other. Plain Python.
"""

from __future__ import annotations

import hashlib
import hmac

OFFERED_PERCENT = 50


def in_draw(friend_id: int, course_key: str, *, salt: str) -> bool:
    """Whether this invited person belongs to the half that is offered a buddy. Stable, and independent between courses."""
    digest = hmac.new(salt.encode(), f"{course_key}|{friend_id}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % 100 < OFFERED_PERCENT
