"""Bans that the forum app itself keeps, where it does. No published release of openedx-forum does (0.3 to 0.6).

2U's fork has them, and so has a proposal to openedx-forum: in `forum.api`, `ban_user(user, banned_by, course_id, org_key, scope,
reason)` and `unban_user(ban_id, user, unbanned_by, course_id, scope, reason)`, which raises ValueError where there is no ban. In
their LMS the course flag `discussions.enable_discussion_ban` turns them on, and the platform's own pages then know of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from community_dashboard.host.errors import DisabledError


def keeps_bans() -> bool:
    """Whether the installed forum app does. No query."""
    return _verb("ban_user") is not None and _verb("unban_user") is not None


def ban(*, by: Any, course_key: Any, user: Any, reason: str) -> None:
    """Bans from the course; a ban that stands stays. Raises DisabledError where the app keeps none."""
    with transaction.atomic():
        _needed("ban_user")(user=user, banned_by=by, course_id=course_key, scope="course", reason=reason)


def lift(*, by: Any, course_key: Any, user: Any, reason: str) -> None:
    """Ends the ban from the course; nothing happens if there is none. Raises DisabledError where the app keeps none."""
    try:
        with transaction.atomic():
            _needed("unban_user")(user=user, unbanned_by=by, course_id=course_key, scope="course", reason=reason)
    except ValueError:
        return


def _verb(name: str) -> Callable[..., Any] | None:
    from forum import api

    return getattr(api, name, None)


def _needed(name: str) -> Callable[..., Any]:
    verb = _verb(name)
    if verb is None:
        raise DisabledError
    return verb
