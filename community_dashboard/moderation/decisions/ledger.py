"""Rows of the log as they begin and end. A step of a strand is taken once: of two who try, the database lets one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from community_dashboard.data import PostRef
from community_dashboard.emission.events import MODERATION_DECIDED, MODERATION_UNDONE
from community_dashboard.moderation.decisions.errors import TooLateError
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.decisions.remembering import forget, recall
from community_dashboard.moderation.signals import DECIDED
from referral_xblock.api import emit
from referral_xblock.api import get_host as get_people_host

# What a job remembers of a strand: its last step, and how many there are. `begin` finds out if that is no longer so.
LATEST, STEPS = "latest", "steps"
BEGUN, DONE, FAILED, UNDOING, UNDONE = "begun", "done", "failed", "undoing", "undone"
UNDO_DAYS = timedelta(days=30)
LONGEST_NOTE = 2000
# After this long nobody is still at work on what was begun: the platform ends a request and a task much earlier.
AT_WORK = timedelta(minutes=5)


class StepTakenError(Exception):
    """Somebody else took this step; who, `too_late` says outside of the transaction that is broken by it."""


def strand_of(order: Order, name: str) -> str:
    """The name of the strand in which this order is a step: one idea of one post, or of one person in a course."""
    if name in OF_POSTS:
        return strand_of_post(order.post, name)
    return _strand(f"{name}:{order.course_key}:{order.author.id}")


def strand_of_post(ref: PostRef, name: str) -> str:
    """The same of a post, for a name that is in `OF_POSTS`."""
    return _strand(f"{name}:{ref.kind}:{ref.id}")


def _strand(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


OF_POSTS = frozenset({"text", "closed", "pinned", "endorsed", "topic", "answer", "desk"})


def latest(strand: str) -> Decision | None:
    """The last step of a strand that did not fail. One query."""
    rows = Decision.objects.filter(strand=strand).exclude(state=FAILED)
    return rows.select_related("actor").order_by("-step").first()


def latest_of(strands: Sequence[str]) -> dict[str, Decision | None]:
    """The same of some; each asked for is in the answer. One query, which reads all steps where there are several strands."""
    if len(strands) == 1:
        return {strands[0]: latest(strands[0])}
    found: dict[str, Decision | None] = dict.fromkeys(strands)
    rows = Decision.objects.filter(strand__in=strands).exclude(state=FAILED)
    for row in rows.select_related("actor").order_by("step"):
        found[row.strand] = row
    return found


def steps_of(strands: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """The number of the last step of each of these strands, and of the last that did not fail. One query."""
    rows = Decision.objects.filter(strand__in=strands).order_by().values_list("strand")
    found = rows.annotate(last=Max("step"), alive=Max("step", filter=~Q(state=FAILED)))
    return dict.fromkeys(strands, (0, None)) | {strand: (last, alive) for strand, last, alive in found}


def begin(order: Order, *, strand: str, after: Decision | None, cause: int | None, settles: bool = False) -> Decision:
    """The row of an order that is about to be carried out. StepTakenError if somebody took the same step at the same time.

    `after` is the last step as it was when the order was judged, `settles` says that the queue's item was settled with it. Call
    it in a transaction that ends with the error. Two statements.
    """
    last, alive = recall(STEPS, [strand], steps_of)[strand]
    forget(STEPS, strand)
    forget(LATEST, strand)
    if alive != (after.step if after else None):
        raise StepTakenError
    row = Decision(
        course_key=order.course_key,
        strand=strand,
        step=last + 1,
        choice=order.choice.value,
        state=BEGUN,
        kind=order.ref.kind.value if order.ref else "",
        post_id=order.ref.id if order.ref else "",
        thread_id=order.thread_id,
        subject=order.subject,
        actor=order.by,
        automatic=order.automatic,
        reason=order.reason[:500],
        note=order.text("note")[:LONGEST_NOTE],
        fields=order.asked,
        before=(order.seen.states if order.seen else {}) | ({"settled": True} if settles else {}),
        made_at=order.now,
        cause_id=cause,
    )
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise StepTakenError from error
    return row


def finish(row: Decision, after: Mapping[str, Any], *, undoable: bool) -> None:
    """The order was carried out. Tells whoever listens to DECIDED, after the commit. One statement."""
    row.state, row.after = DONE, dict(after)
    row.undo_until = row.made_at + UNDO_DAYS if undoable else None
    row.save(update_fields=["state", "after", "undo_until"])
    tell(row)


def fail(row: Decision) -> bool:
    """The order was not carried out; False if it was ended otherwise meanwhile. One statement."""
    row.state = FAILED
    return bool(Decision.objects.filter(pk=row.pk, state=BEGUN).update(state=FAILED))


def tell(row: Decision) -> None:
    """Sends DECIDED after the commit, and tells the tracking log by whom what was decided, or taken back."""
    transaction.on_commit(
        lambda: DECIDED.send_robust(sender=Decision, decision_id=row.pk, course_key=row.course_key), robust=True
    )
    undone = row.state == UNDONE
    emit(
        MODERATION_UNDONE if undone else MODERATION_DECIDED,
        {"decision": row.pk, "choice": row.choice, "kind": row.kind, "automatic": row.automatic},
        user_id=row.undone_by_id if undone else row.actor_id,
        course_key=row.course_key,
    )


def is_at_work(row: Decision, now: datetime) -> bool:
    """Whether somebody may still be carrying out a row that was begun."""
    return row.state == BEGUN and row.made_at > now - AT_WORK


def too_late(strand: str) -> TooLateError:
    """The error that names who took the last step. Two queries."""
    row = latest(strand)
    return TooLateError(name_of(row.actor_id) if row else "")


def name_of(user_id: int | None) -> str:
    """How a member of the team is named to the others; "" for nobody. One query."""
    if user_id is None:
        return ""
    person = get_people_host().people([user_id]).get(user_id)
    return person.name if person else ""
