"""The weekly digest: what it tells, to whom, once a week at most, and how it is stopped."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.digest import actions
from community_dashboard.engagement.digest.actions import due_at, look_for_digests, send_digest, switch, want, week_due
from community_dashboard.engagement.digest.contents import contents_for
from community_dashboard.engagement.digest.errors import NotAllowedError
from community_dashboard.engagement.digest.models import DigestSwitch, WeeklyDigest
from community_dashboard.engagement.digest.own_data import own_weekly_digests
from community_dashboard.retirement import forget_retired
from demo.campus.models import CourseRole, Profile

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = timedelta(days=7)


@pytest.fixture
def ada(weeks, cast, course_key):
    """`ada()` is sent the digest if it is due; `ada(hours)` so much later."""
    mail.outbox.clear()

    def run(hours=0):
        return send_digest(user_id=cast.ada.id, course_key=course_key, now=weeks.now + timedelta(hours=hours))

    return run


def test_it_tells_the_week_as_sentences_and_tables(ada, cast):
    assert ada()
    (letter,) = mail.outbox
    page = letter.alternatives[0][0]
    assert letter.to == [cast.ada.email]
    assert letter.subject == "The week in “Bees and other visitors”: May 4, 2026 to May 10, 2026"
    for text in (letter.body, page):
        assert "About 3 learners were active (1 more than the week before)" in text
        assert "Mentor material" in text and "/learners/segments/" in text and "/community/digest/weekly/" in text
    assert "- Active learners (about): 3 · 2" in letter.body
    assert page.count("<table") == 3 and "<script" not in page and " style=" not in page.partition("<body>")[2]


def test_the_mail_tells_what_the_page_shows(ada, cast, weeks, course_key):
    ada()
    page = mail.outbox[0].alternatives[0][0]
    for figure, _url in contents_for(cast.ada, course_key, now=weeks.now).figures:
        assert figure.finding in page.replace("&#x27;", "'")
        for row in figure.rows:
            assert row.name.replace("'", "&#x27;") in page


def test_it_names_no_learner(ada, weeks):
    ada()
    for text in (mail.outbox[0].body, mail.outbox[0].alternatives[0][0]):
        assert "Chen" not in text and not any(learner.username in text for learner in weeks.learners)


def test_once_a_week_and_again_the_next(ada, weeks, course_key, tell):
    assert [ada(), ada(), ada(30), ada(47)] == [True, False, False, False]
    tell(weeks.learners, weeks.now + timedelta(days=2))
    fill_course(course_key, now=weeks.now + WEEK)
    assert ada(24 * 7)
    assert len(mail.outbox) == 2


def test_it_goes_out_from_its_hour_on_for_two_days(ada, settings):
    settings.COMMUNITY_WEEKLY_HOUR = 11
    assert not ada()
    assert not ada(2 + 48)
    assert ada(2 + 47)


@pytest.mark.parametrize(
    ("zone", "weekday", "hour", "at", "due"),
    [
        ("UTC", 0, 8, datetime(2026, 5, 11, 8, tzinfo=UTC), "2026-05-04"),
        ("UTC", 0, 8, datetime(2026, 5, 11, 7, 59, tzinfo=UTC), None),
        ("UTC", 4, 8, datetime(2026, 5, 15, 9, tzinfo=UTC), "2026-05-04"),
        ("America/New_York", 0, 8, datetime(2026, 5, 11, 11, tzinfo=UTC), None),
        ("America/New_York", 0, 8, datetime(2026, 5, 11, 12, tzinfo=UTC), "2026-05-04"),
        # In Auckland Monday begins while it is Sunday by universal time: the week is not over there yet.
        ("Pacific/Auckland", 0, 8, datetime(2026, 5, 10, 20, 30, tzinfo=UTC), "2026-04-27"),
    ],
)
def test_day_and_hour_are_those_of_the_site(zone, weekday, hour, at, due, settings):
    settings.TIME_ZONE, settings.COMMUNITY_WEEKLY_WEEKDAY, settings.COMMUNITY_WEEKLY_HOUR = zone, weekday, hour
    found = week_due(at)
    assert (found and found.isoformat()) == due
    assert due_at(at) <= at < due_at(at) + WEEK


def test_a_killed_worker_does_not_send_twice(ada, monkeypatch):
    def die(*args):
        raise SystemExit

    monkeypatch.setattr(actions, "post_letter", die)
    with pytest.raises(SystemExit):
        ada()
    monkeypatch.undo()
    assert not ada() and mail.outbox == []


def test_a_mail_server_that_fails_is_no_error_and_names_nobody(ada, monkeypatch, caplog):
    def refuse(letter, address):
        raise OSError(address)

    monkeypatch.setattr(actions, "post_letter", refuse)
    assert not ada()
    assert "could not be handed over" in caplog.text and "@" not in caplog.text


def test_nothing_is_sent_of_two_weeks_in_which_nothing_happened(ada, weeks, course_key):
    fill_course(course_key, now=weeks.now + 4 * WEEK)
    assert not ada(24 * 7 * 4) and mail.outbox == []
    assert not WeeklyDigest.objects.exclude(last_week=None).exists()


def test_who_is_not_on_the_team_or_has_no_address_gets_none(ada, cast, course_key, everybody, weeks):
    for who in ("learner", "stranger", "moderator", "staff of another course", "data researcher", "global staff"):
        assert not send_digest(user_id=everybody[who].id, course_key=course_key, now=weeks.now), who
    assert not send_digest(user_id=2**31 - 1, course_key=course_key, now=weeks.now)
    get_user_model().objects.filter(id=cast.ada.id).update(email="")
    assert not ada()
    get_user_model().objects.filter(id=cast.ada.id).update(email="ada@example.org", is_active=False)
    assert not ada()
    get_user_model().objects.filter(id=cast.ada.id).update(is_active=True)
    CourseRole.objects.filter(user=cast.ada).delete()
    assert not ada()
    assert mail.outbox == []


def test_it_speaks_the_readers_language(ada, cast):
    Profile.objects.filter(user=cast.ada).update(language="fr")
    assert ada()
    assert 'lang="fr"' in mail.outbox[0].alternatives[0][0]


def test_a_wish_for_no_mail_at_all_holds(ada, cast, weeks):
    from referral_xblock.consent.actions import stop_mail
    from referral_xblock.consent.queries import mailboxes_of

    stop_mail(mailbox=mailboxes_of(cast.ada.email)[0], now=weeks.now)
    assert not ada() and mail.outbox == []


def test_a_course_switches_it_off_for_all_and_on_again(ada, cast, course_key, weeks):
    switch(by=cast.ada, course_key=course_key, on=False, now=weeks.now)
    assert not ada()
    switch(by=cast.ada, course_key=course_key, on=True, now=weeks.now)
    assert ada()
    assert DigestSwitch.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "learner", "moderator", "staff of another course", "data researcher"])
def test_others_switch_nothing(who, everybody, course_key, now):
    with pytest.raises(NotAllowedError):
        switch(by=everybody[who], course_key=course_key, on=False, now=now)
    with pytest.raises(NotAllowedError):
        want(by=everybody[who], course_key=course_key, wanted=False, now=now)
    assert not DigestSwitch.objects.exists() and not WeeklyDigest.objects.exists()


def stop_path(letter):
    return re.search(r"https?://[^/]+(/community/digest/weekly/\w+/)", letter.body).group(1)


def test_the_link_shows_first_and_stops_on_a_press(ada, weeks, tell, course_key):
    ada()
    path = stop_path(mail.outbox[0])
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert "Stop this mail" in Client().get(path).content.decode()
    assert not WeeklyDigest.objects.exclude(stopped_at=None).exists(), "reading stopped nothing"
    one_click = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and "no more weekly mail" in one_click.content.decode()
    tell(weeks.learners, weeks.now + timedelta(days=2))
    fill_course(course_key, now=weeks.now + WEEK)
    assert not ada(24 * 7)
    Client().post(path, {"mail": "allow"})
    assert ada(24 * 7)


def test_a_damaged_link_stops_nobody(ada):
    ada()
    for key in ("0" * 32, "x", "a" * 300):
        assert Client().get(f"/community/digest/weekly/{key}/").status_code == 404
        assert Client().post(f"/community/digest/weekly/{key}/").status_code == 404
    assert not WeeklyDigest.objects.exclude(stopped_at=None).exists()


def test_the_team_is_asked_for_once_figures_of_the_week_are_whole(ada, weeks, course_key, cast):
    asked = []

    def look(now):
        asked.clear()
        look_for_digests(now=now, ask=lambda *call: asked.append(call))
        return asked

    assert look(weeks.now - timedelta(hours=2)) == []
    assert look(weeks.now) == [(cast.ada.id, str(course_key))]
    ada()
    assert look(weeks.now) == []
    assert look(weeks.now + WEEK) == [], "the next week is not filled"
    fill_course(course_key, now=weeks.now + WEEK)
    assert look(weeks.now + WEEK) == [(cast.ada.id, str(course_key))]
    switch(by=cast.ada, course_key=course_key, on=False, now=weeks.now)
    assert look(weeks.now + WEEK) == []


def test_the_schedule_has_it_and_the_workers_know_it():
    from celery import current_app

    import community_dashboard.tasks  # noqa: F401
    from community_dashboard.lms_settings import PERIODIC

    names = {task for task, _minutes in PERIODIC.values()}
    assert "community_dashboard.look_for_learner_digests" in names
    assert {"community_dashboard.look_for_learner_digests", "community_dashboard.send_learner_digest"} <= set(
        current_app.tasks
    )


def test_retirement_leaves_nothing_of_the_person(ada, cast, course_key, weeks):
    ada()
    switch(by=cast.ada, course_key=course_key, on=True, now=weeks.now)
    parts = {part.name: list(part.rows) for part in own_weekly_digests(cast.ada.id)}
    assert len(parts["weekly_mail_to_teams"]) == len(parts["weekly_mail_switched"]) == 1
    forget_retired(user=cast.ada)
    assert not WeeklyDigest.objects.exists()
    assert [one.changed_by_id for one in DigestSwitch.objects.all()] == [None]


def test_the_cost_is_bounded(ada, django_assert_max_num_queries):
    with django_assert_max_num_queries(80):
        assert ada()
