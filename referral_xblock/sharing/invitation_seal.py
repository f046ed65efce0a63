"""The address between the press of the button and the worker: encrypted in the row, with a key that is not in the database.

The task in the broker carries the row's number alone. The row is wiped before the mail is handed over, and by
`invitation_dispatch.wipe` if no worker came in time.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from referral_xblock.host.secret import hash_secrets


def seal(address: str) -> str:
    """The address, encrypted and signed (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _keys().encrypt(address.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The address; "" for what this site did not seal, or has lost the key of."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        return ""


def _keys() -> MultiFernet:
    digests = [hashlib.sha256(b"sealed address|" + secret.encode()).digest() for secret in hash_secrets()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
