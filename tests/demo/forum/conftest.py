"""A forum with a question of chen's and an answer of bo's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from community_dashboard.data import Post
from community_dashboard.host.chosen import get_host
from demo.dashboard_host import DashboardHost


@dataclass(frozen=True)
class Asked:
    """`thread` is chen's question, `answer` bo's response, `thanks` chen's reply to it."""

    thread: Post
    answer: Post
    thanks: Post


@pytest.fixture
def host() -> DashboardHost:
    """The dashboard's host that the settings choose."""
    chosen = get_host()
    assert isinstance(chosen, DashboardHost)
    return chosen


@pytest.fixture
def ask(cast, course_key, host):
    """`ask("Why?", by=cast.bo)` starts a question in the topic of the whole course."""

    def one(title: str = "Which bees sting?", *, by: Any = None, **more: Any) -> Post:
        about = {"topic_id": "course", "body": f"{title} Please tell.", "thread_type": "question"} | more
        return host.start_thread(by=by or cast.chen, course_key=course_key, title=title, **about)

    return one


@pytest.fixture
def asked(cast, course_key, host, ask) -> Asked:
    """One thread with one response and one reply."""
    thread = ask()
    answer = host.reply(by=cast.bo, course_key=course_key, thread_id=thread.thread_id, body="The females.")
    thanks = host.reply(
        by=cast.chen, course_key=course_key, thread_id=thread.thread_id, parent_id=answer.ref.id, body="Thank you."
    )
    return Asked(thread, answer, thanks)


@pytest.fixture
def as_moderator(cast, course_key) -> dict[str, Any]:
    """What every act takes, in the name of bo, who moderates."""
    return {"by": cast.bo, "course_key": course_key}
