"""How often one browser may send a beacon. Counted in the cache, per minute; a lost count lets one more through."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache


def may_send(visitor: str) -> bool:
    """Whether this visitor is still below REFERRAL_BEACONS_PER_MINUTE."""
    key = f"referral-beacon-{visitor}-{int(time.time() // 60)}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) <= settings.REFERRAL_BEACONS_PER_MINUTE
    except ValueError:
        return True
