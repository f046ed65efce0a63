"""Sends an event of ours through the platform's tracker, once what it tells is committed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from eventtracking import tracker as tracking

from referral_xblock.emission.events import TrackingEvent

log = logging.getLogger(__name__)

CONTEXT = "openedx.community"


def emit(event: TrackingEvent, data: Mapping[str, Any], *, user_id: int | None, course_key: Any) -> None:
    """Tells this event after the commit, at once outside of a transaction, and not at all after a rollback. Never raises.

    `data` has a value for each field of the event; what the table does not name is left out. `user_id` is the actor, None for
    nobody. No query.
    """
    after_commit(event, partial(_send, event, dict(data), user_id, course_key))


def after_commit(event: TrackingEvent, tell: Callable[[], None]) -> None:
    """Calls `tell`, which looks up what the event needs and emits it, after the commit; never if such events are not sent."""
    if getattr(settings, event.setting, False):
        transaction.on_commit(tell, robust=True)


def _send(event: TrackingEvent, data: Mapping[str, Any], user_id: int | None, course_key: Any) -> None:
    try:
        tracker = tracking.get_tracker()
    except KeyError:  # the site tracks nothing
        return
    try:
        told = {name: data[name] for name in event.fields}
        with tracker.context(CONTEXT, _context(tracker.resolve_context(), user_id, course_key)):
            tracker.emit(event.name, told)
    except Exception:
        log.exception("The event %s could not be told; what it tells stands.", event.name)


def _context(around: Mapping[str, Any], user_id: int | None, course_key: Any) -> dict[str, Any]:
    """Who and where, and nothing else.

    The request in which this happens may be somebody else's, or a visitor's: its address would name the link, its session, IP
    address and browser the person. So whatever stands around is emptied, by whichever middleware it came.
    """
    return dict.fromkeys(around, "") | {
        "user_id": user_id,
        "course_id": str(course_key),
        "org_id": course_key.org,
    }
