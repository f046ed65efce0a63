"""Two moderators press a button on the same post in the same moment, a thousand times: one acts, each time."""

from __future__ import annotations

import os
import threading

import pytest
from django.db import connections

from community_dashboard.moderation.queue.actions import settle
from community_dashboard.moderation.queue.models import QueueItem

# In memory SQLite has one connection: nothing to race.
pytestmark = [
    pytest.mark.databases,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not os.environ.get("TEST_MARIADB_PORT"), reason="needs two connections: MariaDB"),
]
ROUNDS = 1000


def test_one_of_two_settles(filled, cast, fay, course_key, now):
    ref = filled.queued(cast.chen)
    rounds = threading.Barrier(2)
    told: dict[int, list[bool]] = {cast.bo.id: [], fay.id: []}

    def press(moderator):
        try:
            for version in range(ROUNDS):
                rounds.wait()
                told[moderator.id].append(
                    settle(course_key=course_key, ref=ref, version=version, by=moderator, now=now)
                )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(moderator,)) for moderator in (cast.bo, fay)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one + other for one, other in zip(*told.values(), strict=True)] == [1] * ROUNDS
    assert QueueItem.objects.get().version == ROUNDS
