"""The link that opens the phone page as one moderator of one course, for three days.

It stops to work when the account is closed or gets a new password; what the moderator may do is asked anew at every request, so
with the role the link is gone too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from opaque_keys.edx.keys import CourseKey

SALT = "community.phone"
LIVES = timedelta(days=3)
LONGEST = 600


def phone_path(user: Any, course_key: CourseKey, *, now: datetime) -> str:
    """Where the page opens as this person; the site's own address stands before it."""
    token = signing.dumps([user.id, str(course_key), int(now.timestamp()), _print(user)], salt=SALT)
    return f"{reverse('community_dashboard:moderation_phone', args=[str(course_key)])}?as={token}"


def reader_of(token: str, course: str, *, now: datetime) -> Any | None:
    """The person whom a link stands for; None for a link that is damaged, too old or made for another course. One query."""
    try:
        user_id, key, drawn, fingerprint = signing.loads(token[:LONGEST], salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if key != course or not timedelta() <= now - datetime.fromtimestamp(drawn, now.tzinfo) <= LIVES:
        return None
    user = get_user_model().objects.filter(id=user_id, is_active=True).first()
    return user if user is not None and constant_time_compare(fingerprint, _print(user)) else None


def _print(user: Any) -> str:
    """Changes with the password, and says nothing of it."""
    return salted_hmac(SALT, user.get_session_auth_hash()).hexdigest()[:16]
