"""The end of what was begun and not carried out."""

from __future__ import annotations

from django.db import transaction

from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.ledger import fail
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.queue.actions import reopen


def give_up(order: Order, deed: Deed, row: Decision, *, still_there: bool = True) -> None:
    """Ends a row that was begun and not carried out; the queue asks again, unless the post is gone.

    Raises ForumError where the forum has to be asked for that and does not answer: the row then stays begun.
    """
    with transaction.atomic():
        if fail(row):
            deed.drop(order, row)
            if order.ref is not None and still_there and row.before.get("settled"):
                reopen(course_key=order.course_key, ref=order.ref, by=None, now=order.now)
