"""The page of one reply to many: GET shows, POST answers, and the draft of a note can be copied or downloaded."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from community_dashboard.moderation.answers import queries
from community_dashboard.moderation.decisions.models import Decision
from demo.campus import actions as campus
from referral_xblock.api import Role
from tests.people import make_course

NAMES = ["moderation_same", "moderation_note"]


def url(world, ref, name="moderation_same"):
    return reverse(f"community_dashboard:{name}", args=[str(world.course_key), ref.kind.value, ref.id])


@pytest.fixture
def page(client_of, cast, world):
    """`page()` is what bo sees for the first who asked."""

    def get(who=None, ref=None, **query):
        return client_of(who or cast.bo).get(url(world, ref or world.asked[0]), query)

    return get


def values(world, refs=None):
    return [f"{ref.kind.value}:{ref.id}" for ref in (world.asked if refs is None else refs)]


@pytest.fixture
def send(client_of, cast, world, page):
    """`send(refs, body="…")` presses the button as bo, on a page that was just opened."""

    def post(refs=None, who=None, **given):
        html = page().content.decode()
        seen = unescape(html.split('name="seen" value="')[1].split('"')[0])
        data = {"post": values(world, refs), "body": "Please reload.", "seen": seen} | given
        return client_of(who or cast.bo).post(url(world, world.asked[0]), data)

    return post


def test_get_shows_what_would_be_answered_and_does_nothing(world, page):
    html = page().content.decode()
    for value in values(world):
        assert f'value="{value}" checked' in html
    assert f"thread:{world.alike.id}" not in html
    assert "Please reload the page once." in html
    assert not Decision.objects.exists()


def test_an_answer_that_was_given_can_be_used_again(world, page):
    assert "Please **reload** the page once.</textarea>" in page(answer=world.answer.id).content.decode()
    assert page(answer="999999").status_code == 200
    assert page(answer="x" * 1000).status_code == 200


def test_post_answers_the_ticked_and_says_so(world, send):
    response = send(world.asked[:2])
    assert response.status_code == 200
    assert "2 posts are answered" in response.content.decode()
    assert world.answers_in(world.asked[0]) == world.answers_in(world.asked[1]) == ["Please reload."]
    assert world.answers_in(world.asked[2]) == []


def test_sent_again_it_says_the_same_and_writes_nothing(world, send):
    send()
    assert "3 posts are answered" in send().content.decode()
    assert [world.answers_in(ref) for ref in world.asked] == [["Please reload."]] * 3


def test_what_cannot_be_answered_is_told_beside_its_thread(world, send):
    from forum.backends.mysql.models import CommentThread

    CommentThread.objects.filter(pk=world.asked[1].id).update(closed=True)
    html = send().content.decode()
    assert "2 posts are answered" in html
    assert html.count("not answered:") == 1


@pytest.mark.parametrize(
    "given",
    [{"body": " "}, {"post": []}, {"post": ["thread:", "x"]}, {"seen": "yesterday"}, {"seen": "2026-02-31T00:00:00Z"},
     {"body": "x" * 10_001}, {"post": [f"thread:{number}" for number in range(30)]}],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_sent(world, send, given):
    response = send(**given)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not Decision.objects.exists()


def test_texts_of_people_are_escaped(world, cast, page):
    evil = world.forum.thread(
        cast.chen, "<script>alert(1)</script> cannot submit quiz 2", "</textarea><b>grey submit button"
    )
    world.read(evil)
    for ref in (evil, world.asked[0]):
        html = page(ref=ref).content.decode()
        assert "<script>alert" not in html
        assert "</textarea><b>" not in html


def test_the_note_has_the_question_in_common_words_the_answer_and_no_name(world, client_of, cast):
    response = client_of(cast.bo).get(url(world, world.asked[0], "moderation_note"), {"answer": world.answer.id})
    text = response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Question: " in text and "submit" in text.split("Question: ")[1].splitlines()[0].lower()
    assert "Asked in 4 threads." in text
    assert "Please **reload** the page once." in text
    assert not {"chen", "finn", "gwen", "hal"} & set(text.lower().split())


def test_without_scikit_learn_the_page_works_and_says_so(world, page, monkeypatch):
    monkeypatch.setattr(queries, "is_learned", lambda: False)
    html = page().content.decode()
    assert "scikit-learn is not installed" in html
    assert f'value="{values(world)[1]}" checked' in html


def test_threads_that_came_since_are_compared_at_the_next_visit(world, cast, page):
    from community_dashboard.moderation.projection.actions import project

    new = world.forum.thread(cast.chen, "I cannot submit quiz 2", "The submit button of quiz 2 is grey.")
    project(course_key=world.course_key, refs=[new], now=world.now)
    assert f"thread:{new.id}" in page().content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_course_staff_read_and_the_page_says_how_to_get_a_role(world, client_of, cast, name):
    response = client_of(cast.ada).get(url(world, world.asked[0], name))
    assert response.status_code == 200
    if name == "moderation_same":
        assert "Answer all that are ticked" not in response.content.decode()
        assert "for a role" in response.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_strangers_learners_and_other_courses_staff_are_refused(world, client_of, cast, learner, name):
    other = make_course("course-v1:Test+Wasps+2026").course_key
    stranger = learner("kim")
    campus.give_role(user=stranger, course_key=other, role=Role.FORUM_MODERATOR)
    for who in (cast.dara, cast.chen, stranger):
        assert client_of(who).get(url(world, world.asked[0], name)).status_code == 403
    assert client_of(None).get(url(world, world.asked[0], name)).status_code == 302
    assert client_of(stranger).post(url(world, world.asked[0]), {"post": values(world)}).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_post_that_is_not_in_this_course_is_not_found(world, client_of, cast, name):
    for kind, post_id in (("thread", "987654"), ("comment", "1" * 64), ("poem", "1")):
        address = reverse(f"community_dashboard:{name}", args=[str(world.course_key), kind, post_id])
        assert client_of(cast.bo).get(address).status_code == 404
