"""What was begun and not ended, because a process died: the forum is asked what it did, and the row says so.

Nothing is carried out late: a moderator who saw an error has decided again by now, or will.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import DecisionError
from community_dashboard.moderation.decisions.giving_up import give_up
from community_dashboard.moderation.decisions.ledger import AT_WORK, BEGUN, UNDOING, finish
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import order_of_row
from community_dashboard.moderation.decisions.refusals import told_plainly
from community_dashboard.moderation.decisions.table import DEEDS
from community_dashboard.moderation.decisions.undoing import carry_back

log = logging.getLogger(__name__)
AT_ONCE = 200


def repair(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Ends the oldest rows that stayed begun; returns how many ended. Run again it goes on. A few queries for each row."""
    rows = Decision.objects.filter(state=BEGUN, made_at__lte=now - AT_WORK)
    rows |= Decision.objects.filter(state=UNDOING, undone_at__lte=now - AT_WORK)
    ended = 0
    for row in rows.select_related("actor", "subject", "undone_by").order_by("made_at", "id")[:limit]:
        try:
            ended += _repair(row, now)
        except DecisionError as error:
            log.warning("Decision %s cannot be ended now: %s", row.pk, error)
        except Exception:  # one that nobody foresaw must not keep the others waiting
            log.exception("Decision %s cannot be ended.", row.pk)
    return ended


def _repair(row: Decision, now: datetime) -> bool:
    if row.state == UNDOING:
        carry_back(row, by=row.undone_by, now=now)
        return True
    deed, order = DEEDS[Choice(row.choice)], order_of_row(row, by=row.actor, now=now)
    with told_plainly():
        if _later(row):  # decided again meanwhile: what the forum shows is the later decision's
            give_up(order, deed, row, still_there=False)
        elif deed.in_forum and deed.holds(order, row):
            with transaction.atomic():
                finish(row, deed.found(order, row), undoable=deed.undoable)
        else:
            give_up(order, deed, row, still_there=order.ref is None or order.seen is not None)
    return True


def _later(row: Decision) -> bool:
    return Decision.objects.filter(strand=row.strand, step__gt=row.step).exclude(state="failed").exists()
