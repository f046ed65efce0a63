"""How long texts are kept that were taken out of the forum, and how long the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.ledger import DONE, FAILED, UNDONE
from community_dashboard.moderation.decisions.models import Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.sanctions import actions as sanctions

PAGE = 500


def delete_old_texts(*, now: datetime) -> int:
    """Deletes the originals and earlier texts that may no longer be restored; returns how many. Two statements, by indexes.

    A hidden text goes after 30 days, one that waits for a moderator after a year, one that was restored 30 days later.
    """
    deleted = KeptOriginal.objects.filter(delete_after__lt=now).delete()[0]
    return deleted + EarlierText.objects.filter(delete_after__lt=now).delete()[0]


def delete_old_decisions(*, now: datetime, days: int, pages: int = 20) -> int:
    """Deletes rows of the log that are older than so many days (0: none), 500 at a time; returns how many.

    A ban lasts, so the row that says why does too. What a text is still kept for stays.
    """
    deleted = 0
    before = now - timedelta(days=days)
    if days:
        sanctions.delete_old(before=before, now=now)
    for _page in range(pages if days else 0):
        old = Decision.objects.filter(state__in=[DONE, FAILED, UNDONE], made_at__lt=before)
        kept = KeptOriginal.objects.values("decision")
        numbers = list(old.exclude(choice=Choice.BAN).exclude(pk__in=kept).values_list("pk", flat=True)[:PAGE])
        deleted += Decision.objects.filter(pk__in=numbers).delete()[1].get("community_dashboard.Decision", 0)
        if len(numbers) < PAGE:
            break
    return deleted
