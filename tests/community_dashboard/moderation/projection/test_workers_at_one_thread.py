"""Many workers read posts of one thread at the same time: its facts count every one of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from community_dashboard.moderation.intake import tasks
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.queries import find_post

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, ANSWERS = 4, 40


def test_no_answer_is_lost_and_none_counted_twice(cast, course_key, forum, now, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one connection write at a time, and the tests' database is one connection's")
    monkeypatch.setattr(tasks.read_posts, "apply_async", lambda arguments, **how: None)
    thread = forum.thread(cast.chen, at=now, thread_type="question")
    answers = [forum.answer(thread, (cast.bo, cast.dara)[number % 2], f"Bee {number}") for number in range(ANSWERS)]

    def work(refs):
        try:
            for ref in refs:
                for _attempt in range(4):  # the task is tried again as often
                    try:
                        project(course_key=course_key, refs=[ref, thread], now=now)
                        break
                    except OperationalError:
                        continue
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        # Every answer is read by two workers.
        list(pool.map(work, [answers[number % 2 :: 2] for number in range(WORKERS)]))
    row = find_post(course_key, thread)
    assert row.answers == ANSWERS
    assert row.waiting_since is None
    assert ForumPost.objects.count() == ANSWERS + 1
