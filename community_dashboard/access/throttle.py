"""How often one person may ask for what costs much. Counted in the cache; a lost count lets one more through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

WINDOW = timedelta(minutes=10)


def seconds_to_wait(what: str, user_id: int, *, most: int, now: datetime) -> int:
    """Counts one more; 0 if it is one of the `most` of these ten minutes, else the seconds until the next ten begin.

    With `most` 0 there is no limit, and nothing is counted. `what`: a name for the cache's key.
    """
    if not most:
        return 0
    length = int(WINDOW.total_seconds())
    window, into = divmod(int(now.timestamp()), length)
    key = f"community-throttle-{what}-{user_id}-{window}"
    cache.add(key, 0, 2 * length)
    try:
        return length - into if cache.incr(key) > most else 0
    except ValueError:  # the cache has dropped it just now
        return 0
