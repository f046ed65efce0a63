"""What becomes of the events that we tell: are they emitted, and does xAPI get them where the site has it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from eventtracking.tracker import get_tracker

from community_dashboard.emission.events import EVENTS
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import Finding, found
from referral_xblock.api import OWN_EVENTS, are_registered, has_xapi, kept_from_xapi

TELLS = (OWN_EVENTS, EVENTS)


def check_events(circumstances: Circumstances) -> Iterator[Finding]:
    """Looks at the settings and at what is registered in this process; sends nothing."""
    told = [event for events in TELLS for event in events if getattr(settings, event.setting, False)]
    off = {event.setting for events in TELLS for event in events} - {event.setting for event in told}
    for setting in sorted(off):
        yield found("events.off", f"{setting} is off.")
    if not told:
        return
    if not _tracks():
        yield found("events.off", "The platform tracks nothing here: EVENT_TRACKING_ENABLED is off.")
        return
    if not has_xapi():
        words = f"{len(told)} kinds of events go to the tracking log; event-routing-backends is not installed."
        yield found("events.emitted", words)
        return
    unregistered = [event.name for event in told if not are_registered([event])]
    if unregistered:
        yield found("events.kept", f"No transformer is registered for {', '.join(unregistered)}.")
    kept = kept_from_xapi(settings, [event.name for event in told])
    if kept:
        yield found("events.kept", f"The settings let nothing through to xAPI of {', '.join(kept)}.")
    if not unregistered and not kept:
        yield found("events.emitted", f"{len(told)} kinds of events go to the tracking log and to xAPI.")


def _tracks() -> bool:
    try:
        get_tracker()
    except KeyError:
        return False
    return True
