"""An author who is warned, silenced or banned gets one mail: what, until when, why, and where to appeal."""

from datetime import timedelta

import pytest
from django.core import mail

from community_dashboard.moderation.sanctions import actions
from community_dashboard.moderation.sanctions.models import Sanction
from community_dashboard.moderation.sanctions.notices import tell


@pytest.fixture
def about(cast, course_key, now):
    return {
        "by": cast.bo,
        "course_key": course_key,
        "user": cast.chen,
        "reason": "Insults <b>in</b> three posts.",
        "now": now,
        "decision_id": 7,
    }


def test_a_silence_says_until_when_why_and_where(about, cast, now, course_key, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.silence(**about, until=now + timedelta(days=3))
    (letter,) = mail.outbox
    html = letter.alternatives[0][0]
    assert letter.to == [cast.chen.email]
    assert "Bees and other visitors" in letter.subject
    for words in ("You cannot post", "2026", f"/community/me/appeals/{course_key}/7/"):
        assert words in letter.body
        assert words in html
    assert "Insults <b>in</b> three posts." in letter.body
    assert "Insults &lt;b&gt;in&lt;/b&gt;" in html
    for name in (cast.bo.email, "Lindgren"):
        assert name not in letter.body


def test_it_is_sent_once(about, now, django_capture_on_commit_callbacks):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.warn(**about)
    assert not tell(sanction_id=Sanction.objects.get().pk, now=now)
    assert len(mail.outbox) == 1
    assert "You can post as before." in mail.outbox[0].body


@pytest.mark.parametrize("why", ["switched off", "taken back", "no address", "not active", "course gone"])
def test_nobody_is_written_to_in_vain(about, cast, now, settings, why):
    row = actions.ban(**about)
    if why == "switched off":
        settings.COMMUNITY_TELL_SANCTIONED = False
    elif why == "taken back":
        actions.take_back(by=cast.bo, decision_id=7, now=now)
    elif why == "course gone":
        from demo.courseware.models import Course

        Course.objects.all().delete()
    else:
        changed = {"email": ""} if why == "no address" else {"is_active": False}
        type(cast.chen).objects.filter(pk=cast.chen.pk).update(**changed)
    assert not tell(sanction_id=row.pk, now=now)
    assert mail.outbox == []


def test_a_mail_server_that_fails_stops_nothing(about, now, settings, caplog):
    row = actions.ban(**about)
    settings.EMAIL_BACKEND = "tests.no.such.Backend"
    assert not tell(sanction_id=row.pk, now=now)
    assert "could not be handed over" in caplog.text
    assert "example.org" not in caplog.text


def test_a_broker_that_is_away_stops_nothing(about, monkeypatch, django_capture_on_commit_callbacks):
    from community_dashboard.moderation.sanctions.tasks import tell_sanctioned

    def away(*args):
        raise ConnectionError

    monkeypatch.setattr(tell_sanctioned, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        actions.ban(**about)
    assert Sanction.objects.exists()


def test_it_is_written_in_the_authors_language(about, cast, now):
    from demo.campus.models import Profile

    Profile.objects.filter(user=cast.chen).update(language="fr")
    row = actions.ban(**about)
    assert tell(sanction_id=row.pk, now=now)
    assert "You can no longer post" not in mail.outbox[0].body
