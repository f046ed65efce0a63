"""The default: the learner's own mail program, with the text and the learner's own link of the channel "e-mail"."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from demo.courseware.models import Course
from referral_xblock.models import Link
from referral_xblock.sharing.panel import default_message
from tests.referral_xblock.visits import NAVIGATION

pytestmark = pytest.mark.django_db


def letter(answer):
    """Subject and body of a mailto: address."""
    parts = urlsplit(answer["Location"])
    assert (parts.scheme, parts.path) == ("mailto", ""), "to nobody yet: the learner chooses"
    query = parse_qs(parts.query)
    return query["subject"][0], query["body"][0]


def test_it_carries_the_text_and_the_link_of_its_own_channel(link, cast, client_of):
    subject, body = letter(client_of(cast.chen).get(f"/r/{link.code}/to/email", headers=NAVIGATION))
    code = Link.objects.get(channel="email").code
    assert subject == "Bees and other visitors"
    assert "I am taking “Bees and other visitors”. Join me?" in body
    assert f"/r/{code}?utm_source=email&utm_medium=email" in unquote(body)
    assert code != link.code


def test_the_words_are_in_the_courses_language_whatever_the_learners(link, cast, client_of, course_key):
    Course.objects.filter(course_key=course_key).update(language="fr", title="Observer les pollinisateurs")
    answer = client_of(cast.chen).get(f"/r/{link.code}/to/email", headers=NAVIGATION | {"accept-language": "en"})
    subject, body = letter(answer)
    assert subject == "Observer les pollinisateurs"
    assert "Join me" not in body
    assert "Observer les pollinisateurs" in body


@pytest.mark.parametrize("language", ["", "sw", "en", "en-GB"])
def test_a_language_that_the_site_does_not_speak_leaves_the_readers(language):
    assert default_message("Bees", language).text == "I am taking “Bees”. Join me?"


@pytest.mark.parametrize("language", ["fr", "fr-CA", "fr_FR"])
def test_a_variety_of_a_language_is_that_language(language):
    assert default_message("Abeilles", language).text.startswith("Je suis le cours «")
