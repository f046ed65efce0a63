"""Undoing a decision: for 30 days, where the forum allows it and nobody has decided or written anything since."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions import errors
from community_dashboard.moderation.decisions.ledger import BEGUN, DONE, FAILED, UNDOING, UNDONE, tell
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import order_of_row
from community_dashboard.moderation.decisions.refusals import told_plainly
from community_dashboard.moderation.decisions.standing import check
from community_dashboard.moderation.decisions.table import DEEDS
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.queue.actions import reopen

log = logging.getLogger(__name__)


def undo(*, by: Any, course_key: CourseKey, decision_id: int, now: datetime) -> Decision:
    """Takes a decision back and returns its row; undone again it is as it was.

    Who may make a decision may undo it: a silence by whoever silences, a ban by whoever bans. Raises GoneError for a row that is
    not of this course, NotAllowedError, NoWayBackError with the reason, ChangedError, ForumFailedError.
    """
    row = Decision.objects.filter(pk=decision_id, course_key=course_key).select_related("subject", "actor").first()
    group, there = (0, True) if row is None or not row.post_id else _post(row)
    subject = row.subject if row else None
    check(
        Choice(row.choice) if row else Choice.APPROVE, by=by, subject=subject, post_group=group, course_key=course_key
    )
    if row is None:
        raise errors.GoneError
    if row.state == UNDONE:
        return row
    why = why_not(row, now)
    if why is not None:
        raise errors.NoWayBackError(why)
    if not there:
        raise errors.GoneError
    # Of two who undo at once, one does.
    if not Decision.objects.filter(pk=row.pk, state=DONE).update(state=UNDOING, undone_by=by, undone_at=now):
        row.refresh_from_db()
        return row
    carry_back(row, by=by, now=now)
    return row


def why_not(row: Decision, now: datetime) -> str | None:
    """Why a decision can no longer be undone, in a sentence; None: it may be tried. One query where the order matters."""
    deed = DEEDS[Choice(row.choice)]
    if row.state == BEGUN:
        return _("This decision is still being carried out.")
    if row.state == FAILED:
        return _("This decision was never carried out: there is nothing to undo.")
    if row.state in (UNDOING, UNDONE):
        return _("This decision was undone already.")
    if not deed.undoable:
        return str(deed.no_way_back)
    if row.undo_until is None or now > row.undo_until:
        return _("A decision can be undone for 30 days. This one is older.")
    later = Decision.objects.filter(strand=row.strand, step__gt=row.step, state__in=[BEGUN, DONE])
    if deed.ordered and later.exists():
        return _("Somebody has decided on this again since. Please undo the later decision first.")
    return None


def carry_back(row: Decision, *, by: Any, now: datetime) -> None:
    """Undoes a row that is being undone; also what stayed so. What the forum refuses is as it was before."""
    deed, order = DEEDS[Choice(row.choice)], order_of_row(row, by=by, now=now)
    try:
        with told_plainly(), transaction.atomic():
            deed.take_back(order, row)
            Decision.objects.filter(pk=row.pk).update(state=UNDONE, undone_by=by, undone_at=now)
            row.state, row.undone_by, row.undone_at = UNDONE, by, now
            if order.ref is not None and row.before.get("settled"):
                reopen(course_key=row.course_key, ref=order.ref, by=by, now=now)
            tell(row)
    except errors.DecisionError:
        Decision.objects.filter(pk=row.pk, state=UNDOING).update(state=DONE, undone_by=None, undone_at=None)
        row.state, row.undone_by, row.undone_at = DONE, None, None
        raise
    except Exception as error:
        log.exception("Undoing a decision was begun and not ended.")
        raise errors.ForumFailedError from error


def _post(row: Decision) -> tuple[int, bool]:
    """For whom the post is meant, and whether it is still there."""
    post = find_post(row.course_key, PostRef(PostKind(row.kind), row.post_id))
    return (post.group_id, post.gone_at is None) if post else (0, True)
