"""The message itself: both forms, the course's language, the headers, and names that mean no good."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.core import mail

from referral_xblock.consent.names import LONGEST, problem_with, tidy
from referral_xblock.data import Course
from referral_xblock.sharing.invitation_letter import language_of, preview, write
from referral_xblock.sharing.invitation_post import post

URL = "http://testserver/r/k7m3p9qd?utm_source=invitation&utm_medium=email&utm_campaign=x"
COURSE = Course(
    key="course-v1:Test+Bees101+2026", title="Bees & other visitors", organisation="Test", number="Bees101",
    summary="Who visits a flower, and why it matters.", language="en", start=datetime(2026, 1, 5, tzinfo=UTC), end=None,
    about_url="http://testserver/about", home_url="http://testserver/home", picture_url="", open_to_public=True, graded=True,
)  # fmt: skip


def sent(*, name="Chen L.", course=COURSE, address="eli@example.org"):
    post(write(name=name, course=course, url=URL, mailbox="0" * 40), address)
    return mail.outbox[-1]


def html_of(message):
    return message.alternatives[0][0]


def test_it_says_who_asked_on_which_platform_and_why_and_how_to_stop(settings):
    message = sent()
    assert message.subject == "Chen L. invites you to “Bees & other visitors”"
    for text in (message.body, html_of(message).replace("&amp;", "&").replace("<bdi>", "").replace("</bdi>", "")):
        assert "Chen L. invites you to the course “Bees & other visitors” on Demo campus." in text
        assert "Chen L. entered your address on Demo campus and asked for this message, which is sent once." in text
        assert "Your address is not kept" in text
        assert "No more mail, with one press" in text
        assert URL in text
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert message.reply_to == []


def test_the_headers_let_a_mail_program_stop_it_with_one_press():
    headers = sent().message()
    (address,) = re.fullmatch(
        r"<(http://testserver/community/unsubscribe/[^>]+/)>", headers["List-Unsubscribe"]
    ).groups()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.outbox[-1].body
    assert headers.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in headers.get_payload()] == ["text/plain", "text/html"]


def test_nothing_in_it_is_fetched_from_anywhere_and_nothing_counts_who_reads_it():
    html = html_of(sent())
    assert not re.search(r"<img|<link|<script|src=|url\(|background=", html)
    assert len(re.findall(r"https?://", html)) == 2, "the invitation, and the way to stop"


def test_a_french_course_writes_french():
    message = sent(course=replace(COURSE, title="Observer les pollinisateurs", language="fr"))
    assert message.subject == "Chen L. vous invite à «\xa0Observer les pollinisateurs\xa0»"
    assert "invites you" not in message.body + html_of(message)
    assert '<div lang="fr" dir="ltr">' in html_of(message)


@pytest.mark.parametrize(
    ("language", "chosen"), [("fr", "fr"), ("fr-CA", "fr"), ("fr_FR", "fr"), ("sw", "en"), ("", "en")]
)
def test_a_language_that_the_site_does_not_speak_gives_the_sites_own(language, chosen):
    assert language_of(replace(COURSE, language=language)) == chosen


def test_right_to_left_is_marked():
    assert 'lang="ar" dir="rtl"' in html_of(sent(course=replace(COURSE, language="ar")))


def test_a_course_that_is_not_open_is_not_told_of():
    message = sent(course=replace(COURSE, open_to_public=False))
    everything = message.subject + message.body + html_of(message)
    assert "Bees" not in everything
    assert "flower" not in everything
    assert message.subject == "Chen L. invites you to a course"


HOSTILE = [
    "Chen\r\nBcc: victim@example.org",
    "Chen\nSubject: Win",
    "<b>Chen</b><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "\u202enehC\u2028x",
    "\x00\x1b[31mChen",
    '"Chen" <chen@x.example>',
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(name):
    message = sent(name=name)
    parsed = message.message()
    assert parsed.get_all("Bcc") is None
    assert len(parsed.get_all("Subject")) == len(parsed.get_all("To")) == 1
    assert "\n" not in message.subject
    html = html_of(message)
    assert "<img" not in html
    assert "<b>Chen" not in html
    assert django_settings.SECRET_KEY not in message.subject + message.body + html


@pytest.mark.parametrize("name", HOSTILE)
def test_such_a_name_can_mostly_not_even_be_chosen(name):
    kept = tidy(name)
    assert "\n" not in kept
    assert "\r" not in kept
    assert len(kept) <= LONGEST or problem_with(kept)


def test_a_hostile_course_is_only_a_course():
    message = sent(
        course=replace(COURSE, title="Bees\r\nBcc: victim@example.org", summary="<script>alert(1)</script>" * 90)
    )
    assert message.message().get_all("Bcc") is None
    assert "<script>" not in html_of(message)
    assert len(message.body) < 2000


def test_the_postal_address_stands_in_it_where_the_platform_has_one(settings):
    settings.CONTACT_MAILING_ADDRESS = "SET-ME-PLEASE"
    assert "SET-ME" not in sent().body
    settings.CONTACT_MAILING_ADDRESS = "1 Meadow Lane, 12345 Town"
    message = sent()
    assert "Demo campus, 1 Meadow Lane, 12345 Town" in message.body
    assert "Demo campus, 1 Meadow Lane, 12345 Town" in html_of(message)


def test_the_learner_sees_beforehand_what_is_sent():
    shown = preview(name="Chen L.", course=COURSE)
    assert shown["subject"] == sent().subject
    assert "http" not in shown["text"]
    assert mail.outbox[-1].body.splitlines()[0] == shown["text"].splitlines()[0]


def test_a_domain_of_another_alphabet_stands_in_the_header_as_ascii():
    assert sent(address="eli@xn--bcher-kva.example").message()["To"] == "eli@xn--bcher-kva.example"


def test_by_edx_ace_it_is_the_same_message_and_the_platform_is_not_told_the_address(settings, monkeypatch):
    """Where edx-ace is installed, as in every LMS."""
    pytest.importorskip("edx_ace", reason="edx-ace is not installed")
    from django.apps import apps
    from edx_ace.signals import ACE_MESSAGE_SENT

    by_django = sent()
    settings.ACE_ENABLED_CHANNELS, settings.ACE_ENABLED_POLICIES = ["django_email"], []
    settings.ACE_CHANNEL_DEFAULT_EMAIL = settings.ACE_CHANNEL_TRANSACTIONAL_EMAIL = "django_email"
    installed = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda name: name == "edx_ace" or installed(name))
    told = []

    def listen(message, **kwargs):
        told.append(json.dumps(message))

    ACE_MESSAGE_SENT.connect(listen)
    try:
        by_ace = sent()
    finally:
        ACE_MESSAGE_SENT.disconnect(listen)
    assert mail.outbox[-1] is not by_django
    assert told == []
    assert (by_ace.subject, by_ace.body, by_ace.to) == (by_django.subject, by_django.body, by_django.to)
    assert by_ace.extra_headers == by_django.extra_headers
    assert by_ace.from_email == by_django.from_email
    assert re.sub(r"\s+", "", html_of(by_ace)) == re.sub(r"\s+", "", html_of(by_django))
