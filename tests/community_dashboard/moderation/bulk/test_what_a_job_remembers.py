"""What is asked once for many steps is right all the same: two seconds old at most, and nothing is decided on top of another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community_dashboard.moderation.bulk import running
from community_dashboard.moderation.bulk.models import BulkStep
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions import remembering
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.standing import parts_of
from demo.campus.actions import give_role, take_role
from referral_xblock.api import Role

pytestmark = pytest.mark.django_db(transaction=True)


def states_in_order():
    return list(BulkStep.objects.order_by("number").values_list("state", flat=True))


@pytest.fixture
def steps(monkeypatch):
    """`steps(what)`: after each step of a job `what(number)` happens."""
    decide_one, taken = running.decide, []

    def watch(what):
        def deciding(**given):
            made = decide_one(**given)
            taken.append(made)
            what(len(taken))
            return made

        monkeypatch.setattr(running, "decide", deciding)

    return watch


def test_who_loses_the_role_during_a_job_decides_nothing_two_seconds_later(
    cast, course_key, posted, begin, steps, monkeypatch
):
    later = [0.0]
    monotonic = remembering.time.monotonic
    monkeypatch.setattr(remembering.time, "monotonic", lambda: monotonic() + later[0])

    def lose(number):
        if number == 2:
            take_role(user=cast.bo, course_key=course_key, role=Role.FORUM_MODERATOR)
            later[0] = remembering.SECONDS + 0.1

    steps(lose)
    begin(posted(4))
    assert states_in_order() == ["done", "done", "failed", "failed"]


def test_what_another_decides_between_is_not_decided_again(cast, course_key, posted, begin, steps):
    refs = posted(3)
    give_role(user=cast.dara, course_key=course_key, role=Role.FORUM_MODERATOR)

    def another(number):
        if number == 1:
            hide = {
                "by": cast.dara,
                "course_key": course_key,
                "ref": refs[2],
                "choice": Choice.HIDE,
                "now": timezone.now(),
            }
            with remembering.remembering():  # a memory of its own, as in another process
                assert decide(**hide).actor_id == cast.dara.id

    steps(another)
    begin(refs)
    assert Decision.objects.filter(post_id=refs[2].id).count() == 1
    assert states_in_order() == ["done", "done", "failed"]


def test_a_longer_job_asks_no_more_often_who_people_are(posted, begin, monkeypatch):
    monkeypatch.setattr("community_dashboard.moderation.bulk.tasks.run_bulk_job.apply_async", lambda *a, **k: None)

    def asked(number):
        job = begin(posted(number))
        with CaptureQueriesContext(connection) as queries:
            running.run(job_id=job.pk, clock=timezone.now)
        return sum("campus_forum_forumtitle" in query["sql"] for query in queries.captured_queries)

    assert asked(2) == asked(8) > 0


def test_outside_of_a_job_nothing_is_remembered(cast, course_key, django_assert_num_queries):
    with CaptureQueriesContext(connection) as queries:
        parts_of([cast.bo.id], course_key)
    with django_assert_num_queries(len(queries)):
        parts_of([cast.bo.id], course_key)
