"""What a worker does with a job: one step after the other, until it is done, stopped, or its time is over.

Every step is its own decision with its own rights, row in the log and call of the forum. A worker that is killed leaves a
step that may have been decided but is not marked: deciding the same again is one decision, so the next worker goes on there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils import translation

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.states import State, StepState
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.actions import undo as undo_decision
from community_dashboard.moderation.decisions.ahead import look_again, look_ahead
from community_dashboard.moderation.decisions.errors import ChangedError, DecisionError, GoneError
from community_dashboard.moderation.decisions.remembering import SECONDS, remembering
from referral_xblock.api import get_host

log = logging.getLogger(__name__)

TURN = timedelta(seconds=50)  # then the worker gives others a chance, and asks for the job again
SIGN_OF_LIFE = timedelta(seconds=5)
LOOK = timedelta(seconds=0.5)  # so soon a worker sees that it is to stop
DEAD_AFTER = timedelta(seconds=60)  # without a sign of life another worker may take the job
PAGE = 25  # steps known at a time: about as many as are taken while what is known of them is remembered


def run(*, job_id: int, clock: Callable[[], datetime]) -> bool:
    """Works on the job for most of a minute; True if there is more to do. False too if another worker has it.

    One statement for a step besides those of its decision. A stop is seen half a second later at most, before the next step.
    """
    began = clock()
    job = _take(job_id, began)
    if job is None or job.by is None:
        return False
    seen, looked = began, began - LOOK
    language = get_host().languages([job.by_id]).get(job.by_id) or settings.LANGUAGE_CODE
    with translation.override(language), remembering():
        for step in _steps_ahead(job):
            now = clock()
            if now - began >= TURN:
                _let_go(job)
                return True
            if now - looked >= LOOK:
                looked = now
                if not _goes_on(job):
                    _let_go(job)
                    return _runs(job)
            _walk(job, step, now)
            if clock() - seen > SIGN_OF_LIFE:
                seen = clock()
                BulkJob.objects.filter(pk=job.pk).update(alive_at=seen)
        return _end(job, clock())


def forsaken(*, now: datetime) -> list[int]:
    """Jobs that go on and that no worker has, or whose worker has given no sign of life for a minute. One query."""
    rows = BulkJob.objects.filter(state=State.RUNNING.value)
    return list((rows.filter(alive_at=None) | rows.filter(alive_at__lt=now - DEAD_AFTER)).values_list("id", flat=True))


def _take(job_id: int, now: datetime) -> BulkJob | None:
    rows = BulkJob.objects.filter(pk=job_id, state=State.RUNNING.value)
    free = rows.filter(alive_at=None) | rows.filter(alive_at__lt=now - DEAD_AFTER)
    return BulkJob.objects.select_related("by").get(pk=job_id) if free.update(alive_at=now) else None


def _let_go(job: BulkJob) -> None:
    BulkJob.objects.filter(pk=job.pk).update(alive_at=None)


def _goes_on(job: BulkJob) -> bool:
    now = BulkJob.objects.filter(pk=job.pk).values_list("state", "backwards", "by_id").first()
    return now == (State.RUNNING.value, job.backwards, job.by_id)


def _runs(job: BulkJob) -> bool:
    """Whether there is more to do in another direction, or in another name."""
    return BulkJob.objects.filter(pk=job.pk, state=State.RUNNING.value).exists()


def _end(job: BulkJob, now: datetime) -> bool:
    """Ends the job, unless it was turned round meanwhile: then there is more to do."""
    rows = BulkJob.objects.filter(pk=job.pk, backwards=job.backwards, state=State.RUNNING.value)
    ended = rows.update(state=State.DONE.value, ended_at=now, alive_at=None)
    if not ended:
        _let_go(job)
    return not ended and _runs(job)


def _steps_ahead(job: BulkJob):
    """The steps still to be taken, in order; going back, those that did something, the last first.

    What their decisions will ask is asked for all that are left of a page, and asked again before it is too old.
    """
    state, order = (StepState.DONE, "-number") if job.backwards else (StepState.TODO, "number")
    while page := list(BulkStep.objects.filter(job=job, state=state.value).order_by(order)[:PAGE]):
        asked = None
        for place, step in enumerate(page):
            if asked is None or monotonic() - asked > SECONDS / 2:
                asked = monotonic()
                refs = [_ref_of(later) for later in page[place:]]
                look_ahead(by=job.by, course_key=job.course_key, refs=refs, choice=Choice(job.choice))
            yield step


def _walk(job: BulkJob, step: BulkStep, now: datetime) -> None:
    """One step. Whatever happens it is marked, so that a post that cannot be decided does not stop the others.

    Where the forum is in the same database, a step is one transaction: a third of the work of the disk, and nothing of a step
    that was broken off.
    """
    before, decision_id = step.state, step.decision_id
    in_one = forum_is_here() and not lives_in_mongo(step.post_id)

    def attempt() -> None:
        with transaction.atomic() if in_one else nullcontext():
            _undo_step(job, step, now) if job.backwards else _decide_step(job, step, now)
            if in_one:
                _mark(step, before)

    try:
        try:
            attempt()
        except ChangedError:  # perhaps since it was looked at beforehand
            look_again(course_key=job.course_key, ref=_ref_of(step), choice=Choice(job.choice))
            attempt()
        if in_one:
            return
    except GoneError as error:
        step.state, step.words = (StepState.KEPT if job.backwards else StepState.SKIPPED).value, str(error)[:300]
    except DecisionError as error:
        step.state, step.words = (StepState.KEPT if job.backwards else StepState.FAILED).value, str(error)[:300]
    except Exception:
        log.exception("Step %s of job %s could not be taken.", step.number, job.pk)
        step.state = (StepState.KEPT if job.backwards else StepState.FAILED).value
        step.decision_id = decision_id  # what it was decided by is rolled back
    _mark(step, before)


def _mark(step: BulkStep, before: str) -> None:
    BulkStep.objects.filter(pk=step.pk, state=before).update(
        state=step.state, words=step.words, decision_id=step.decision_id
    )


def _decide_step(job: BulkJob, step: BulkStep, now: datetime) -> None:
    made = decide(
        by=job.by,
        course_key=job.course_key,
        ref=_ref_of(step),
        choice=Choice(job.choice),
        reason=job.reason,
        fields=job.fields,
        now=now,
    )
    # Somebody had decided the same before the job began: that is theirs, and not the job's to undo.
    step.state = (StepState.DONE if made.made_at >= job.began_at else StepState.SKIPPED).value
    step.decision_id = made.pk


def _undo_step(job: BulkJob, step: BulkStep, now: datetime) -> None:
    undo_decision(by=job.by, course_key=job.course_key, decision_id=step.decision_id, now=now)
    step.state = StepState.UNDONE.value


def _ref_of(step: BulkStep) -> PostRef:
    return PostRef(PostKind(step.kind), step.post_id)
