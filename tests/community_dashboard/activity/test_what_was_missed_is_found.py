"""Reconciliation brings the record to what the platform's tables say, from wherever it stopped."""

from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from django.core.management import call_command
from django.utils import timezone
from forum import api
from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread, Subscription

from community_dashboard.activity import facts, reconciliation, sources
from community_dashboard.activity.actions import forget_person, record
from community_dashboard.activity.reconciliation import ReconciliationError, reconcile
from community_dashboard.activity.sources import SETTLED
from community_dashboard.data import Certificate, Standing
from community_dashboard.models import Activity, Place
from community_dashboard.tasks import reconcile_activity
from demo.campus import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    """A moment at which everything that happens in a test has settled."""
    return timezone.now() + 2 * SETTLED


@pytest.fixture
def lively(cast, tiny_course, now):
    """A course in which a bit of everything happened, all of it told and recorded. Its forum's thread and answers."""
    where, chen, bo = str(tiny_course.course_key), str(cast.chen.id), str(cast.bo.id)
    for user in (cast.chen, cast.bo):
        api.create_user(str(user.id), user.username, course_id=where)
    thread = api.create_thread("Bees", "Why so many?", where, chen)["id"]
    answer = api.create_parent_comment(thread, "They dance.", bo, where, False, False)["id"]
    comment = api.create_child_comment(answer, "Thank you.", chen, where, False, False)["id"]
    api.update_comment(comment, body="Thanks.", editing_user_id=chen, course_id=where)
    api.update_comment(answer, endorsed=True, endorsement_user_id=chen, course_id=where)
    api.update_thread_flag(thread, "flag", user_id=bo, course_id=where)
    api.create_subscription(bo, thread, course_id=where)
    for block in tiny_course.completable:
        BlockCompletion.objects.submit_completion(user=cast.chen, block_key=block, completion=1.0)
    actions.enrol(user=cast.dara, course_key=tiny_course.course_key, by=cast.dara, now=now)
    return {"course": where, "thread": thread, "answer": answer, "comment": comment}


FOUND_AGAIN = (
    "posted", "answered", "commented", "edited", "endorsed", "flagged", "followed", "completed", "enrolled"
)  # fmt: skip


def the_record(*kinds):
    rows = Activity.objects.filter(kind__in=kinds or FOUND_AGAIN)
    return set(rows.values_list("key", "user_id", "kind", "course_key", "object_kind", "object_id", "happened_at"))


def missing(found):
    return {one.source: one.missing for one in found if one.missing}


def test_nothing_is_missing_where_every_listener_listened(lively, later):
    before = set(Activity.objects.values_list("key", "happened_at"))
    found = reconcile(now=later)
    assert missing(found) == {}
    assert all(one.finished for one in found)
    assert set(Activity.objects.values_list("key", "happened_at")) == before


def test_what_no_listener_told_is_found_as_the_listeners_would_have_told_it(lively, later):
    told = the_record()
    assert {row[2] for row in told} == set(FOUND_AGAIN)
    Activity.objects.all().delete()
    reconcile(now=later)
    assert the_record() == told


@pytest.mark.parametrize("kind", FOUND_AGAIN)
def test_a_single_gap_is_filled(lively, later, kind):
    told = the_record()
    Activity.objects.filter(kind=kind).delete()
    found = reconcile(now=later)
    assert the_record() == told
    assert sum(missing(found).values()) == len([row for row in told if row[2] == kind])


def test_what_is_young_waits_for_the_next_time(lively, later):
    told = the_record()
    Activity.objects.filter(kind__in=("posted", "completed")).delete()
    reconcile(now=timezone.now())
    assert the_record() < told
    reconcile(now=later)
    assert the_record() == told


def test_a_younger_row_is_not_passed_over_by_an_older_one_behind_it(cast, lively, later, now):
    """The second has the higher number and the earlier date: reading on behind it would lose the first."""
    api.create_thread("More", "Bees", lively["course"], str(cast.chen.id))
    older = CommentThread.objects.order_by("pk").last()
    CommentThread.objects.filter(pk=older.pk).update(created_at=now)
    told = the_record("posted")
    Activity.objects.filter(kind="posted").delete()
    reconcile(now=timezone.now())
    reconcile(now=later)
    assert {row[0] for row in the_record("posted")} == {row[0] for row in told}


def test_it_goes_on_where_it_stopped(lively, later, monkeypatch):
    told = the_record()
    Activity.objects.all().delete()
    monkeypatch.setattr(reconciliation, "ROWS", 1)
    first = reconcile(now=later, pages=1)
    assert not all(one.finished for one in first)
    assert 0 < Activity.objects.count() < len(told)
    rounds = 1
    while not all(one.finished for one in reconcile(now=later, pages=1)):
        rounds += 1
    assert rounds > 2
    assert the_record() == told


