"""How often somebody may do what costs much, or what tells too much. Counted in the cache; a lost count lets one more through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache


def seconds_to_wait(what: str, who: int | str, *, most: int, window: timedelta, now: datetime) -> int:
    """Counts one more; 0 if it is one of the `most` of this window, else the seconds until the next window begins.

    Windows follow each other from midnight (UTC) on: with an hour, each full hour begins one. With `most` 0 there is no
    limit, and nothing is counted. `what` names the thing, `who` the person (a user id) or the browser (a hash): both go
    into the cache's key, so neither holds anything personal nor blanks. Two calls of the cache, of any server process.
    """
    if not most:
        return 0
    length = int(window.total_seconds())
    number, into = divmod(int(now.timestamp()), length)
    key = f"community-throttle-{what}-{who}-{number}"
    cache.add(key, 0, 2 * length)
    try:
        return length - into if cache.incr(key) > most else 0
    except ValueError:  # the cache has dropped it just now
        return 0
