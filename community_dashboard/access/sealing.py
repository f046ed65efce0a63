"""Accounts in addresses: signed for one course, so that nobody counts through the numbers of accounts."""

from __future__ import annotations

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
