"""Anonymous stand-ins: accounts of nobody, to which the rows of a retired person move so that a course's counts stay right.

Each person gets a fresh one in each course: with the same in two courses, what is known in one would tell who it was in the
other. Nobody can sign in with one, and nothing says whose it was.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

PREFIX = "anonymous_"
# The moment of the retirement would tell whose stub it is.
JOINED = datetime(2000, 1, 1, tzinfo=UTC)


def new_stub() -> int:
    """Makes an account of nobody and returns its number. Two statements; the platform's receivers hear nothing of it."""
    model = get_user_model()
    username = PREFIX + secrets.token_hex(8)
    stub = model(
        username=username,
        email=f"{username}@anonymous.invalid",  # an LMS wants every address once
        password=make_password(None),
        is_active=False,
        date_joined=JOINED,
    )
    model.objects.bulk_create([stub])
    return model.objects.values_list("id", flat=True).get(username=username)


def stubs_among(user_ids: Collection[int]) -> set[int]:
    """Which of these accounts are nobody's. One query for at most 500."""
    stubs = get_user_model().objects.filter(id__in=user_ids, username__startswith=PREFIX, is_active=False)
    return set(stubs.values_list("id", flat=True))


def is_stub(user_id: int) -> bool:
    """Whether this account is nobody's. One query."""
    return get_user_model().objects.filter(id=user_id, username__startswith=PREFIX, is_active=False).exists()
