"""The digest: what it tells, to whom, once a day at most, and how it is stopped."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client

from community_dashboard.moderation.clock.actions import save_hours
from community_dashboard.moderation.clock.times import FULL_DAY, Calendar
from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.digest import actions
from community_dashboard.moderation.digest.actions import look_for_digests, send_digest
from community_dashboard.moderation.digest.models import Digest
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.queue.actions import assign, set_findings
from community_dashboard.retirement import forget_retired
from demo.campus.models import CourseRole, Profile
from demo.forum.models import Cohort, CohortMember
from tests.community_dashboard.moderation.projection.conftest import ForumOf

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def waiting(cast, course_key):
    """Two of chen's questions stand in the queue, one of them for bo; both wait for an answer for long."""
    forum = ForumOf(course_key)
    refs = [
        forum.thread(cast.chen, title=title, body="Why?") for title in ("Why <b>so</b> many bees", "Mine to answer")
    ]
    project(course_key=course_key, refs=refs, now=NOW)
    for ref in refs:
        finding = Finding(Reason.REPORTED, "reported", 10, NOW - timedelta(hours=2), {})
        set_findings(course_key=course_key, ref=ref, source="reports", findings=[finding], now=NOW)
    assign(by=cast.bo, course_key=course_key, ref=refs[1], to=cast.bo, now=NOW)
    since = NOW - timedelta(hours=30)
    ForumPost.objects.update(thread_type="question", created_at=since, waiting_since=since)
    mail.outbox.clear()
    return refs


@pytest.fixture
def bo(cast, course_key):
    """`bo()` is sent the digest if it is due; `bo(hours)` so much later."""

    def run(hours=0):
        return send_digest(user_id=cast.bo.id, course_key=course_key, now=NOW + timedelta(hours=hours))

    return run


def test_it_tells_what_waits_and_what_is_theirs(waiting, bo, cast):
    assert bo()
    (letter,) = mail.outbox
    page = letter.alternatives[0][0]
    assert letter.to == [cast.bo.email]
    assert letter.subject == "2 posts wait in “Bees and other visitors”"
    for text in (letter.body, page):
        assert "2 questions wait for an answer. 2 are past the target." in text
        assert "1 is yours" in text and text.count("Mine to answer") == 2
        assert "/moderation/phone/?as=" in text and "/community/digest/" in text
    assert "Why <b>so</b> many bees" in letter.body
    assert "&lt;b&gt;" in page and "<b>so" not in page
    assert "<table" in page and "<script" not in page and " style=" not in page.partition("<body>")[2]


def test_its_first_link_opens_the_phone_page_as_the_reader(waiting, cast, course_key):
    from django.utils import timezone

    assert send_digest(user_id=cast.bo.id, course_key=course_key, now=timezone.now())
    path = re.search(r"https?://[^/]+(/\S+\?as=\S+)", mail.outbox[0].body).group(1)
    assert "Mine to answer" in Client().get(path).content.decode()


def test_once_a_day_and_again_the_next(waiting, bo):
    assert [bo(), bo(), bo(3), bo(23), bo(24)] == [True, False, False, True, False]
    assert len(mail.outbox) == 2


def test_a_killed_worker_does_not_send_twice(waiting, bo, monkeypatch):
    def die(*args):
        raise SystemExit

    monkeypatch.setattr(actions, "post_letter", die)
    with pytest.raises(SystemExit):
        bo()
    monkeypatch.undo()
    assert not bo() and mail.outbox == []


def test_a_mail_server_that_fails_is_no_error_and_names_nobody(waiting, bo, monkeypatch, caplog):
    def refuse(letter, address):
        raise OSError(address)

    monkeypatch.setattr(actions, "post_letter", refuse)
    assert not bo()
    assert "could not be handed over" in caplog.text and "@" not in caplog.text


def test_nothing_is_sent_where_nothing_waits(cast, course_key, bo):
    assert not bo() and mail.outbox == []
    assert not Digest.objects.exclude(last_day=None).exists()


def test_who_moderates_no_more_or_has_no_address_gets_none(waiting, bo, cast, course_key, everybody):
    for who in ("learner", "stranger", "course staff", "staff of another course", "data researcher"):
        assert not send_digest(user_id=everybody[who].id, course_key=course_key, now=NOW), who
    get_user_model().objects.filter(id=cast.bo.id).update(email="")
    assert not bo()
    get_user_model().objects.filter(id=cast.bo.id).update(email="bo@example.org", is_active=False)
    assert not bo()
    get_user_model().objects.filter(id=cast.bo.id).update(is_active=True)
    CourseRole.objects.filter(user=cast.bo).delete()
    assert not bo()
    assert mail.outbox == []


