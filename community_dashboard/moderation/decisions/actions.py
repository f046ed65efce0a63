"""Making a decision.

The order of things, so that nothing is lost or done twice whatever breaks:
1. The right, the post and the fields are checked; the same decision made again is answered with its row.
2. In one transaction the queue's item is settled (compare-and-set), the row is written as *begun* (each step of a strand
   once), and what would be lost is kept.
3. In a second one the forum is asked and the row becomes *done*. If the forum refuses, the row becomes *failed*, what was kept
   goes and the item is open again. If the process dies, the row stays begun and `repair` looks whether the forum did it.
4. After the commit DECIDED is sent.

In a web request under ATOMIC_REQUESTS 2 and 3 are one transaction, which is safe while the forum is in the same database; a view
that decides is better marked `non_atomic_requests`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.host.errors import ForumError
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions import errors
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.giving_up import give_up
from community_dashboard.moderation.decisions.ledger import (
    DONE,
    LATEST,
    StepTakenError,
    begin,
    finish,
    is_at_work,
    latest_of,
    name_of,
    strand_of,
    too_late,
)
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order, read_order
from community_dashboard.moderation.decisions.refusals import told_plainly
from community_dashboard.moderation.decisions.remembering import recall
from community_dashboard.moderation.decisions.table import DEEDS
from community_dashboard.moderation.decisions.undoing import undo
from community_dashboard.moderation.decisions.why_hidden import EXPLAINED, reason_found
from community_dashboard.moderation.queue.actions import settle
from community_dashboard.moderation.queue.queries import item_of

__all__ = ["decide", "undo"]
log = logging.getLogger(__name__)


def decide(
    *,
    by: Any,
    course_key: CourseKey,
    ref: PostRef | None,
    choice: Choice,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
    version: int | None = None,
    cause: int | None = None,
    automatic: bool = False,
    now: datetime,
) -> Decision:
    """Carries out a decision and returns its row in the log; the same decision made again returns the same row.

    `reason` is a code of the forum (EDIT, CLOSE), a rule's code, or words (WARN, SILENCE, BAN, HIDE, DELETE: the author reads
    them; for the last two what was found in the post stands in for words that nobody typed). `fields`:
    EDIT body, title · MOVE topic_id · REPLY body, canned or both · DELETE sure="yes" · SILENCE, SNOOZE until · NOTE text ·
    ASSIGN to · a person without a post user_id · all of them `note` (for the team) and `seen` (the mark of the text that was
    judged). `version` is that of the queue's item as `by` saw it, None where nobody looked at one. `cause` is the number of the
    decision that led to this one. Works in a request and in a task. Raises the errors of `errors.py` and nothing else.
    Some twenty queries besides those of the forum.
    """
    with told_plainly():
        order = read_order(
            by=by,
            course_key=course_key,
            ref=ref,
            choice=choice,
            reason=reason,
            fields=fields or {},
            automatic=automatic,
            now=now,
        )
        if not order.reason and not automatic and order.choice in EXPLAINED and ref is not None:
            order.reason = reason_found(course_key, ref)
        deed = DEEDS[order.choice]
        strand = strand_of(order, deed.strand)
        last = recall(LATEST, [strand], latest_of)[strand]
        if last is not None and _is_being_made(order, last):
            return last
        seen = _version(order, version)
        order.asked = dict(deed.ask(order))
        if last is not None and last.state == DONE and deed.is_same(order, last):
            return last
        row = _begin(order, deed, strand, last, seen, cause)
    _carry_out(order, deed, row)
    return row


def _is_being_made(order: Order, last: Decision) -> bool:
    """Whether `by` is making this very decision in another window, or has deleted the post; TooLateError if somebody else is."""
    if last.choice == order.choice == Choice.DELETE and order.seen is None:
        return True
    if not is_at_work(last, order.now):
        return False
    if last.choice == order.choice and last.actor_id == order.by.id:
        return True
    raise errors.TooLateError(name_of(last.actor_id))


def _version(order: Order, version: int | None) -> int | None:
    """Which version of the item is to be settled. TooLateError if it is no longer the one that was seen.

    What `by` decided last is no surprise to `by`: hiding a post and then warning its author from the same pane goes well.
    """
    if version is None or order.ref is None:
        return None
    item = item_of(order.course_key, order.ref)
    if item is None or item.version == version:
        return version
    if item.decided_by_id == order.by.id:
        return item.version
    raise errors.TooLateError(name_of(item.decided_by_id))


def _begin(
    order: Order, deed: Deed, strand: str, last: Decision | None, version: int | None, cause: int | None
) -> Decision:
    try:
        with transaction.atomic():
            settles = order.ref is not None and deed.settles(order)
            if settles and order.ref is not None:
                about = {"course_key": order.course_key, "ref": order.ref, "by": order.by, "now": order.now}
                if not settle(**about, version=version, outcome=deed.outcome):
                    item = item_of(order.course_key, order.ref)
                    raise errors.TooLateError(name_of(item.decided_by_id if item else None))
            row = begin(order, strand=strand, after=last, cause=cause, settles=settles)
            deed.keep(order, row)
    except StepTakenError as error:
        raise too_late(strand) from error
    return row


def _carry_out(order: Order, deed: Deed, row: Decision) -> None:
    try:
        with told_plainly(), transaction.atomic():
            finish(row, deed.carry(order, row), undoable=deed.undoable)
    except errors.DecisionError as error:
        try:
            give_up(order, deed, row, still_there=not isinstance(error, errors.GoneError))
        except ForumError:
            log.info("A decision stays begun: the forum does not answer.", exc_info=True)
        raise
    except Exception as error:
        # Nobody knows what the forum has done: the row stays begun, and `repair` looks.
        log.exception("A decision was begun and not ended.")
        raise errors.ForumFailedError from error
