"""Who really looks at a learner's page."""

from __future__ import annotations

from referral_xblock.host.chosen import get_host


def is_looked_at_by_another(user_id: int) -> bool:
    """Whether somebody else than this learner sees the page: the course team that views the course as the learner. No query.

    The LMS exchanges the request's user in a view and keeps the real one beside; in a handler it leaves the real one. Without a
    request (a task, a command) nobody looks.
    """
    reader = getattr(get_host().signed_in_request(), "user", None)
    return reader is not None and (reader.id != user_id or hasattr(reader, "real_user"))
