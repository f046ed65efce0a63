"""A course whose forum has a few posts, some of which stand in the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.queue.actions import set_findings
from tests.community_dashboard.moderation.decisions.conftest import somebody
from tests.community_dashboard.moderation.projection.conftest import ForumOf
from tests.people import NOW

__all__ = ["somebody"]  # `somebody("community_ta", cohort="Red")`: a new person of that part in the course


@dataclass
class Filled:
    """Writes posts into the forum and puts them into the queue."""

    course_key: Any
    forum: ForumOf

    def thread(self, author: Any, title: str = "Bees", body: str = "Why so many bees?", *, hours: float = 2) -> PostRef:
        """A thread of so many hours ago, read into the projection."""
        ref = self.forum.thread(author, title, body, at=NOW - timedelta(hours=hours))
        self.read(ref)
        return ref

    def answer(self, thread: PostRef, author: Any, body: str = "They dance.", *, hours: float = 1) -> PostRef:
        """A response of so many hours ago, likewise."""
        ref = self.forum.answer(thread, author, body, at=NOW - timedelta(hours=hours))
        self.read(ref)
        return ref

    def read(self, *refs: PostRef) -> None:
        """Reads posts into the projection."""
        project(course_key=self.course_key, refs=refs, now=NOW)

    def found(
        self,
        ref: PostRef,
        reason: Reason = Reason.SUSPECT,
        weight: float = 40,
        *,
        source: str = "shield",
        hours: float = 1,
        now: datetime = NOW,
        **facts: Any,
    ) -> Any:
        """A source finds one thing in a post, so many hours ago."""
        finding = Finding(reason, f"test_{reason.value}", weight, NOW - timedelta(hours=hours), facts)
        return set_findings(course_key=self.course_key, ref=ref, source=source, findings=[finding], now=now)

    def queued(self, author: Any, title: str = "Bees", body: str = "Why so many bees?", **found: Any) -> PostRef:
        """A thread that stands in the queue."""
        ref = self.thread(author, title, body)
        self.found(ref, **found)
        return ref


@pytest.fixture
def filled(cast, course_key) -> Filled:
    """The forum of the tiny course, with its cast."""
    return Filled(course_key, ForumOf(course_key))


@pytest.fixture
def queue_url(course_key) -> str:
    """The address of the queue."""
    return f"/community/courses/{course_key}/moderation/"


@pytest.fixture
def fay(somebody) -> Any:
    """A second moderator."""
    return somebody("moderator", username="fay")
