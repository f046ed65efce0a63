"""Writes of jobs by people: begin, stop, go on, undo. What a worker does with a job is in `running.py`.

`by` is a row of AUTH_USER_MODEL. Each asks first whether `by` moderates the course; each step asks again, of its own post.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.bulk.errors import EmptyJobError, NoJobError, NotBulkError
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.queries import MOST, refs_of
from community_dashboard.moderation.bulk.scopes import CHOICES, Scope
from community_dashboard.moderation.bulk.states import State, StepState
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import NotAllowedError
from community_dashboard.moderation.queue.reach import reach_of

BATCH = 1000


def begin(
    *,
    by: Any,
    course_key: CourseKey,
    choice: Choice,
    scope: Scope,
    token: str,
    seen_at: datetime,
    now: datetime,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
) -> BulkJob:
    """Writes a job with its steps and sends it to a worker; the same `token` again answers with the same job.

    `seen_at` is when the page was made that `by` agreed to. Raises NotAllowedError, NotBulkError (a choice that is made one by
    one), EmptyJobError. The queries of `refs_of`, and one statement for a thousand posts: under a second for 10,000.
    """
    if not reach_of(by, course_key).acts:
        raise NotAllowedError
    if choice not in CHOICES:
        raise NotBulkError
    known = BulkJob.objects.filter(token=token, by=by, course_key=course_key).first()
    if known is not None:
        return known
    refs = refs_of(scope, course_key, by=by, until=min(seen_at, now))[:MOST]
    if not refs:
        raise EmptyJobError
    try:
        with transaction.atomic():
            job = BulkJob.objects.create(
                course_key=course_key,
                by=by,
                choice=choice.value,
                reason=reason,
                fields=dict(fields or {}),
                scope=scope.as_row(),
                seen_at=seen_at,
                token=token,
                state=State.RUNNING.value,
                total=len(refs),
                began_at=now,
            )
            steps = [
                BulkStep(job=job, number=number, kind=ref.kind.value, post_id=ref.id, state=StepState.TODO.value)
                for number, ref in enumerate(refs, start=1)
            ]
            BulkStep.objects.bulk_create(steps, batch_size=BATCH)
            _send_after_commit(job)
    except IntegrityError:
        return BulkJob.objects.get(token=token, by=by)  # pressed twice at once
    return job


def stop(*, by: Any, course_key: CourseKey, job_id: int) -> BulkJob:
    """Asks the job to stop: its worker looks twice a second, before a step. Raises NotAllowedError, NoJobError."""
    job = _own(by, course_key, job_id)
    BulkJob.objects.filter(pk=job.pk, state=State.RUNNING.value).update(state=State.STOPPED.value)
    job.refresh_from_db()
    return job


def go_on(*, by: Any, course_key: CourseKey, job_id: int, now: datetime) -> BulkJob:
    """Lets a stopped job go on where it was, in the direction it had. Raises NotAllowedError, NoJobError."""
    job = _own(by, course_key, job_id)
    with transaction.atomic():
        if BulkJob.objects.filter(pk=job.pk, state=State.STOPPED.value).update(state=State.RUNNING.value):
            _send_after_commit(job)
    job.refresh_from_db()
    return job


def undo(*, by: Any, course_key: CourseKey, job_id: int, now: datetime) -> BulkJob:
    """Turns the job round: what it did is undone, the last first; what is not done yet stays undone.

    The undoing acts in the name of `by`. Raises NotAllowedError, NoJobError.
    """
    job = _own(by, course_key, job_id)
    with transaction.atomic():
        turned = BulkJob.objects.filter(pk=job.pk, backwards=False).update(
            backwards=True, by=by, state=State.RUNNING.value, ended_at=None
        )
        if turned:
            _send_after_commit(job)
    job.refresh_from_db()
    return job


def _own(by: Any, course_key: CourseKey, job_id: int) -> BulkJob:
    if not reach_of(by, course_key).acts:
        raise NotAllowedError
    job = BulkJob.objects.filter(pk=job_id, course_key=course_key).first()
    if job is None:
        raise NoJobError
    return job


def _send_after_commit(job: BulkJob) -> None:
    from community_dashboard.moderation.bulk.tasks import send_job

    transaction.on_commit(lambda: send_job(job.pk), robust=True)
