"""What the findings of a post make of its item: open or done, and how much it wants a moderator. Works within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.projection.queries import count_posts_by
from community_dashboard.moderation.queue.filters import DONE, OPEN, SNOOZED
from community_dashboard.moderation.queue.models import QueueFinding, QueueItem
from community_dashboard.moderation.queue.reasons import bits_of
from community_dashboard.moderation.queue.records import author_record, reporter_records
from community_dashboard.moderation.queue.score import Facts, order_of, parts_of, score_of


def replace(item: QueueItem, post: Any, source: str, findings: Sequence[Finding]) -> list[QueueFinding]:
    """Puts what this source tells in the place of what it told before; all findings of the item as they are afterwards."""
    told: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda finding: finding.weight):
        told[finding.reason.value] = finding
    kept = []
    for row in item.findings.all():
        if row.source != source:
            kept.append(row)
        elif row.reason in told:
            _update(row, told.pop(row.reason), post)
            kept.append(row)
        elif item.decided_at is not None and row.since <= item.decided_at:
            kept.append(row)  # answered: kept in case the decision is taken back
        else:
            row.delete()
    new = [
        QueueFinding(
            item=item,
            source=source,
            reason=reason,
            code=finding.code,
            weight=finding.weight,
            since=finding.since,
            facts=dict(finding.facts),
        )
        for reason, finding in told.items()
    ]
    QueueFinding.objects.bulk_create(new)
    if new and item.state == SNOOZED:
        item.state, item.snoozed_until = OPEN, None
    return kept + new


def without_findings(course_key: Any, post: Any) -> QueueItem:
    """An item that is not kept, for a post that never stood in the queue. The host's queries for its author's cohort."""
    return QueueItem(
        course_key=course_key,
        kind=post.kind,
        post_id=post.post_id,
        thread_id=post.thread_id,
        author=post.author,
        topic_id=post.topic_id,
        group_id=post.group_id,
        author_group=_cohort_number(post),
        language=post.language,
        posted_at=post.created_at,
        waits_since=post.created_at,
        state=DONE,
    )


def _update(row: QueueFinding, finding: Finding, post: Any) -> None:
    same = (row.code, row.facts) == (finding.code, dict(finding.facts))
    edited = post.edited_at is not None and post.edited_at > row.since
    if not same or edited:
        row.since = finding.since
    elif row.weight == finding.weight:
        return
    row.code, row.weight, row.facts = finding.code, finding.weight, dict(finding.facts)
    row.save(update_fields=["code", "weight", "since", "facts"])


def weigh(item: QueueItem, post: Any, rows: Sequence[QueueFinding], now: datetime) -> None:
    """Takes the post's facts over, opens or closes the item by what no decision has answered, weighs it, and saves it."""
    item.thread_id, item.author_id, item.topic_id = post.thread_id, post.author_id, post.topic_id
    item.group_id, item.language, item.posted_at = post.group_id, post.language, post.created_at
    open_rows = [
        row for row in rows if post.gone_at is None and (item.decided_at is None or row.since > item.decided_at)
    ]
    findings = tuple(Finding(Reason(row.reason), row.code, row.weight, row.since, row.facts) for row in open_rows)
    item.reasons = bits_of(finding.reason for finding in findings)
    if not findings:
        item.state, item.snoozed_until = DONE, None
        item.claimed_by, item.claimed_since, item.claimed_until = None, None, None
        item.save()
        return
    if item.state == DONE:
        item.state = OPEN
    item.author_group = _cohort_number(post)
    item.waits_since = min(min(finding.since for finding in findings), now)
    parts = parts_of(_facts(item, post, findings))
    item.score = score_of(parts)
    item.order = order_of(item.score, item.waits_since)
    item.parts = [
        {"name": part.name, "code": part.code, "points": round(part.points, 2), "facts": dict(part.facts)}
        for part in parts
    ]
    item.save()


def _facts(item: QueueItem, post: Any, findings: tuple[Finding, ...]) -> Facts:
    ref = PostRef(PostKind(post.kind), post.post_id)
    reported = any(finding.reason is Reason.REPORTED for finding in findings)
    return Facts(
        findings=findings,
        reports=post.reports,
        reporters=tuple(reporter_records(item.course_key, ref)) if reported else (),
        author=author_record(item.course_key, post.author_id, but=ref),
        author_posts=count_posts_by(item.course_key, post.author_id),
        answers=post.answers,
        pinned=post.pinned,
    )


def _cohort_number(post: Any) -> int:
    if post.author is None:
        return 0
    cohort = get_host().cohort_of(post.author, post.course_key)
    return cohort.id if cohort else 0
