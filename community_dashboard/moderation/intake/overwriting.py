"""Posts whose authors wrote over our sentence: masked again at once, and told, whatever the new text says.

Our own writing never counts: what the forum shows is ours, or the last change of the text is not the author's. A title leaves no
trace of who changed it, so a new title over our body counts as the author's.
"""

from __future__ import annotations

from typing import Any

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Choice, Finding, Reason
from community_dashboard.moderation.decisions.ledger import BEGUN, UNDOING, UNDONE, latest_of, strand_of_post
from community_dashboard.moderation.decisions.masks import OVERWRITTEN, is_overwritten_by
from community_dashboard.moderation.intake.batch import Batch
from community_dashboard.moderation.intake.holding import ELSEWHERE, hold
from community_dashboard.moderation.intake.sources import Told

OTHERS, HELD = "others", "held"
WEIGHT_EDITED, WEIGHT_HELD = 30.0, 40.0


def overwritten(batch: Batch) -> Told:
    """Holds the posts whose authors wrote over our sentence, and tells of them and of those it held before.

    One query for posts that are masked or were; five and a decision for each that is not as we left it. Nothing is done while a
    decision on the text is being carried out or was begun by somebody who died, nor to a text that a moderator has edited since.
    """
    ours = {ref: row for ref, row in batch.rows.items() if row.mask and row.gone_at is None}
    if not ours:
        return {}
    told: dict[PostRef, list[Finding]] = {}
    last = latest_of(sorted({_strand(ref) for ref in ours}))
    for ref, row in ours.items():
        step = last[_strand(ref)]
        if step is None or step.state in (BEGUN, UNDOING):
            continue
        if row.masked:
            # A worker may have been stopped between holding a post and telling the queue.
            if step.choice == Choice.HOLD and step.reason == OVERWRITTEN and step.state != UNDONE:
                told[ref] = _findings(step, "")
        elif step.choice != Choice.EDIT or step.state == UNDONE:
            findings = _hold(batch, ref)
            if findings is not None:
                told[ref] = findings
    return told


def _hold(batch: Batch, ref: PostRef) -> list[Finding] | None:
    """Masks it again; what is told of it, None for nothing new."""
    row = batch.rows[ref]
    by_author = is_overwritten_by(row.author_id, course_key=batch.course_key, ref=ref, now=batch.now)
    if by_author is None:
        return None
    why = hold(batch, ref, reason=OVERWRITTEN) if by_author else OTHERS
    if why == ELSEWHERE:
        return None
    step = latest_of([_strand(ref)])[_strand(ref)]
    if not why:
        row.masked = True
        return _findings(step, "")
    return _findings(step, why, since=row.changed_at)


def _findings(step: Any, why: str, *, since: Any = None) -> list[Finding]:
    """One that says what happened, and one that says it is held. The step tells one time from the next."""
    facts = {"step": step.step}
    code = f"{OVERWRITTEN}.{why}" if why else OVERWRITTEN
    found = [Finding(Reason.EDITED, code, WEIGHT_EDITED, since or step.made_at, facts)]
    if not why:
        found.append(Finding(Reason.HELD, f"{OVERWRITTEN}.{HELD}", WEIGHT_HELD, step.made_at, facts))
    return found


def _strand(ref: PostRef) -> str:
    return strand_of_post(ref, "text")
