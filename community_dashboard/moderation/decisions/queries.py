"""What a moderator has to judge, and what may be decided about it. The log is read by `logbook`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import ACTING, Part
from community_dashboard.moderation.decisions.authority import may as may_decide
from community_dashboard.moderation.decisions.forum_now import mark_of, read_now
from community_dashboard.moderation.decisions.masks import is_masked, kept_of
from community_dashboard.moderation.decisions.models import EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.standing import ABOUT_PEOPLE, parts_of
from community_dashboard.moderation.projection.queries import over_their_masks

OF_THREADS = frozenset({Choice.CLOSE, Choice.REOPEN, Choice.PIN, Choice.UNPIN, Choice.MOVE})
OF_RESPONSES = frozenset({Choice.ENDORSE, Choice.UNENDORSE})


@dataclass(frozen=True)
class TextToJudge:
    """What a moderator reads of a post: of a masked one the original. Hostile.

    `seen` is the mark to send along as `fields["seen"]`, so that a decision is never made on another text than this one.
    `overwritten`: somebody wrote over our sentence; this is their text.
    """

    title: str
    body: str
    masked: bool
    overwritten: bool
    seen: str


def text_to_judge(*, by: Any, course_key: CourseKey, ref: PostRef) -> TextToJudge | None:
    """The text of a post; None if it is gone. Two queries; raises ForumError where the forum is in MongoDB."""
    now, kept = read_now(get_host(), by=by, course_key=course_key, ref=ref), kept_of(ref)
    if now is None:
        return None
    masked = is_masked(kept, now)
    title, body = (kept.title, kept.body) if kept and masked else (now.title, now.body)
    overwritten = kept is not None and kept.restored_at is None and not masked
    return TextToJudge(title, body, masked, overwritten, mark_of(title, body))


def texts_to_examine(refs: Sequence[PostRef]) -> dict[PostRef, tuple[str, str]]:
    """Title and body of those of these posts that are masked, as their authors wrote them. One query for each kind."""
    found = {}
    for kind in PostKind:
        ids = [ref.id for ref in refs if ref.kind is kind]
        rows = KeptOriginal.objects.filter(kind=kind.value, post_id__in=ids, restored_at=None) if ids else ()
        found.update({PostRef(kind, row.post_id): (row.title, row.body) for row in rows})
    return found


def overwritten_posts() -> dict[CourseKey, list[PostRef]]:
    """Posts that we mask and that show another text than ours, by course. One query, which walks through what is kept."""
    found: dict[CourseKey, list[PostRef]] = {}
    rows = KeptOriginal.objects.filter(Exists(over_their_masks()), restored_at=None).order_by("id")
    for course_key, kind, post_id in rows.values_list("course_key", "kind", "post_id"):
        found.setdefault(course_key, []).append(PostRef(PostKind(kind), post_id))
    return found


def earlier_text(decision_id: int) -> tuple[str, str] | None:
    """Title and body as they were before this edit, or before this masking, while they are kept. Two queries at most."""
    row = EarlierText.objects.filter(decision_id=decision_id).first()
    kept = row or KeptOriginal.objects.filter(decision_id=decision_id).first()
    return (kept.title, kept.body) if kept else None


def choices_for(*, by: Any, course_key: CourseKey, posts: Iterable[Any]) -> dict[PostRef, list[Choice]]:
    """What this account may decide on each of these posts (rows of the projection) and their authors, in the order of `Choice`.

    Empty lists for who has no role. As many queries as the hosts need for roles, and two for cohorts of a Group Moderator;
    the same for one post and for fifty. What the forum itself refuses (a closed thread) is said when it is tried.
    """
    given = list(posts)
    authors = {post.author_id for post in given if post.author_id}
    parts = parts_of({by.id, *authors}, course_key)
    mine = parts[by.id]
    own_group, groups = 0, {}
    if mine & ACTING == {Part.GROUP_MODERATOR}:
        cohort = get_host().cohort_of(by, course_key)
        own_group, groups = (cohort.id if cohort else 0), get_host().cohorts_of(authors, course_key)
    found = {}
    for post in given:
        own = post.author_id == by.id
        member = bool(own_group) and groups.get(post.author_id) == own_group
        found[PostRef(PostKind(post.kind), post.post_id)] = [
            choice
            for choice in Choice
            if _fits(choice, post)
            and may_decide(
                choice,
                mine,
                parts.get(post.author_id, frozenset()),
                same_group=member or (choice not in ABOUT_PEOPLE and bool(own_group) and post.group_id == own_group),
                own=own,
            )
        ]
    return found


def _fits(choice: Choice, post: Any) -> bool:
    """Whether a choice means anything for a post in this state."""
    if post.gone_at is not None:
        return choice in (Choice.SNOOZE, Choice.ASSIGN) or (choice in ABOUT_PEOPLE and post.author_id is not None)
    thread = post.kind == PostKind.THREAD
    if (choice in OF_THREADS and not thread) or (choice in OF_RESPONSES and (thread or post.parent_id)):
        return False
    if choice in ABOUT_PEOPLE and post.author_id is None:
        return False
    already = {
        Choice.CLOSE: post.closed,
        Choice.REOPEN: not post.closed,
        Choice.PIN: post.pinned,
        Choice.UNPIN: not post.pinned,
        Choice.ENDORSE: post.endorsed,
        Choice.UNENDORSE: not post.endorsed,
        Choice.RESTORE: not post.masked,
        Choice.HOLD: post.masked,
        Choice.EDIT: post.masked,
    }
    return not already.get(choice, False)
