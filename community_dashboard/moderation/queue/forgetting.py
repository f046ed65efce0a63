"""What the queue forgets of a person whose account is retired."""

from __future__ import annotations

from django.db import transaction

from community_dashboard.moderation.queue.models import QueueFinding, QueueItem, SavedFilter, Shortcuts


def forget_person(*, user_id: int) -> None:
    """Takes a person out of the queue: as author, as moderator, and with what they kept. Eight statements; repeatable.

    The items of their posts stay as numbers in the counts, done and without what was found: the platform has deleted the texts.
    """
    with transaction.atomic():
        QueueFinding.objects.filter(item__author=user_id).delete()
        QueueItem.objects.filter(author=user_id).update(author=None, author_group=0, parts=[], reasons=0, state="done")
        for name in ("assigned_to", "decided_by"):
            QueueItem.objects.filter(**{name: user_id}).update(**{name: None})
        QueueItem.objects.filter(claimed_by=user_id).update(claimed_by=None, claimed_since=None, claimed_until=None)
        SavedFilter.objects.filter(user=user_id).delete()
        Shortcuts.objects.filter(user=user_id).delete()
