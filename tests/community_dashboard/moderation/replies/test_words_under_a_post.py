"""A kept reply as it would stand under a post: chosen on the desk and on the telephone, alone or before what is typed."""

import re
from html import unescape

import pytest
from django.urls import reverse
from forum.backends.mysql.models import Comment

from community_dashboard.moderation.decisions.asking import reply_options
from community_dashboard.moderation.queue.queries import item_of
from demo.campus import actions as campus
from referral_xblock.api import Role
from tests.people import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(filled, cast):
    """chen's question in the queue."""
    return filled.queued(cast.chen)


@pytest.fixture
def words(course_key, waiting):
    """Where the words are asked for."""
    address = reverse("community_dashboard:moderation_reply_words", args=[str(course_key), "thread", waiting.id])
    return lambda client, number: client.get(address, {"canned": number})


@pytest.fixture
def answer(course_key, waiting, client_of, cast):
    """`answer(canned=…, body=…)`: bo presses the button."""

    def pressed(**fields):
        address = reverse("community_dashboard:moderation_decide", args=[str(course_key), "thread", waiting.id])
        version = item_of(course_key, waiting).version
        return client_of(cast.bo).post(address, {"choice": "reply", "version": version, **fields})

    return pressed


def test_its_names_are_filled_and_nothing_is_written(cast, keep, client_of, words):
    said = words(client_of(cast.bo), keep("Hello {name}, <b>{course}</b>. {moderator}").pk)
    assert (said.status_code, said.content.decode()) == (200, "Hello chen, <b>Bees and other visitors</b>. bo")
    assert said["Content-Type"].startswith("text/plain") and said["X-Content-Type-Options"] == "nosniff"
    assert not Comment.objects.exists()


def test_a_topic_without_a_title_of_its_own_is_called_in_the_language_of_the_reply(
    cast, keep, client_of, words, waiting, filled
):
    from forum.backends.mysql.models import CommentThread

    CommentThread.objects.update(commentable_id="course")
    filled.read(waiting)
    said = [
        words(client_of(cast.bo), keep("{unit}", title=language, language=language).pk) for language in ("fr", "en")
    ]
    assert [one.content.decode() for one in said] == ["Général", "General"]


@pytest.mark.parametrize("number", ["", "0", "4711", "x", "9" * 40])
def test_one_that_is_not_kept_is_a_sentence(cast, client_of, words, number):
    said = words(client_of(cast.bo), number)
    assert (said.status_code, "no longer kept" in said.content.decode()) == (409, True)


def test_what_cannot_be_filled_is_a_sentence(cast, keep, client_of, words, waiting, filled):
    from forum.backends.mysql.models import CommentThread

    reply = keep()
    CommentThread.objects.update(anonymous=True)
    filled.read(waiting)
    said = words(client_of(cast.bo), reply.pk)
    assert said.status_code == 409 and "{name}, which is not known or not to be said here" in said.content.decode()


def test_a_post_that_is_gone_is_a_sentence(cast, keep, client_of, course_key):
    address = reverse("community_dashboard:moderation_reply_words", args=[str(course_key), "thread", "4711"])
    said = client_of(cast.bo).get(address, {"canned": keep().pk})
    assert (said.status_code, said.content.decode()) == (409, "This post is no longer there.")


def test_only_for_who_may_answer_here(cast, keep, client_of, words):
    number = keep().pk
    other = make_course("course-v1:Test+Other+2026").course_key
    campus.give_role(user=cast.dara, course_key=other, role=Role.FORUM_MODERATOR)
    assert words(client_of(None), number).status_code == 302
    for stranger in (cast.chen, cast.dara):
        assert words(client_of(stranger), number).status_code == 403
    said = words(client_of(cast.ada), number)  # of the course's staff, without a role in the forum
    assert said.status_code == 409 and "Hello" not in said.content.decode()


def test_the_abbreviation_stands_first_where_it_is_chosen(cast, keep, client_of, course_key, waiting):
    keep(shortcut="hi")
    keep("Bonjour", title="Accueil", language="fr")
    page = client_of(cast.bo).get(
        reverse("community_dashboard:moderation_item", args=[str(course_key), "thread", waiting.id])
    )
    options = re.findall(
        r"<option[^>]*>(.*?)</option>", page.content.decode().split('id="reply-canned"')[1].split("</select>")[0]
    )
    assert [unescape(one) for one in options] == ["none", "hi · Welcome", "Accueil (fr)"]


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({}, "Hello chen"),
        ({"body": "See you."}, "Hello chen\n\nSee you."),
        ({"body": "Hello dear chen", "filled": "yes"}, "Hello dear chen"),
        ({"body": " ", "filled": "yes"}, "Hello chen"),
    ],
    ids=["alone", "before what is typed", "changed by hand", "emptied"],
)
def test_what_is_sent(keep, answer, typed, stands):
    assert answer(canned=keep().pk, **typed).status_code == 303
    assert Comment.objects.get().body == stands


def test_words_that_stood_in_the_field_are_sent_though_the_reply_was_removed(keep, answer):
    reply = keep()
    number = reply.pk
    reply.delete()
    assert answer(canned=number, body="Hello chen", filled="yes").status_code == 303
    assert Comment.objects.get().body == "Hello chen"


def test_one_in_the_language_of_a_country_is_offered_first_too(keep, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("fr-ca", "Français (Canada)")]
    kept = [keep(title="A"), keep(title="B", language="fr-ca")]
    assert [words for _number, words in reply_options(kept, "fr")] == ["B", "A (en)"]


def test_without_javascript_what_was_chosen_stays_chosen_when_something_is_wrong(keep, answer):
    from forum.backends.mysql.models import CommentThread

    CommentThread.objects.update(closed=True)
    number = keep().pk
    page = answer(canned=number, body="My own words")
    text = page.content.decode()
    assert page.status_code == 409 and f'<option value="{number}" selected' in text and "My own words" in text


def test_a_number_beyond_every_database_is_refused(answer):
    assert answer(canned="9" * 40, body="x").status_code == 400
    assert not Comment.objects.exists()


def test_it_is_chosen_on_the_telephone_in_two_taps(cast, keep, client_of, course_key, waiting):
    number = keep(shortcut="hi").pk
    phone = reverse("community_dashboard:moderation_phone", args=[str(course_key)])
    bo = client_of(cast.bo)
    text = bo.get(phone).content.decode()
    assert "hi · Welcome" in text
    form = next(one for one in re.findall(r"<form.*?</form>", text, re.S) if 'value="reply"' in one)
    assert " required" not in form
    sent = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    wrong = bo.post(phone, sent | {"canned": "4711"})
    assert (
        wrong.status_code == 409 and "no longer kept" in wrong.content.decode() and "<details" in wrong.content.decode()
    )
    assert bo.post(phone, sent | {"canned": number, "body": "See you."}).status_code == 303
    assert Comment.objects.get().body == "Hello chen\n\nSee you."
