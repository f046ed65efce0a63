"""What `eventtracking` calls for every tracking event of the LMS."""

from __future__ import annotations

import logging
from typing import Any

from community_dashboard.activity.tracking.delivery import deliver
from community_dashboard.activity.tracking.reading import read

log = logging.getLogger(__name__)


class TrackingBackend:
    """An engine for EVENT_TRACKING_BACKENDS; takes no options. See `lms_settings`, which adds it."""

    def send(self, event: Any) -> None:
        """Passes a fact of learning on, if the event tells one. Never raises, and never changes the event."""
        try:
            fact = read(event)
            if fact is not None:
                deliver(fact)
        except Exception:
            log.exception("A tracking event could not be passed on to the record of activity.")
