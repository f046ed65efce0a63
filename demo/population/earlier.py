"""The run of the course a year before: as many weeks, fewer people, over since then. Some who finished it are back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from demo.campus import actions
from demo.campus.models import Enrolment
from demo.courseware.models import Block, Course
from demo.population.crowd import next_id, write_studies
from demo.population.drawing import draw_story
from demo.population.ground import ground_of
from demo.population.people import load_people
from demo.population.story import SPAN
from referral_xblock import api
from referral_xblock.data import Role

AGO = timedelta(weeks=52)  # the same days of the week
SHARE = 0.6  # so many people as in the later run
RETURN = 0.2  # of those who finished
PREFIX = "earlier"
Say = Callable[[str], None]


def load_earlier_run(course_key: Any, *, learners: int, seed: int, now: datetime, progress: Say) -> CourseKey:
    """Makes the earlier run with its people and what they did, and returns its key. One transaction.

    It is the same course a year before, without invitations and closed to the public; `learners` are those of the later run.
    """
    with transaction.atomic():
        earlier = _copy_course(course_key, ended=now - AGO)
        ground = ground_of(earlier)
        story = draw_story(
            max(1, round(SHARE * learners)),
            seed=seed - 1,
            now=now - AGO,
            course=ground.shape,
            channels=(),
            holds_out=lambda _number: False,
        )
        users = write_studies(story, ground=ground, first_id=next_id(), seed=seed - 1, progress=progress, prefix=PREFIX)
        _give_parts(course_key, earlier)
        finished = [
            users[learner.number]
            for learner in story.learners
            if learner.studies.passed_at or len(learner.studies.completed) == ground.shape.blocks > 0
        ]
        returning = finished[:: round(1 / RETURN)]
        _enrol(returning, course_key, Random(f"{seed}/returning"), now)
        progress(f"  {len(returning):,} of them are back")
    return earlier


def _give_parts(course_key: Any, earlier: CourseKey) -> None:
    """The team led that run too; which course the front page speaks of does not change."""
    people = load_people()
    for course in (earlier, course_key):
        actions.take_role(user=people["ada"], course_key=course, role=Role.COURSE_STAFF)
        actions.give_role(user=people["ada"], course_key=course, role=Role.COURSE_STAFF)
    actions.give_role(user=people["bo"], course_key=earlier, role=Role.FORUM_MODERATOR)


def _enrol(users: Sequence[Any], course_key: Any, random: Random, now: datetime) -> None:
    """They enrol in the later run at some moment, to help or to read again."""
    moments = [now - timedelta(seconds=random.randrange(3600, int(SPAN.total_seconds()))) for _user in users]
    Enrolment.objects.bulk_create(
        Enrolment(user=user, course_key=course_key, active=True, created=at)
        for user, at in zip(users, moments, strict=True)
    )
    api.note_events(
        events=[
            api.NewEvent(user.id, api.EventKind.ENROLLED, at, course_key, False)
            for user, at in zip(users, moments, strict=True)
        ]
    )


def _copy_course(course_key: Any, *, ended: datetime) -> CourseKey:
    """The same course, without its share panels, under the key of a run that ended then."""
    course = Course.objects.get(course_key=course_key)
    earlier = CourseKey.from_string(f"course-v1:{course_key.org}+{course_key.course}+{course_key.run}-{ended:%Y}")
    Course.objects.filter(pk=course.pk).update(rerun_of=earlier)
    rows = list(Block.objects.filter(course_key=course_key).exclude(block_type="referral").order_by("pk"))
    course.pk, course.course_key, course.run, course.open_to_public = None, earlier, earlier.run, False
    course.start, course.end = (course.start - AGO if course.start else ended - SPAN), ended
    course.save(force_insert=True)
    for row in rows:
        row.pk, row.course_key = None, earlier
        for name in ("usage_key", "parent", "unit"):
            key = getattr(row, name)
            setattr(row, name, earlier.make_usage_key(key.block_type, key.block_id) if key else None)
    Block.objects.bulk_create(rows, batch_size=200)
    return earlier
