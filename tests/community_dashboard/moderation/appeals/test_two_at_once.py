"""Two who appeal, or judge, at the same moment: one appeal, one ruling. On MariaDB, where two connections really write."""

from functools import partial

import pytest
from django.db import connection

from community_dashboard.moderation.appeals.actions import appeal, decide_appeal
from community_dashboard.moderation.appeals.models import Appeal
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.models import Decision
from tests.community_dashboard.moderation.decisions.test_two_moderators_race import at_once

ROUNDS = 20


@pytest.mark.django_db(transaction=True)
def test_one_appeal_and_one_ruling(cast, course_key, desk, thread, somebody):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one connection write at a time, and the tests' database is one connection's")
    mo, mu = somebody("moderator", username="mo"), somebody("moderator", username="mu")
    for number in range(ROUNDS):
        row = desk.decide(thread, Choice.WARN, f"Reason {number}.")
        about = {"by": cast.chen, "course_key": course_key, "decision_id": row.pk, "now": desk.now}
        first, second = at_once(*(partial(appeal, **about, words=words) for words in ("One.", "Two.")))
        assert first == second
        told = {"course_key": course_key, "appeal_id": first.id, "answer": "Looked.", "now": desk.now}
        kept, undone = at_once(
            partial(decide_appeal, by=mo, **told, overturn=False), partial(decide_appeal, by=mu, **told, overturn=True)
        )
        assert kept == undone
        expected = "undone" if kept.state == "overturned" else "done"
        assert Decision.objects.get(pk=row.pk).state == expected
    assert Appeal.objects.exclude(state="open").count() == ROUNDS
