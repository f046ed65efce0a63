"""Whether a way in is shown to a person, and how it stays harmless to the page it stands on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)


def is_shown(setting: str, user: Any, course_key: Any) -> bool:
    """Whether the site has this way in and the person may open the overview. The role queries, none for a visitor."""
    if not getattr(settings, setting) or user is None or not user.is_authenticated:
        return False
    from community_dashboard.access.roles import Capability, may

    return may(user, course_key, Capability.OVERVIEW)


def harmless(answer: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turns an error of the function into `answer`, and a line in the log: the platform's page goes on without us."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception:
                log.exception("A way into the community dashboard is left out.")
                return answer

        return guarded

    return decorate
