"""A visitor without an account: a keyed hash of address and user agent, whose key changes every day (UTC).

The same browser is recognised within a day, which is enough to count a reload once; nobody can be followed from one day
to the next, and the address itself is never stored.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

HASH_LENGTH = 20
MARK_NAME = "referral_browser"


def visitor_hash(*, address: str, user_agent: str, now: datetime, secret: str) -> str:
    """Twenty hexadecimal characters, the same for one browser within one day."""
    day_key = hmac.new(secret.encode(), now.strftime("%Y-%m-%d").encode(), hashlib.sha256).digest()
    return hmac.new(day_key, f"{address}|{user_agent}".encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]


def account(user_id: int) -> str:
    """How an account stands in a click's `person` column."""
    return f"u{user_id}"


def browser_mark(user_id: int, *, secret: str) -> str:
    """What an inviter's own browser keeps when they use their invitations: a keyed hash, no number of an account."""
    return hmac.new(secret.encode(), f"browser|{user_id}".encode(), hashlib.sha256).hexdigest()[:32]