def test_a_page_that_fails_is_read_again_and_the_others_are_read_all_the_same(lively, later, monkeypatch):
    told = the_record()
    Activity.objects.all().delete()
    read = sources.forum.posts_of
    monkeypatch.setattr(sources.forum, "posts_of", lambda rows: 1 / 0)
    with pytest.raises(ReconciliationError, match="threads, comments"):
        reconcile(now=later)
    assert {row[2] for row in the_record()} == {"completed", "enrolled", "flagged", "edited", "followed"}
    monkeypatch.setattr(sources.forum, "posts_of", read)
    reconcile(now=later + timedelta(days=2))
    assert the_record() == told


def test_posts_and_reports_that_are_gone_are_noticed(cast, lively, later, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():  # what would tell it is thrown away
        AbuseFlagger.objects.all().delete()
        Comment.objects.filter(pk=lively["comment"]).delete()
    Activity.objects.filter(kind__in=("deleted", "unflagged")).delete()
    found = reconcile(now=later)
    assert missing(found) == {"gone.commented": 1, "gone.flagged": 1}
    gone = {(row.kind, row.user_id, row.object_kind, row.object_id, row.happened_at) for row in
            Activity.objects.filter(kind__in=("deleted", "unflagged"))}  # fmt: skip
    assert gone == {
        ("deleted", None, "comment", lively["comment"], later),
        ("unflagged", None, "thread", lively["thread"], later),
    }
    assert missing(reconcile(now=later + timedelta(days=2))) == {}


def test_rows_that_may_change_are_read_again_once_a_day(lively, later, django_capture_on_commit_callbacks):
    reconcile(now=later)
    with django_capture_on_commit_callbacks():
        CommentThread.objects.all().delete()
    Activity.objects.filter(kind="deleted").delete()
    assert missing(reconcile(now=later + timedelta(hours=23))) == {}
    assert sum(missing(reconcile(now=later + timedelta(hours=25))).values()) == 3


def test_from_the_beginning_reads_everything_once_more(lively, later):
    reconcile(now=later)
    Activity.objects.filter(kind="posted").delete()
    assert missing(reconcile(now=later)) == {}
    assert missing(reconcile(now=later, from_the_beginning=True)) == {"threads": 1}


def test_who_is_forgotten_stays_forgotten(cast, lively, later):
    Activity.objects.all().delete()
    forget_person(user_id=cast.chen.id, now=later)
    reconcile(now=later)
    assert Activity.objects.exists()
    assert not Activity.objects.filter(user=cast.chen).exists()


def test_a_report_about_a_post_that_is_gone_stops_nobody(cast, lively, later):
    flag = AbuseFlagger.objects.get()
    AbuseFlagger.objects.create(
        user=cast.dara, content_type=flag.content_type, content_object_id=flag.content_object_id + 1000
    )
    Subscription.objects.update(source_object_id=99999)
    Activity.objects.filter(kind__in=("flagged", "followed")).delete()
    assert missing(reconcile(now=later)) == {"flags": 1}


def test_a_site_without_the_forum_app_has_nothing_to_look_at(lively, later, monkeypatch, capsys):
    monkeypatch.setattr("community_dashboard.activity.forum.apps.is_installed", lambda name: name != "forum")
    found = reconcile(now=later)
    assert [one.source for one in found] == ["completions", "enrolments", "shares", "credits", "gone.credits"]
    call_command("reconcile_activity")
    assert "forum app is not installed" in capsys.readouterr().out


def test_the_command_says_what_it_found(lively, later, capsys):
    Activity.objects.filter(kind="enrolled").delete()
    call_command("reconcile_activity", pages=1)
    said = capsys.readouterr().out
    assert "enrolments: 3 rows read, 3 were missing." in said
    assert Place.objects.get(source="enrolments").finished_at


def test_the_task_reads_so_many_pages_as_the_setting_says(lively, settings):
    settings.COMMUNITY_RECONCILE_PAGES = 0
    Activity.objects.filter(kind="enrolled").delete()
    reconcile_activity.delay()
    assert not Activity.objects.filter(kind="enrolled").exists()
    settings.COMMUNITY_RECONCILE_PAGES = 1
    reconcile_activity.delay()
    assert Activity.objects.filter(kind="enrolled").count() == 3


def test_certificates_that_nobody_told_are_found_in_the_platforms_own(cast, tiny_course, later, now, monkeypatch):
    """The demo gives none: the standings are those of its grades with one certificate in them."""
    record(activity=facts.completed(user_id=cast.bo.id, course_key=tiny_course.course_key, block_key="b", at=now))
    campus = sources.get_host()

    class Certifying:
        roster = staticmethod(campus.roster)

        def standings(self, user_ids, course_key):
            issued = Standing(certificate=Certificate.ISSUED, certified_at=now)
            return {**campus.standings(user_ids, course_key), cast.chen.id: issued}

    monkeypatch.setattr(sources, "get_host", Certifying)
    reconcile(now=later)
    assert list(Activity.objects.filter(kind="certified").values_list("user_id", "happened_at")) == [
        (cast.chen.id, now)
    ]
    told = facts.certified(user_id=cast.chen.id, course_key=tiny_course.course_key, at=now - timedelta(days=3))
    record(activity=told)
    reconcile(now=later + timedelta(days=2))
    assert Activity.objects.get(kind="certified").happened_at == now - timedelta(days=3)
