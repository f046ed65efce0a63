"""Reads of jobs: what one would do, how far one has come, and which there were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.preview import Facts, Verdict, verdict_of
from community_dashboard.moderation.bulk.scopes import Kind, Scope
from community_dashboard.moderation.bulk.states import StepState
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.standing import parts_of
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.projection.writers import posts_by
from community_dashboard.moderation.queue.desk import names_of
from community_dashboard.moderation.queue.filters import filters_from
from community_dashboard.moderation.queue.queries import matching
from community_dashboard.moderation.queue.reach import reach_of

MOST = 10_000  # posts in one job; who means more narrows the filter and begins another
EXAMPLES = 10


@dataclass(frozen=True)
class Example:
    """One post that a job would touch."""

    ref: PostRef
    author: str
    title: str
    excerpt: str
    verdict: Verdict


@dataclass(frozen=True)
class Preview:
    """What a job would do. `cut`: there were more posts than one job takes."""

    total: int
    counts: dict[Verdict, int]  # of each that occurs
    examples: list[Example]  # of what would be done first
    cut: bool

    @property
    def acts(self) -> int:
        """How many posts would change."""
        return self.counts.get(Verdict.ACTS, 0)


@dataclass(frozen=True)
class Progress:
    """How far a job has come."""

    done: int
    skipped: int
    failed: int
    undone: int
    kept: int
    todo: int

    @property
    def behind(self) -> int:
        """Steps that have been taken, in the direction the job goes."""
        return self.done + self.skipped + self.failed + self.undone + self.kept


def refs_of(scope: Scope, course_key: CourseKey, *, by: Any, until: datetime) -> list[PostRef]:
    """The posts of this course that the scope means and `by` may look at, at most 10,001, in a steady order.

    Left out is what was written after `until`: nobody has agreed to what was not on the page. The queries for the reach of `by`,
    and one; for a selection one for 500.
    """
    if scope.kind is Kind.SELECTION:
        rows = posts_in(course_key, scope.refs)
        return [ref for ref in scope.refs if ref in rows]
    if scope.kind is Kind.AUTHOR:
        return posts_by(course_key, scope.author_id, until=until, limit=MOST + 1)
    asked = QueryDict(scope.query)
    items = matching(
        course_key,
        filters_from(asked.dict(), asked.getlist("topic")),
        now=until,
        reach=reach_of(by, course_key),
        reader_id=by.id,
    )
    found = items.filter(posted_at__lte=until).order_by("-order", "-id").values_list("kind", "post_id")
    return [PostRef(PostKind(kind), post_id) for kind, post_id in found[: MOST + 1]]


def preview(
    scope: Scope, choice: Choice, course_key: CourseKey, *, by: Any, until: datetime, topic: str = ""
) -> Preview:
    """What the job would do if it began now. The queries of `refs_of`, one for 500 posts, and those for roles.

    A Group Moderator's posts outside the own cohort are not in it where the queue is filtered; elsewhere their steps fail.
    """
    refs = refs_of(scope, course_key, by=by, until=until)
    cut, refs = len(refs) > MOST, refs[:MOST]
    posts = posts_in(course_key, refs)
    team = {post.author_id for post in posts.values() if post.by_staff and post.author_id}
    parts = parts_of({by.id, *team}, course_key)
    verdicts = {
        ref: verdict_of(_facts(post), choice, by_id=by.id, parts=parts, same_group=True, topic=topic)
        for ref, post in posts.items()
    }
    counts: dict[Verdict, int] = {}
    for verdict in verdicts.values():
        counts[verdict] = counts.get(verdict, 0) + 1
    shown = sorted((ref for ref in refs if ref in posts), key=lambda ref: verdicts[ref] is not Verdict.ACTS)[:EXAMPLES]
    names = names_of(posts[ref].author_id for ref in shown if posts[ref].author_id)
    examples = [
        Example(ref, names.get(posts[ref].author_id, ""), posts[ref].title, posts[ref].excerpt, verdicts[ref])
        for ref in shown
    ]
    return Preview(len(posts), counts, examples, cut)


def progress_of(job: BulkJob) -> Progress:
    """How far the job has come. One query by an index."""
    rows = BulkStep.objects.filter(job=job).values_list("state").annotate(number=Count("id"))
    by_state = dict(rows)
    return Progress(**{state.value: by_state.get(state.value, 0) for state in StepState})


def find_job(course_key: CourseKey, job_id: int) -> BulkJob | None:
    """The job, if it is one of this course. One query."""
    return BulkJob.objects.filter(course_key=course_key, id=job_id).select_related("by").first()


def jobs_of(course_key: CourseKey, *, most: int = 20) -> list[BulkJob]:
    """The last jobs of a course, the newest first. One query."""
    return list(BulkJob.objects.filter(course_key=course_key).select_related("by").order_by("-began_at")[:most])


def troubles_of(job: BulkJob, *, most: int = 20) -> list[BulkStep]:
    """Steps that failed, or that could not be undone, in order. One query."""
    states = (StepState.FAILED.value, StepState.KEPT.value)
    return list(BulkStep.objects.filter(job=job, state__in=states).order_by("number")[:most])


def _facts(post: Any) -> Facts:
    return Facts(post.kind, post.author_id, post.topic_id, post.gone_at is not None, post.masked, post.closed)
