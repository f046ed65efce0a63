"""What the queue is told of an urgent post and of a report of an error. Plain Python."""

from __future__ import annotations

from datetime import datetime

from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.urgency.judging import Urgency

MARKED = "marked"  # the only reason told of a post that a moderator called urgent
MOST_URGENT, MOST_ERROR = 90.0, 45.0  # weight of what is certain


def urgent_finding(urgency: Urgency, since: datetime) -> Finding:
    """The finding for an urgent post; `words.py` makes its sentence."""
    if urgency.why == (MARKED,):
        return Finding(Reason.URGENT, "marked_urgent", MOST_URGENT, since)
    return Finding(Reason.URGENT, "urgent", MOST_URGENT * urgency.score, since, _facts(urgency))


def course_error_finding(error: Urgency, since: datetime) -> Finding:
    """The finding for a report of an error in the course, likewise."""
    return Finding(Reason.COURSE_ERROR, "course_error", MOST_ERROR * error.score, since, _facts(error))


def _facts(urgency: Urgency) -> dict[str, str | int | float]:
    return {"signs": ",".join(urgency.why), "percent": round(100 * urgency.score)}
