"""Accounts in addresses: signed for one course, so that nobody counts through the numbers of accounts.

And what somebody looked for, which may be a name or an e-mail address: encrypted, so that no log of addresses shows it.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import signing
from opaque_keys.edx.keys import CourseKey

SALT = "growth.inviter"


def sealed(account_id: int, course_key: CourseKey) -> str:
    """An account as it stands in an address of this course."""
    return signing.dumps([account_id, str(course_key)], salt=SALT)


def opened(text: str, course_key: CourseKey) -> int:
    """The account in an address; ValueError for what is damaged or was sealed for another course."""
    try:
        account_id, course = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise ValueError(text) from error
    if course != str(course_key):
        raise ValueError(text)
    return account_id


def veiled(text: str, course_key: CourseKey) -> str:
    """A text as it stands in an address of this course, where nobody reads it."""
    return _keys(course_key).encrypt(text.encode()).decode("ascii")


def unveiled(text: str, course_key: CourseKey) -> str:
    """The text in an address; ValueError for what is damaged or was veiled for another course."""
    try:
        return _keys(course_key).decrypt(text.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise ValueError from error


def _keys(course_key: CourseKey) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = [hashlib.sha256(f"veiled|{course_key}|{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