def test_a_group_moderator_is_told_of_the_own_cohort(waiting, everybody, course_key, cast):
    gil = everybody["group moderator"]
    red = Cohort.objects.create(course_key=course_key, name="Red")
    CohortMember.objects.create(user=gil, course_key=course_key, cohort=red)
    assert not send_digest(user_id=gil.id, course_key=course_key, now=NOW)
    forum = ForumOf(course_key)
    ref = forum.thread(cast.chen, title="For red", body="Why?")
    project(course_key=course_key, refs=[ref], now=NOW)
    ForumPost.objects.filter(post_id=ref.id).update(group_id=red.id, waiting_since=NOW - timedelta(hours=1))
    assert send_digest(user_id=gil.id, course_key=course_key, now=NOW)
    assert "1 question waits" in mail.outbox[0].subject and "Mine to answer" not in mail.outbox[0].body


def test_a_masked_post_keeps_its_title_out_of_the_mail(waiting, bo):
    ForumPost.objects.update(masked=True)
    assert bo()
    assert "bees" not in mail.outbox[0].body and "A post that is held" in mail.outbox[0].body


def test_it_speaks_the_readers_language(waiting, bo, cast):
    Profile.objects.filter(user=cast.bo).update(language="fr")
    assert bo()
    (letter,) = mail.outbox
    assert 'lang="fr"' in letter.alternatives[0][0]


def test_a_wish_for_no_mail_at_all_holds(waiting, bo, cast):
    from django.conf import settings

    from referral_xblock.consent.actions import stop_mail
    from referral_xblock.consent.queries import mailboxes_of

    assert settings.REFERRAL_LISTENS
    stop_mail(mailbox=mailboxes_of(cast.bo.email)[0], now=NOW)
    assert not bo() and mail.outbox == []


def stop_path(letter):
    return re.search(r"https?://[^/]+(/community/digest/\w+/)", letter.body).group(1)


def test_the_link_shows_first_and_stops_on_a_press(waiting, bo):
    bo()
    path = stop_path(mail.outbox[0])
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert "Stop this mail" in Client().get(path).content.decode()
    assert bo(24), "reading stopped nothing"
    one_click = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and "no more daily mail" in one_click.content.decode()
    assert not bo(48)
    Client().post(path)
    Client().post(path, {"mail": "allow"})
    assert bo(72)


def test_a_damaged_link_stops_nobody(waiting, bo):
    bo()
    for key in ("0" * 32, "x", "a" * 300):
        assert Client().get(f"/community/digest/{key}/").status_code == 404
        assert Client().post(f"/community/digest/{key}/").status_code == 404
    assert not Digest.objects.exclude(stopped_at=None).exists()


def test_from_its_hour_on_each_moderator_is_asked_for(waiting, everybody, cast, course_key, settings, bo):
    save_hours(by=cast.ada, course_key=course_key, calendar=Calendar("America/New_York", (FULL_DAY,) * 7), now=NOW)
    settings.COMMUNITY_DIGEST_HOUR = 7
    asked = []

    def look(hours):
        asked.clear()
        look_for_digests(now=NOW + timedelta(hours=hours), ask=lambda *call: asked.append(call))
        return sorted(asked)

    assert look(0) == []  # half past four in New York
    both = sorted((everybody[who].id, str(course_key)) for who in ("moderator", "group moderator"))
    assert sorted(look(3)) == both
    assert bo(3)
    assert look(3) == [one for one in both if one[0] != cast.bo.id]
    assert sorted(look(24 + 3)) == both


def test_the_schedule_has_it_and_the_workers_know_it():
    from celery import current_app
    from django.utils.module_loading import import_string

    import_string("community_dashboard.tasks.look_for_digests")
    assert {"community_dashboard.look_for_digests", "community_dashboard.send_digest"} <= set(current_app.tasks)


def test_retirement_leaves_nothing(waiting, bo, cast):
    bo()
    forget_retired(user=cast.bo)
    assert not Digest.objects.exists()


def test_the_cost_is_bounded(waiting, bo, cast, course_key, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        bo()
    assert connection.vendor
