"""What the crowd did and no table knows, told to the dashboard's record as its listeners would have told it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.kinds import Kind
from demo.population.ground import Ground
from demo.population.story import Learner, Story

# How long before a block is complete it was begun, and what that is called.
BEGUN = {"video": (timedelta(seconds=150), Kind.WATCHED), "problem": (timedelta(seconds=1), Kind.TRIED)}
OPENED_BEFORE = timedelta(seconds=15)


def tell_record(story: Story, *, users: dict[int, Any], ground: Ground) -> int:
    """Adds what everybody did to the record; returns how many facts it lacked. Call it in a transaction.

    Enrolments, completed blocks, posts, shares and who was brought are left to reconciliation, which finds them in the tables.
    """
    return record_many(
        activities=(fact for learner in story.learners for fact in facts_of(learner, users[learner.number].id, ground))
    )


def facts_of(learner: Learner, user_id: int, ground: Ground) -> Iterator[NewActivity]:
    """Registration, leaving and coming back, what was opened, watched and tried, and passing."""
    yield facts.registered(user_id=user_id, at=learner.registered_at)
    if learner.enrolled_at is None:
        return
    who: dict[str, Any] = {"user_id": user_id, "course_key": ground.course_key}
    studies, event_id = learner.studies, f"{ground.course_key} {learner.number}"
    if studies.left_at:
        yield facts.left(event_id=event_id, at=studies.left_at, **who)
    if studies.came_back_at:
        yield facts.came_back(event_id=event_id, at=studies.came_back_at, **who)
    if studies.passed_at:
        yield facts.passed(at=studies.passed_at, **who)
    for number, at in enumerate(studies.completed[: len(ground.blocks)]):
        yield from _worked_on(number, at, learner.enrolled_at, ground, who)
    for number, at in studies.looked:
        # A question that was never answered was only looked at: an answer would have completed it.
        answered = number < len(studies.completed) or ground.blocks[number].block_type != "problem"
        yield from _worked_on(number, at, learner.enrolled_at, ground, who, begun=answered)


def _worked_on(
    number: int, at: datetime, not_before: datetime, ground: Ground, who: dict[str, Any], *, begun: bool = True
) -> Iterator[NewActivity]:  # fmt: skip
    """What the browser told while somebody was at this block: the unit was opened, the video or the question begun."""
    before, kind = BEGUN.get(ground.blocks[number].block_type, (timedelta(0), None))
    began = max(at - before, not_before)
    opened = max(began - OPENED_BEFORE, not_before)
    yield facts.tracked(kind=Kind.OPENED, block_id=ground.units[number], at=opened, **who)
    if kind and begun:
        yield facts.tracked(kind=kind, block_id=ground.names[number], at=began, **who)
