"""Puts the drawn story into the tables: the campus's by bulk insert, the packages' own by their batch actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max

from demo.campus.models import Enrolment, Profile
from demo.forum.models import Cohort, CohortMember
from demo.population.drawing import draw_story
from demo.population.ground import Ground, ground_of
from demo.population.invitations import load_invitations
from demo.population.record import tell_record
from demo.population.scores import load_scores
from demo.population.story import COHORTS, Learner, Story
from referral_xblock import api

SEED = 2027
PREFIX = "learner"
NAMED = rf"^{PREFIX}[0-9]+$"
BATCH = 500
Say = Callable[[str], None]


def crowd_size() -> int:
    """How many learners were loaded before. One query."""
    return get_user_model().objects.filter(username__regex=NAMED).count()


def crowd_learns_in(course_key: Any) -> bool:
    """Whether anybody of the crowd ever enrolled in this course. One query."""
    return Enrolment.objects.filter(course_key=course_key, user__username__regex=NAMED).exists()


def load_crowd(count: int, *, course_key: Any, seed: int, now: datetime, progress: Say) -> Story:
    """Loads `count` learners with eight weeks of activity before `now`, and returns the story they play.

    The same seed, count, moment and course make the same story where the accounts get the same ids and the site has the
    same secret, since both decide who is held out. One transaction; some hundred statements, and two queries for the
    roles of each invited person. `progress` is told of every step in one line.
    """
    with transaction.atomic():
        ground, first_id = ground_of(course_key), next_id()
        story = draw_story(
            count,
            seed=seed,
            now=now,
            course=ground.shape,
            channels=tuple(slug for slug in api.channel_slugs() if slug not in ("page", "invitation")),
            holds_out=lambda number: ground.holds_out(first_id + number - 1),
        )
        write_story(story, ground=ground, first_id=first_id, seed=seed, now=now, progress=progress)
    return story


@transaction.atomic
def write_story(story: Story, *, ground: Ground, first_id: int, seed: int, now: datetime, progress: Say) -> None:
    """Puts a story into the tables; its learners get the ids from `first_id` on. `seed` draws codes and numbers."""
    users = write_studies(story, ground=ground, first_id=first_id, seed=seed, progress=progress)
    load_invitations(story, users=users, ground=ground, seed=seed, progress=progress)
    journeys, _changed = api.recompute_all(course_key=ground.course_key, now=now)
    progress(f"  {journeys:,} journeys")


@transaction.atomic
def write_studies(
    story: Story, *, ground: Ground, first_id: int, seed: int, progress: Say, prefix: str = PREFIX
) -> dict[int, Any]:  # fmt: skip
    """The part of the story that is the campus's own, told to the dashboard's record; the accounts by their numbers."""
    users = _load_accounts(story, first_id, prefix)
    progress(f"  {len(users):,} accounts")
    enrolled = _load_enrolments(story, users, ground)
    completed = _load_completions(story, users, ground)
    load_scores(story, users=users, ground=ground, seed=seed)
    progress(f"  {enrolled:,} enrolments, {completed:,} completed blocks")
    progress(f"  {tell_record(story, users=users, ground=ground):,} acts in the record")
    return users


def next_id() -> int:
    """The number that the next account gets. One query."""
    return (get_user_model().objects.aggregate(last=Max("id"))["last"] or 0) + 1


def username_of(learner: Learner, prefix: str = PREFIX) -> str:
    """learner0001, learner0002 …"""
    return f"{prefix}{learner.number:04}"


def _load_accounts(story: Story, first_id: int, prefix: str) -> dict[int, Any]:
    """The accounts with their profiles, by the learners' numbers; nobody can sign in with a password.

    The ids are ours, because who is held out depends on them and the story on who is held out.
    """
    model = get_user_model()
    users = {
        learner.number: model(
            id=first_id + learner.number - 1,
            username=username_of(learner, prefix),
            email=f"{username_of(learner, prefix)}@{learner.persona.email_host}",
            password=make_password(None),
            is_active=True,
            date_joined=learner.registered_at,
        )
        for learner in story.learners
    }
    model.objects.bulk_create(users.values(), batch_size=BATCH)
    Profile.objects.bulk_create(
        [
            Profile(
                user=users[learner.number],
                name=learner.persona.name,
                language=learner.persona.language,
                country=learner.persona.country,
            )
            for learner in story.learners
        ],
        batch_size=BATCH,
    )
    return users


def _load_enrolments(story: Story, users: dict[int, Any], ground: Ground) -> int:
    rows = [
        Enrolment(
            user=users[learner.number],
            course_key=ground.course_key,
            active=learner.studies.left_at is None or learner.studies.came_back_at is not None,
            mode=learner.mode,
            created=learner.enrolled_at,
        )
        for learner in story.learners
        if learner.enrolled_at
    ]
    Enrolment.objects.bulk_create(rows, batch_size=BATCH)
    cohorts = {
        name: Cohort.objects.get_or_create(course_key=ground.course_key, name=name)[0]
        for name in COHORTS
        if any(learner.cohort == name for learner in story.learners)
    }
    members = [
        CohortMember(user=users[learner.number], course_key=ground.course_key, cohort=cohorts[learner.cohort])
        for learner in story.learners
        if learner.cohort
    ]
    CohortMember.objects.bulk_create(members, batch_size=BATCH)
    return len(rows)


def _load_completions(story: Story, users: dict[int, Any], ground: Ground) -> int:
    rows = [
        BlockCompletion(
            user=users[learner.number],
            context_key=ground.course_key,
            block_key=block,
            block_type=block.block_type,
            completion=1.0,
            created=moment,
            modified=moment,
        )
        for learner in story.learners
        for block, moment in zip(ground.blocks, learner.studies.completed, strict=False)
    ]
    BlockCompletion.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
