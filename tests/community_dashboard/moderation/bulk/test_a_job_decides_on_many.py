"""A job does to each of its posts what deciding on it alone would do, once, and takes it back again."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import F
from django.utils import timezone

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.bulk import actions, running
from community_dashboard.moderation.bulk.errors import EmptyJobError, NotBulkError
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.scopes import Kind, Scope
from community_dashboard.moderation.bulk.tasks import continue_bulk_jobs
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.queue.models import QueueItem

pytestmark = pytest.mark.django_db(transaction=True)


def states_of(job):
    return sorted(BulkStep.objects.filter(job=job).values_list("state", flat=True))


def test_every_post_of_a_selection_is_hidden_logged_and_out_of_the_queue(cast, posted, begin, body_of):
    refs = posted(3)
    job = begin(refs)
    job.refresh_from_db()
    assert (job.state, job.total, states_of(job)) == ("done", 3, ["done"] * 3)
    assert not [ref for ref in refs if "honey" in body_of(ref)]
    assert set(Decision.objects.values_list("choice", "actor", "reason")) == {("hide", cast.bo.id, "Advertising")}
    assert QueueItem.objects.filter(state="open").count() == 0


def test_undone_the_forum_is_as_it_was(cast, course_key, posted, begin, body_of):
    refs = posted(3)
    before = [body_of(ref) for ref in refs]
    job = begin(refs)
    actions.undo(by=cast.bo, course_key=course_key, job_id=job.pk, now=timezone.now())
    assert [body_of(ref) for ref in refs] == before
    assert states_of(job) == ["undone"] * 3
    assert not Decision.objects.filter(choice="hide", undone_at=None).exists()


def test_everything_by_an_author_is_meant_whether_it_stands_in_the_queue_or_not(cast, posted, begin, body_of):
    shown, alone, others = posted(2), posted(2, queued=False), posted(1, by=cast.bo)
    job = begin(scope=Scope(Kind.AUTHOR, author_id=cast.chen.id))
    assert job.total == 4
    assert not [ref for ref in shown + alone if "honey" in body_of(ref)]
    assert "honey" in body_of(others[0])


def test_a_filter_means_what_it_finds(posted, begin, body_of, course_key):
    french, english = posted(1), posted(2)
    QueueItem.objects.filter(post_id=french[0].id).update(language="fr")
    job = begin(scope=Scope(Kind.FILTER, query="language=fr"))
    assert job.total == 1
    assert ["honey" in body_of(ref) for ref in french + english] == [False, True, True]


def test_what_was_written_after_the_page_was_made_is_left_alone(posted, begin, body_of, moment):
    old, new = posted(1), posted(1)
    ForumPost.objects.filter(post_id=new[0].id).update(created_at=moment + timedelta(seconds=1))
    QueueItem.objects.filter(post_id=new[0].id).update(posted_at=moment + timedelta(seconds=1))
    for scope in (Scope(Kind.FILTER), Scope(Kind.AUTHOR, author_id=ForumPost.objects.first().author_id)):
        assert begin(scope=scope).total == 1
    assert ["honey" in body_of(ref) for ref in old + new] == [False, True]


def test_the_button_pressed_twice_begins_one_job(posted, begin):
    refs = posted(2)
    first, second = begin(refs, token="a" * 32), begin(refs, token="a" * 32)
    assert first.pk == second.pk
    assert BulkJob.objects.count() == 1
    assert Decision.objects.count() == 2


def test_what_somebody_decided_before_is_left_to_them(cast, course_key, posted, begin, body_of):
    refs = posted(2)
    begin(refs[:1])
    job = begin(refs)
    assert states_of(job) == ["done", "skipped"]
    actions.undo(by=cast.bo, course_key=course_key, job_id=job.pk, now=timezone.now())
    assert ["honey" in body_of(ref) for ref in refs] == [False, True]


def test_a_post_that_is_gone_stops_nobody(cast, course_key, posted, begin, body_of):
    refs = posted(3)
    get_host().delete_post(by=cast.bo, course_key=course_key, ref=refs[1])
    job = begin(refs)
    assert states_of(job) == ["done", "done", "skipped"]
    assert "honey" not in body_of(refs[2])


def test_deleting_is_for_good_and_says_so_when_it_is_undone(cast, course_key, posted, begin):
    job = begin(posted(2), choice=Choice.DELETE, fields={"sure": "yes"})
    assert states_of(job) == ["done", "done"]
    actions.undo(by=cast.bo, course_key=course_key, job_id=job.pk, now=timezone.now())
    assert states_of(job) == ["kept", "kept"]
    assert all(BulkStep.objects.values_list("words", flat=True))


def test_threads_are_moved(cast, course_key, posted, begin):
    refs = posted(2)
    topic = next(topic for topic in get_host().topics(course_key) if topic.id != "course")
    begin(refs, choice=Choice.MOVE, fields={"topic_id": topic.id}, reason="")
    moved = [get_host().read_post(by=cast.bo, course_key=course_key, ref=ref).topic_id for ref in refs]
    assert moved == [topic.id] * 2


@pytest.mark.parametrize("choice", [Choice.BAN, Choice.SILENCE, Choice.EDIT, Choice.REPLY])
def test_people_are_judged_one_by_one(choice, posted, begin):
    refs = posted(1)
    with pytest.raises(NotBulkError):
        begin(refs, choice=choice)
    assert not BulkJob.objects.exists()


def test_nothing_meant_is_nothing_begun(begin, db):
    with pytest.raises(EmptyJobError):
        begin([])


@pytest.fixture
def left_lying(monkeypatch):
    """Jobs are sent to workers that do not come, until the end of the test or `left_lying()`."""
    with monkeypatch.context() as lying:
        lying.setattr("community_dashboard.moderation.bulk.tasks.run_bulk_job.apply_async", lambda *a, **k: None)
        yield lying.undo


class Slow:
    """A clock by which every decision takes a fifth of a second; after some of them something happens."""

    def __init__(self, monkeypatch, *, after, what):
        self.now, self.told_at, self.decided = timezone.now(), None, 0
        decide = running.decide

        def deciding(**given):
            made = decide(**given)
            self.now += timedelta(seconds=0.2)
            self.decided += 1
            if self.decided == after:
                self.told_at = self.now
                what()
            return made

        monkeypatch.setattr(running, "decide", deciding)

    def __call__(self):
        return self.now


def test_it_stops_within_two_seconds_and_goes_on_there(cast, course_key, posted, begin, left_lying, monkeypatch):
    job = begin(posted(6))
    about = {"by": cast.bo, "course_key": course_key, "job_id": job.pk}
    clock = Slow(monkeypatch, after=2, what=lambda: actions.stop(**about))
    assert running.run(job_id=job.pk, clock=clock) is False
    job.refresh_from_db()
    assert clock() - clock.told_at < timedelta(seconds=2)
    assert (job.state, job.alive_at) == ("stopped", None)
    assert states_of(job) == ["done"] * 3 + ["todo"] * 3
    left_lying()
    actions.go_on(by=cast.bo, course_key=course_key, job_id=job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, states_of(job)) == ("done", ["done"] * 6)


def test_turned_round_while_it_runs_it_is_asked_for_again(cast, course_key, posted, begin, left_lying, monkeypatch):
    job = begin(posted(6))
    about = {"by": cast.bo, "course_key": course_key, "job_id": job.pk}
    clock = Slow(monkeypatch, after=2, what=lambda: actions.undo(now=timezone.now(), **about))
    assert running.run(job_id=job.pk, clock=clock) is True
    assert running.run(job_id=job.pk, clock=clock) is False
    job.refresh_from_db()
    assert (job.state, states_of(job)) == ("done", ["todo"] * 3 + ["undone"] * 3)


def test_a_step_whose_decision_is_rolled_back_names_none(posted, begin, monkeypatch):
    mark, marked = running._mark, []

    def mark_at_second_try(*given):
        marked.append(given)
        if len(marked) == 1:
            raise OperationalError("gone away")
        mark(*given)

    monkeypatch.setattr(running, "_mark", mark_at_second_try)
    job = begin(posted(2))
    (decision,) = Decision.objects.all()
    steps = BulkStep.objects.filter(job=job).order_by("number").values_list("state", "decision_id")
    assert list(steps) == [("failed", None), ("done", decision.pk)]


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_a_worker_that_dies_loses_and_doubles_nothing(killed_at, elsewhere, posted, begin, monkeypatch):
    """The worker dies between a decision and the mark that it was made: as late as it can. Also with a forum elsewhere."""
    refs, decide = posted(3), running.decide
    monkeypatch.setattr(running, "lives_in_mongo", lambda post_id: elsewhere)

    def die(**given):
        made = decide(**given)
        if Decision.objects.count() == killed_at:
            raise SystemExit
        return made

    monkeypatch.setattr(running, "decide", die)
    with pytest.raises(SystemExit):
        begin(refs)
    monkeypatch.setattr(running, "decide", decide)
    job = BulkJob.objects.get()
    assert Decision.objects.count() == killed_at - (0 if elsewhere else 1), "in one database a step is whole or nothing"
    continue_bulk_jobs()
    assert BulkJob.objects.get().state == "running", "its worker may still live"
    BulkJob.objects.update(alive_at=F("alive_at") - running.DEAD_AFTER - timedelta(seconds=1))
    continue_bulk_jobs()
    job.refresh_from_db()
    assert (job.state, states_of(job)) == ("done", ["done"] * 3)
    assert Decision.objects.count() == 3


def test_two_workers_do_not_have_one_job(posted, begin, monkeypatch, moment):
    taken = []
    monkeypatch.setattr(running, "decide", lambda **given: taken.append(running.run(job_id=1, clock=lambda: moment)))
    job = begin(posted(1))
    assert job.pk == BulkJob.objects.get().pk
    assert taken == [False]


def test_who_lost_the_role_meanwhile_decides_nothing(cast, course_key, posted, begin, body_of, monkeypatch):
    refs = posted(2)
    monkeypatch.setattr("community_dashboard.moderation.bulk.tasks.run_bulk_job.apply_async", lambda *a, **k: None)
    job = begin(refs)
    from demo.campus.actions import take_role
    from referral_xblock.api import Role

    take_role(user=cast.bo, course_key=course_key, role=Role.FORUM_MODERATOR)
    running.run(job_id=job.pk, clock=timezone.now)
    assert states_of(job) == ["failed", "failed"]
    assert all("honey" in body_of(ref) for ref in refs)
