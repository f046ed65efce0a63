"""Two workers that examine the same posts at the same time hold each once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.intake import tasks
from community_dashboard.moderation.intake.examining import examine
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.queue.models import QueueFinding
from community_dashboard.moderation.shield.models import Trace
from tests.community_dashboard.moderation.intake.conftest import LURE

pytestmark = pytest.mark.django_db(transaction=True)
POSTS, WORKERS = 6, 2


def test_each_post_is_held_once(cast, room, guard, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one connection write at a time, and the tests' database is one connection's")
    thread, attacker = room.ask(cast.chen), room.learner("fresh")
    monkeypatch.setattr(tasks.read_posts, "apply_async", lambda arguments, **how: None)
    refs = [room.answer(thread, attacker, f"{LURE}{number}") for number in range(POSTS)]
    project(course_key=room.course_key, refs=refs, now=timezone.now())
    together = Barrier(WORKERS)

    def work(_number: int) -> None:
        try:
            together.wait()
            examine(course_key=room.course_key, refs=refs, now=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    # Whoever lost a race left a proposal at most: the next look, which every change of the forum brings, finds it held.
    project(course_key=room.course_key, refs=refs, now=timezone.now())
    examine(course_key=room.course_key, refs=refs, now=timezone.now())
    assert all("WhatsApp" not in room.read(ref, cast.chen) for ref in refs)
    done = Decision.objects.filter(choice="hold", state="done").values_list("post_id", flat=True)
    assert sorted(done) == sorted(ref.id for ref in refs)
    assert Trace.objects.filter(kind="comment", held=True).count() == POSTS
    assert QueueFinding.objects.filter(source="shield", reason=Reason.HELD).count() == POSTS
    assert not QueueFinding.objects.filter(source="shield", reason=Reason.SUSPECT).exists()
