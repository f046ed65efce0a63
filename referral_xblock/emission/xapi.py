"""Tells event-routing-backends how our events become xAPI statements, in an LMS that has it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.apps import apps

from referral_xblock.emission.events import TrackingEvent

log = logging.getLogger(__name__)

PLUGIN = "event_routing_backends"


def is_there() -> bool:
    """Whether event-routing-backends is an app of this process."""
    return apps.is_installed(PLUGIN)


def register_statements(events: Iterable[TrackingEvent]) -> bool:
    """A transformer for each of these events; whether there is anything to register them with. Repeatable, never raises."""
    if not is_there():
        return False
    try:
        from referral_xblock.emission.statements import register
    except Exception:  # a release of it that we do not know must not keep the LMS from starting
        log.exception("Our events cannot be told in xAPI by this release of event-routing-backends.")
        return False
    for event in events:
        register(event)
    return True


def are_registered(events: Iterable[TrackingEvent]) -> bool:
    """Whether each of these events has a transformer in this process."""
    if not is_there():
        return False
    from event_routing_backends.processors.xapi.registry import XApiTransformersRegistry

    return all(event.name in XApiTransformersRegistry.mapping for event in events)
