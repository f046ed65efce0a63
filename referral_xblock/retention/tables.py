"""The tables that grow, each with its setting; written out, so that a reader finds them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from referral_xblock.journey import retention as journey
from referral_xblock.links import retention as links
from referral_xblock.prompts import retention as prompts
from referral_xblock.sharing import retention as sharing


def nothing(_ids: list[int]) -> Collection[int]:
    """No row of the table is spared for what rests on it."""
    return ()


@dataclass(frozen=True)
class Growing:
    """Rows that are deleted when they are old."""

    name: str
    setting: str  # how many days they are kept; 0: for ever
    rows: Callable[[], QuerySet[Any]]
    moment: str  # the column that says how old a row is
    spared: Callable[[list[int]], Collection[int]] = nothing  # of these rows, those on which something rests
    least_days: int = 1  # what is younger may still be needed, whatever the setting


# A click can bring an account as long as the longest window (365 days), a page's own token lives for a day.
TABLES = (
    Growing(
        "machine_clicks",
        "REFERRAL_KEEP_MACHINE_CLICKS_DAYS",
        links.machine_clicks,
        "created_at",
        journey.clicks_in_use,
        least_days=2,
    ),
    Growing(
        "clicks", "REFERRAL_KEEP_CLICKS_DAYS", links.other_clicks, "created_at", journey.clicks_in_use, least_days=367
    ),
    Growing("showings", "REFERRAL_KEEP_SHOWINGS_DAYS", sharing.showings, "shown_at"),
    Growing("shares", "REFERRAL_KEEP_SHARES_DAYS", sharing.shares, "day"),
    Growing("events", "REFERRAL_KEEP_EVENTS_DAYS", journey.events, "happened_at", journey.events_in_use),
    Growing("waiting", "REFERRAL_KEEP_WAITING_DAYS", journey.forgotten_work, "since"),
    Growing("moments", "REFERRAL_KEEP_MOMENTS_DAYS", prompts.moments, "happened_at", least_days=7),
)
