"""A course with learners who write through the host, and an acting account that holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from community_dashboard.data import PostRef
from community_dashboard.host.chosen import get_host
from demo.campus import actions as campus
from demo.campus.models import Profile
from referral_xblock.api import Role
from tests.community_dashboard.moderation.projection.conftest import ForumOf

LURE = "Dear learner, your account is pending. Contact the official support on WhatsApp https://wa.me/15550001234"


@dataclass
class Room:
    """A course's forum, as people use it."""

    course_key: Any

    def learner(self, username: str, *, name: str = "", days: int = 0) -> Any:
        """Somebody who is enrolled, with an account that is so many days old."""
        now = timezone.now()
        user = get_user_model().objects.create(
            username=username, email=f"{username}@example.org", date_joined=now - timedelta(days=days)
        )
        Profile.objects.create(user=user, name=name)
        campus.enrol(user=user, course_key=self.course_key, by=None, now=now)
        return user

    def ask(self, by: Any, title: str = "Bees", body: str = "Why so many bees?") -> PostRef:
        """A new thread, through the host."""
        topic = get_host().topics(self.course_key)[0].id
        return get_host().start_thread(by=by, course_key=self.course_key, topic_id=topic, title=title, body=body).ref

    def answer(self, thread: PostRef, by: Any, body: str) -> PostRef:
        """A response, through the host."""
        return get_host().reply(by=by, course_key=self.course_key, thread_id=thread.id, body=body).ref

    def read(self, ref: PostRef, by: Any) -> str:
        """What somebody reads there."""
        post = get_host().read_post(by=by, course_key=self.course_key, ref=ref)
        return f"{post.title}\n{post.body}"


@pytest.fixture
def room(course_key, cast) -> Room:
    """The forum of the tiny course."""
    return Room(course_key)


@pytest.fixture
def forum(course_key) -> ForumOf:
    """The forum's own interface to the tiny course, as an author's browser reaches it through the platform."""
    return ForumOf(course_key)


@pytest.fixture
def author(room) -> Any:
    """A learner who came today."""
    return room.learner("fresh")


@pytest.fixture
def guard(room, settings):
    """The acting account, a moderator of the forum."""
    account = room.learner("the_guard")
    campus.give_role(user=account, course_key=room.course_key, role=Role.FORUM_MODERATOR)
    settings.COMMUNITY_ACTING_ACCOUNT = account.username
    return account
