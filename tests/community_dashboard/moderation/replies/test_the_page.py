"""…/moderation/replies/: read by everybody of moderation, kept by who has a role in the forum, and nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from community_dashboard.moderation.decisions import kept_replies
from community_dashboard.moderation.decisions.errors import ChangedError
from community_dashboard.moderation.decisions.models import CannedReply
from demo.campus import actions as campus
from referral_xblock.api import Role
from tests.people import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(course_key):
    return reverse("community_dashboard:moderation_replies", args=[str(course_key)])


@pytest.fixture
def drop(course_key):
    """`drop(reply)`: the address that removes it."""
    return lambda reply: reverse("community_dashboard:moderation_drop_reply", args=[str(course_key), reply.pk])


def sent(**more):
    values = {"title": "Welcome", "shortcut": "hi", "language": "en", "body": "Hello {name}", "number": "", "seen": ""}
    return values | more


def fields(answer):
    """What the form would send as it stands."""
    text = answer.content.decode()
    found = dict(re.findall(r'<input type="(?:hidden|text)" name="(\w+)" value="([^"]*)"', text))
    body = re.search(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', text, re.S)
    language = re.search(r'<option value="(\w+)" selected', text)
    found |= {"body": body[1], "language": language[1]}
    found.pop("csrfmiddlewaretoken", None)
    return {name: unescape(value) for name, value in found.items()}


def test_who_may_open_it(cast, page, client_of):
    assert client_of(None).get(page).status_code == 302
    assert client_of(cast.dara).get(page).status_code == 403
    assert client_of(cast.chen).get(page).status_code == 403
    for reader in (cast.ada, cast.bo):
        answer = client_of(reader).get(page)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"


def test_the_staff_of_another_course_neither_reads_nor_keeps_nor_removes(cast, page, drop, keep, client_of):
    reply = keep()
    other = make_course("course-v1:Test+Other+2026").course_key
    for role in (Role.COURSE_STAFF, Role.FORUM_MODERATOR):
        campus.give_role(user=cast.dara, course_key=other, role=role)
    dara = client_of(cast.dara)
    assert dara.get(page).status_code == 403
    assert dara.post(page, sent(title="Another")).status_code == 403
    assert dara.post(drop(reply)).status_code == 403
    elsewhere = reverse("community_dashboard:moderation_drop_reply", args=[str(other), reply.pk])
    assert "removed before" in dara.post(elsewhere).content.decode()
    assert list(CannedReply.objects.values_list("title", flat=True)) == ["Welcome"]


def test_course_staff_without_a_role_in_the_forum_reads(cast, page, drop, keep, client_of):
    reply = keep()
    ada = client_of(cast.ada)
    text = ada.get(page).content.decode()
    assert (
        "Hello {name}" in text and "You may read here." in text and "<textarea" not in text and "?change=" not in text
    )
    assert ada.post(page, sent(title="Another")).status_code == 403
    assert ada.post(drop(reply)).status_code == 403
    assert CannedReply.objects.count() == 1


def test_one_is_kept_and_stands_in_the_list(cast, page, client_of):
    bo = client_of(cast.bo)
    answer = bo.post(page, sent(body="Hello {name},\r\nwelcome.", language="fr"), follow=True)
    assert answer.redirect_chain[0][1] == 303
    text = answer.content.decode()
    assert (
        "The reply is kept." in text
        and "Bo Lindgren" in text
        and "<kbd>hi</kbd>" in text
        and "français" in text.lower()
    )
    kept = CannedReply.objects.get()
    assert (kept.body, kept.language, kept.author) == ("Hello {name},\nwelcome.", "fr", cast.bo)


def test_one_is_changed(cast, page, keep, client_of):
    reply, bo = keep(shortcut="hi"), client_of(cast.bo)
    form = fields(bo.get(f"{page}?change={reply.pk}"))
    assert form["body"] == "Hello {name}" and form["title"] == "Welcome" and form["language"] == "en"
    assert bo.post(page, form | {"body": "Good day {name}"}).status_code == 303
    assert list(CannedReply.objects.values_list("pk", "body", "shortcut")) == [(reply.pk, "Good day {name}", "hi")]


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(cast, page, keep, client_of):
    reply, bo = keep(), client_of(cast.bo)
    form = fields(bo.get(f"{page}?change={reply.pk}"))
    assert bo.post(page, form | {"body": "First"}).status_code == 303
    answer = bo.post(page, form | {"body": "Second"})
    assert answer.status_code == 409
    assert "Somebody else has changed this reply" in answer.content.decode() and fields(answer)["body"] == "Second"
    assert CannedReply.objects.get().body == "First"
    assert bo.post(page, fields(answer)).status_code == 303, "seen and wanted all the same"
    assert CannedReply.objects.get().body == "Second"


def test_what_is_changed_and_was_removed_meanwhile_can_be_kept_as_a_new_one(cast, page, drop, keep, client_of):
    reply, bo = keep(), client_of(cast.bo)
    form = fields(bo.get(f"{page}?change={reply.pk}"))
    bo.post(drop(reply))
    answer = bo.post(page, form | {"body": "Typed for long"})
    assert answer.status_code == 409 and "no longer kept" in answer.content.decode()
    assert bo.post(page, fields(answer)).status_code == 303
    assert CannedReply.objects.get().body == "Typed for long"


@pytest.mark.parametrize("code", ["ca@valencia", "en@lolcat", "es-longer-than", "rtl"])
def test_a_language_that_has_no_place_in_the_table_is_not_offered(cast, page, client_of, settings, code):
    settings.LANGUAGES = [("en", "English"), (code, "Of the platform’s own"), ("es-pe", "Español (Perú)")]
    bo = client_of(cast.bo)
    text = bo.get(page).content.decode()
    assert code not in text and "Español (Perú)" in text
    assert bo.post(page, sent(language=code)).status_code == 400
    assert bo.post(page, sent(language="es-pe")).status_code == 303


def test_of_two_who_save_at_once_the_second_is_told(cast, course_key, keep, now):
    reply = keep()
    about = {
        "by": cast.bo,
        "course_key": course_key,
        "language": "en",
        "title": "Welcome",
        "number": reply.pk,
        "seen": now,
    }
    kept_replies.keep_reply(body="First", now=now + timedelta(seconds=1), **about)
    with pytest.raises(ChangedError):
        kept_replies.keep_reply(body="Second", now=now + timedelta(seconds=1), **about)
    assert CannedReply.objects.get().body == "First"


def test_what_is_removed_stands_in_the_form_and_can_be_kept_after_all(cast, page, drop, keep, client_of):
    reply, bo = keep(shortcut="hi"), client_of(cast.bo)
    answer = bo.post(drop(reply))
    assert "The reply is removed." in answer.content.decode() and not CannedReply.objects.exists()
    assert "removed before" in bo.post(drop(reply)).content.decode()
    assert bo.post(page, fields(answer)).status_code == 303
    assert CannedReply.objects.get().shortcut == "hi"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Please give it a short name."),
        ({"title": "x" * 121}, "Please give it a short name."),
        ({"shortcut": "x" * 21}, "at most 20 characters"),
        ({"language": "xx"}, "Please choose a language."),
        ({"language": ""}, "Please choose a language."),
        ({"body": " \n"}, "Please write something."),
        ({"body": "x" * 20_001}, "at most 20000 characters"),
        ({"body": "Hello {nom}"}, "{nom} is not known. Known are: {name}, {unit}, {course}, {moderator}."),
        ({"body": "a } b"}, "A brace stands alone."),
        ({"body": "a\x00b"}, "Null characters"),
        ({"number": "9" * 40}, "Not saved yet"),
        ({"number": "one"}, "Not saved yet"),
        ({"number": "4711"}, "no longer kept"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(cast, page, client_of, wrong, said):
    answer = client_of(cast.bo).post(page, sent(title="My name of it") | wrong)
    text = unescape(answer.content.decode())
    assert answer.status_code in (400, 409) and said in text and 'role="alert"' in text
    assert "title" in wrong or "My name of it" in text
    assert not CannedReply.objects.exists()


def test_a_name_is_there_once_in_a_language(cast, page, keep, client_of):
    keep()
    answer = client_of(cast.bo).post(page, sent(body="Another"))
    assert answer.status_code == 400
    assert "There is a reply of this name already." in answer.content.decode() and "Another" in answer.content.decode()


def test_a_course_keeps_as_many_as_there_is_room_for(cast, page, keep, client_of, monkeypatch):
    monkeypatch.setattr(kept_replies, "MOST", 2)
    replies = [keep(title=f"Number {number}") for number in range(2)]
    bo = client_of(cast.bo)
    answer = bo.post(page, sent(title="One more"))
    assert answer.status_code == 409 and "Remove one first." in answer.content.decode()
    form = fields(bo.get(f"{page}?change={replies[0].pk}"))
    assert bo.post(page, form | {"body": "Changed"}).status_code == 303


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "٣"])
def test_a_number_of_nothing_opens_an_empty_form(cast, page, client_of, number):
    answer = client_of(cast.bo).get(page, {"change": number})
    assert answer.status_code == 200 and "Keep one more" in answer.content.decode()


def test_html_in_a_reply_is_shown_as_it_stands(cast, page, keep, client_of):
    keep("<script>alert(1)</script>", title="<b>x</b>")
    text = client_of(cast.bo).get(page).content.decode()
    assert "<script>alert(1)" not in text and "<b>x</b>" not in text and "&lt;script&gt;alert(1)" in text


def test_the_page_asks_as_much_whatever_is_kept(cast, page, keep, client_of, django_assert_max_num_queries):
    for number in range(60):
        keep(title=f"Number {number:02}")
    bo = client_of(cast.bo)
    with django_assert_max_num_queries(16):
        assert bo.get(page).status_code == 200
