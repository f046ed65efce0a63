"""What each source tells of the posts of a batch.

A source answers {post: findings} for those posts it has an opinion on, also an empty one; of others, what it told before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.clock.queries import breaches
from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.intake.batch import Batch
from community_dashboard.moderation.projection.writers import first_posts_of
from community_dashboard.moderation.urgency.queries import find_course_errors, find_urgent

Told = Mapping[PostRef, list[Finding]]
CLEARED = "cleared"  # what the queue keeps of a post that a moderator found right


def reports(batch: Batch) -> Told:
    """Reports that stand. A report more is news, one less is not: only the former brings an item back."""
    found: dict[PostRef, list[Finding]] = {}
    for ref, row in batch.rows.items():
        number = 0 if row.gone_at is not None else row.reports
        told = batch.told(ref, "reports")
        since = batch.now
        if told and int(told[0].facts.get("reports", 0)) >= number:
            since = told[0].since
        found[ref] = [Finding(Reason.REPORTED, "reports", 0.0, since, {"reports": number})] if number else []
    return found


def first_posts(batch: Batch) -> Told:
    """The first post of an author in the course, while it is recent."""
    authors = {batch.rows[ref].author_id for ref in batch.texts}
    first = first_posts_of(batch.course_key, authors)
    return {
        ref: [Finding(Reason.FIRST_POST, "first_post", 5.0, batch.rows[ref].created_at)]
        if first.get(batch.rows[ref].author_id) == ref
        else []
        for ref in batch.texts
    }


def edits(batch: Batch) -> Told:
    """Changed by its author after a moderator had found it right."""
    found: dict[PostRef, list[Finding]] = {}
    for ref, row in batch.rows.items():
        item = batch.items.get(ref)
        if item is None or item.outcome != CLEARED or item.decided_at is None or row.by_staff:
            continue
        changed = row.edited_at is not None and row.edited_at > item.decided_at
        found[ref] = [Finding(Reason.EDITED, "edited", 30.0, row.edited_at)] if changed else []
    return found


def urgency(batch: Batch) -> Told:
    """Whether somebody of the team must see a post today; no longer once the team has answered."""
    answered = [ref for ref in batch.rows if _is_answered(batch, ref)]
    texts = {ref: text for ref, text in batch.texts.items() if ref not in answered}
    return find_urgent(batch.course_key, texts, _since(batch)) | {ref: [] for ref in answered}


def errors(batch: Batch) -> Told:
    """Whether a post says that the course itself is wrong."""
    return find_course_errors(batch.texts, _since(batch))


def _since(batch: Batch) -> dict[PostRef, datetime]:
    return {ref: batch.written_since(ref) for ref in batch.texts}


def _is_answered(batch: Batch, ref: PostRef) -> bool:
    row = batch.rows[ref]
    answers = [at for at in (row.first_staff_answer_at, row.accepted_at) if at is not None]
    return ref.kind is PostKind.THREAD and any(at >= batch.written_since(ref) for at in answers)


def clock(batch: Batch) -> Told:
    """Threads past their target, of the batch."""
    threads = [ref for ref in batch.rows if ref.kind is PostKind.THREAD]
    late = breaches(batch.course_key, batch.now, thread_ids=[ref.id for ref in threads])
    return {ref: [] for ref in threads} | {
        one.wait.ref: [Finding(Reason.UNANSWERED, "late", 30.0, one.due or batch.now)] for one in late
    }


# The shield and sanctions stand in `holding.py`: they also act.
SOURCES: dict[str, Callable[[Batch], Told]] = {
    "reports": reports,
    "first_posts": first_posts,
    "edits": edits,
    "urgency": urgency,
    "errors": errors,
    "clock": clock,
}


def differ(before: list[Finding], now: list[Finding]) -> bool:
    """Whether a source tells something else than before; when it first did so does not matter, a change of the text does."""

    def plain(findings: list[Finding]) -> list[Finding]:
        same = [replace(one, reason=Reason(one.reason), facts=dict(one.facts)) for one in findings]
        return sorted(same, key=lambda one: one.reason)

    return plain(before) != plain(now)
