"""A forum in which several ask the same, one of them was answered by the team, and one asks something that only looks alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.moderation.answers.index import extend
from community_dashboard.moderation.projection.actions import project
from demo.campus import actions as campus
from demo.campus.models import Profile
from tests.community_dashboard.moderation.projection.conftest import ForumOf

SAME = [
    ("Cannot submit quiz 2", "The submit button of quiz 2 is grey, I cannot submit."),
    ("Quiz 2 submit button", "I cannot submit quiz 2, the submit button is grey."),
    ("Submit button grey", "Quiz 2: the submit button stays grey and I cannot submit my answers."),
]
LOOKS_ALIKE = ("Quiz 2 due date", "Until when can I submit quiz 2?")
OTHER = ("Ivy", "Does ivy flower when it grows in a pot on a balcony?")


@dataclass
class World:
    """Posts by their names, and the course they are in."""

    course_key: Any
    forum: ForumOf
    now: Any
    asked: list[Any]
    alike: Any
    answered: Any
    answer: Any

    def read(self, *refs: Any) -> None:
        """The projection and the index learn of these posts."""
        project(course_key=self.course_key, refs=refs, now=self.now)
        extend(course_key=self.course_key, now=self.now)

    def answers_in(self, ref: Any) -> list[str]:
        """The bodies of all answers that a thread has in the forum."""
        from forum.backends.mysql.models import Comment

        return list(Comment.objects.filter(comment_thread_id=int(ref.id)).order_by("pk").values_list("body", flat=True))


@pytest.fixture
def learner(course_key, now):
    """`learner("finn")`: somebody enrolled."""

    def one(name: str) -> Any:
        user = get_user_model().objects.create(username=name)
        Profile.objects.create(user=user, name=name.capitalize())
        campus.enrol(user=user, course_key=course_key, by=None, now=now)
        return user

    return one


@pytest.fixture
def world(cast, course_key, learner, now) -> World:
    """Three who ask the same, one of whom bo has answered a fourth for; an alike one and another."""
    forum = ForumOf(course_key)
    people = [cast.chen, learner("finn"), learner("gwen"), learner("hal")]
    asked = [
        forum.thread(who, title, body, at=now - timedelta(hours=9 - at), thread_type="question")
        for at, (who, (title, body)) in enumerate(zip(people, SAME, strict=False))
    ]
    answered = forum.thread(
        people[3], "quiz 2 submit", "The submit button in quiz 2 is grey, I cannot submit", at=now - timedelta(days=2)
    )
    answer = forum.answer(answered, cast.bo, "Please **reload** the page once.", at=now - timedelta(days=1))
    alike = forum.thread(people[1], *LOOKS_ALIKE, at=now - timedelta(hours=4))
    other = forum.thread(people[2], *OTHER, at=now - timedelta(hours=3))
    made = World(course_key, forum, now, asked, alike, answered, answer)
    made.read(*asked, answered, answer, alike, other)
    return made
