"""What is asked once for many steps is right all the same: two seconds old at most, and nothing is decided on top of another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.bulk import actions, running
from community_dashboard.moderation.bulk.models import BulkStep
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions import remembering
from community_dashboard.moderation.decisions.actions import decide, undo
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.standing import parts_of
from community_dashboard.moderation.projection.reading import rows_of
from demo.campus.actions import give_role, take_role
from referral_xblock.api import Role

pytestmark = pytest.mark.django_db(transaction=True)


def states_in_order():
    return list(BulkStep.objects.order_by("number").values_list("state", flat=True))


@pytest.fixture
def no_time_passes(monkeypatch):
    """However busy the machine is, nothing that is remembered grows old. Gives the moment that it is."""
    monkeypatch.setattr(remembering.time, "monotonic", lambda: 0.0)
    monkeypatch.setattr(running, "monotonic", lambda: 0.0)
    return timezone.now()


@pytest.fixture
def left_lying(monkeypatch):
    """Jobs are sent to workers that do not come."""
    monkeypatch.setattr("community_dashboard.moderation.bulk.tasks.run_bulk_job.apply_async", lambda *a, **k: None)


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


def test_what_another_decides_between_is_not_decided_again(cast, course_key, posted, begin, steps, no_time_passes):
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


def test_what_an_author_changes_between_is_hidden_and_comes_back(
    cast, course_key, posted, begin, steps, body_of, no_time_passes
):
    refs, newer = posted(3), "Still for sale, and cheaper."

    def change(number):
        if number == 1:
            rows_of(refs[2].kind).filter(pk=refs[2].id).update(body=newer)

    steps(change)
    job = begin(refs)
    assert states_in_order() == ["done"] * 3
    assert "hidden" in body_of(refs[2])
    actions.undo(by=cast.bo, course_key=course_key, job_id=job.pk, now=timezone.now())
    assert body_of(refs[2]) == newer


def test_what_another_restores_between_is_hidden_again(cast, course_key, posted, begin, steps, body_of, no_time_passes):
    refs = posted(2)
    hidden = {"by": cast.bo, "course_key": course_key, "ref": refs[1], "choice": Choice.HOLD, "now": timezone.now()}
    held, before = decide(**hidden), body_of(refs[1])

    def restore(number):
        if number == 1:
            with remembering.remembering():
                undo(by=cast.bo, course_key=course_key, decision_id=held.pk, now=timezone.now())

    steps(restore)
    job = begin(refs)
    assert states_in_order() == ["done"] * 2
    assert "hidden" in body_of(refs[1]) and body_of(refs[1]) != before
    actions.undo(by=cast.bo, course_key=course_key, job_id=job.pk, now=timezone.now())
    assert "honey" in body_of(refs[1])


def test_a_step_asks_little_more_than_the_forum_does(cast, course_key, posted, begin, left_lying, no_time_passes):

    def statements(do):
        with CaptureQueriesContext(connection) as queries:
            do()
        return len(queries)

    def of_job(number):
        job = begin(posted(number))
        return statements(lambda: running.run(job_id=job.pk, clock=lambda: no_time_passes))

    edit = {
        "by": cast.bo,
        "course_key": course_key,
        "reason": "violates-guidelines",
        "title": "Hidden",
        "body": "Hidden.",
    }
    of_job(1)
    bare = min(statements(lambda ref=ref: get_host().edit_post(ref=ref, **edit)) for ref in posted(2))
    # Our own six writes and what the queue and the post are asked, with three savepoints.
    assert (of_job(8) - of_job(2)) / 6 <= bare + 16


def test_a_longer_job_asks_no_more_often_who_people_are(posted, begin, left_lying, no_time_passes):

    def asked(number):
        job = begin(posted(number))
        with CaptureQueriesContext(connection) as queries:
            running.run(job_id=job.pk, clock=lambda: no_time_passes)
        return sum("campus_forum_forumtitle" in query["sql"] for query in queries.captured_queries)

    assert asked(2) == asked(8) > 0


def test_outside_of_a_job_nothing_is_remembered(cast, course_key, django_assert_num_queries):
    with CaptureQueriesContext(connection) as queries:
        parts_of([cast.bo.id], course_key)
    with django_assert_num_queries(len(queries)):
        parts_of([cast.bo.id], course_key)
