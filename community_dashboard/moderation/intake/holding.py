"""What the shield and sanctions find, and the acting account that holds posts for them."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Choice, Finding, Reason
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import DecisionError, GoneError, TooLateError
from community_dashboard.moderation.intake.batch import Batch
from community_dashboard.moderation.intake.sources import Told
from community_dashboard.moderation.sanctions.queries import sanctions_on
from community_dashboard.moderation.shield.actions import remember, say_held
from community_dashboard.moderation.shield.judging import judge, look
from community_dashboard.moderation.shield.queries import digest_of, facts_of, rules_of, traces_of

log = logging.getLogger(__name__)
NO_ACCOUNT, REFUSED = "no_account", "refused"  # why a post was not held
ELSEWHERE = (
    "elsewhere"  # another worker holds it, or a moderator decides on it, at this moment: they tell what is to be told
)


def acting_account() -> Any | None:
    """The account in whose name rules act; None if none is named, or it cannot be used. One query."""
    name = settings.COMMUNITY_ACTING_ACCOUNT
    return get_user_model().objects.filter(username=name, is_active=True).first() if name else None


def shield(batch: Batch) -> Told:
    """Judges the posts whose author has written or changed them, holds what is to be held, and tells.

    The same text is judged once: what a moderator decided on it stays. A post that could not be held is tried again whenever it
    is examined, until somebody has decided on it.
    """
    traces = traces_of(batch.texts)
    due = {ref for ref in batch.texts if _is_due(batch, ref, traces.get(ref))}
    if not due:
        return {}
    rules = rules_of(batch.course_key).rules
    bodies = {ref: batch.texts[ref][1] for ref in due}
    judged = [
        (seen, look(seen.facts), judge(seen.facts, rules))
        for seen in facts_of(batch.course_key, [batch.rows[ref] for ref in due], bodies, rules, batch.now)
    ]
    remember(seen=judged, now=batch.now)
    told: dict[PostRef, list[Finding]] = {}
    for seen, _sight, verdict in judged:
        ref = seen.ref
        told[ref] = list(verdict.findings)
        if verdict.hold:
            why = "" if batch.rows[ref].masked else hold(batch, ref, reason="shield")
            if why == ELSEWHERE:
                del told[ref]
                continue
            if not why:
                say_held(ref=ref)
            told[ref] = _as_held(told[ref], why)
    return told


def sanctions(batch: Batch) -> Told:
    """Holds what somebody wrote who may not post at present, should the gate have let it through."""
    authors = {batch.rows[ref].author_id for ref in batch.texts}
    standing = sanctions_on(authors, batch.course_key, batch.now)
    told: dict[PostRef, list[Finding]] = {}
    for ref in batch.texts:
        row, written = batch.rows[ref], batch.written_since(ref)
        one = standing.get(row.author_id)
        if one is None or one.made_at > written or _is_decided(batch, ref, written):
            continue
        facts = {"kind": str(one.kind)}
        why = "" if row.masked else hold(batch, ref, reason="sanction")
        if why != ELSEWHERE:
            told[ref] = _as_held([Finding(Reason.HELD, "sanction.held", 70.0, written, facts)], why)
    return told


def hold(batch: Batch, ref: PostRef, *, reason: str) -> str:
    """Has the acting account mask a post; "" if it is masked now (or gone), else why not. The cost of a decision."""
    account = acting_account()
    if account is None:
        return NO_ACCOUNT
    about = {"by": account, "course_key": batch.course_key, "ref": ref, "now": batch.now}
    try:
        decide(**about, choice=Choice.HOLD, reason=reason, automatic=True)
    except GoneError:
        return ""
    except TooLateError:
        return ELSEWHERE
    except DecisionError as error:
        log.warning("%s %s of %s was not held: %s", ref.kind.value, ref.id, batch.course_key, error)
        return REFUSED
    return ""


def _is_due(batch: Batch, ref: PostRef, trace: Any | None) -> bool:
    if trace is None:
        return True
    if trace.text != digest_of(*batch.texts[ref]):
        # A moderator's change is not the author's: only what the author wrote anew is judged anew.
        return batch.written_since(ref) > trace.judged_at
    # A worker may have been stopped between holding a post and telling the queue.
    undone = not trace.held or not batch.told(ref, "shield")
    return trace.hold and undone and not _is_decided(batch, ref, trace.judged_at)


def _is_decided(batch: Batch, ref: PostRef, since: datetime) -> bool:
    item = batch.items.get(ref)
    return item is not None and item.decided_at is not None and item.decided_at >= since


def _as_held(findings: list[Finding], why: str) -> list[Finding]:
    """The findings as they are told: what was not held is a proposal."""
    if not why:
        return findings
    return [
        replace(one, reason=Reason.SUSPECT, code=f"{one.code}.{why}") if one.reason is Reason.HELD else one
        for one in findings
    ]
