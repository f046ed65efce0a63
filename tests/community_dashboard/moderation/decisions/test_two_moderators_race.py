"""Two moderators at one post in the same moment, in two connections: one acts, the other is told, the forum is asked once.

RACE_ROUNDS says how often each case is tried: 170 make 1,020 races.
"""

from __future__ import annotations

import os
import threading
from typing import Any

import pytest
from django.db import connections

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import BadFieldError, TooLateError
from community_dashboard.moderation.decisions.ledger import name_of
from community_dashboard.moderation.decisions.models import Decision, KeptOriginal
from community_dashboard.moderation.projection.reading import rows_of
from community_dashboard.moderation.queue.queries import item_of

# SQLite lets one connection write at a time, and in memory there is but one: nothing to race.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not os.environ.get("TEST_MARIADB_PORT"), reason="needs two connections: MariaDB"),
]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "10"))


def at_once(*works: Any) -> list[Any]:
    """Runs each in a thread of its own, all at the same moment; answers with what each returned or raised."""
    start, told = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Any) -> None:
        try:
            start.wait()
            told[number] = work()
        except Exception as error:
            told[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture
def edits(monkeypatch):
    """Every text that the forum was asked to change."""
    asked, lock, edit = [], threading.Lock(), get_host().edit_post

    def edit_post(**named: Any) -> Any:
        with lock:
            asked.append(named["ref"])
        return edit(**named)

    monkeypatch.setattr(get_host(), "edit_post", edit_post)
    return asked


@pytest.mark.parametrize("seen", [True, False], ids=["seen in the queue", "from elsewhere"])
@pytest.mark.parametrize("choices", [("hide", "approve"), ("hide", "hide"), ("edit", "hide")], ids="-".join)
def test_one_acts_and_the_other_is_told(cast, forum, desk, somebody, edits, choices, seen):
    people = (cast.bo, somebody("moderator"))
    for number in range(ROUNDS):
        ref = forum.thread(cast.chen, body=f"Round {number}")
        desk.read(ref)
        desk.find(ref)
        version = item_of(desk.course_key, ref).version if seen else None

        def by(person, choice, ref=ref, version=version):
            about = {"ref": ref, "course_key": desk.course_key, "version": version, "now": desk.now}
            fields = {"body": "Edited."} if choice == "edit" else {}
            return lambda: decide(by=person, choice=Choice(choice), reason="needs-clarity", fields=fields, **about)

        told = at_once(*map(by, people, choices))
        rows = list(Decision.objects.filter(post_id=ref.id).order_by("step"))
        assert [row.state for row in rows] == ["done"] * len(rows), told
        made = [row.choice for row in rows]
        # To approve what the other has just hidden is to show it again: the forum is asked for that as well.
        asked = len(made) - made.count("approve") + (made == ["hide", "approve"])
        assert edits.count(ref) == asked, told
        if seen:
            (row,) = rows
            (loser,) = (one for one in told if not isinstance(one, Decision))
            assert isinstance(loser, TooLateError) and loser.name in ("", name_of(row.actor_id)), told
        else:  # nobody had the queue open: what was decided one after the other both holds, or what is hidden is not edited
            assert all(isinstance(one, Decision | TooLateError | BadFieldError) for one in told), told
            assert rows and len({one for one in told if isinstance(one, Decision)}) == len(rows), told
        kept, body = KeptOriginal.objects.filter(post_id=ref.id).first(), rows_of(ref.kind).get(pk=ref.id).body
        texts = {kept.body if kept else "", body}
        assert (f"Round {number}" in texts) or "Edited." in texts, (told, texts)
