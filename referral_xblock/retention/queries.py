"""Since when a page can count."""

from __future__ import annotations

from datetime import datetime

from referral_xblock.retention.models import Sweep


def counted_since() -> dict[str, datetime]:
    """By the name in `tables.TABLES`: of what is older than this moment, rows were deleted. Without entry nothing was.

    One query.
    """
    rows = Sweep.objects.exclude(counted_since=None).values_list("name", "counted_since")
    return dict(rows)
