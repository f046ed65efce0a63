"""The mailbox behind an address, and the keyed hash by which it is known here. Plain Python."""

from __future__ import annotations

import hashlib
import hmac

HASH_LENGTH = 40
IGNORES_DOTS = ("gmail.com", "googlemail.com")


def mailbox(address: str) -> str:
    """One spelling for all addresses that reach the same mailbox: lower case, no part after a plus, and no dots before the @
    where the provider ignores them."""
    local, _at, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in IGNORES_DOTS:
        local, domain = local.replace(".", ""), IGNORES_DOTS[0]
    return f"{local}@{domain}"


def mailbox_hash(address: str, *, secret: str) -> str:
    """Forty hexadecimal characters, the same for every address of one mailbox; of no use without the site's key."""
    return hmac.new(secret.encode(), b"mailbox|" + mailbox(address).encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]
