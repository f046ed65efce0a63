"""A post of the timeline is read where the team is."""

from __future__ import annotations

import re

import pytest

from tests.community_dashboard.moderation.projection.conftest import ForumOf


@pytest.fixture
def thread(course_key, cast):
    """A thread of chen, with words that would like to be a script."""
    return ForumOf(course_key).thread(
        cast.chen, "<b>Bees</b>", "<script>alert(1)</script>Why *so* many?\n<b>Really</b>"
    )


def main(response) -> str:
    return re.sub(r"<(script|style)[^>]*src[^>]*></script>", "", response.content.decode())


def test_its_words_are_shown_as_words(thread, cast, page, client_of):
    response = client_of(cast.ada).get(f"{page}post/thread/{thread.id}/")
    assert response.status_code == 200
    assert "&lt;b&gt;Bees&lt;/b&gt;" in main(response)
    assert "Why *so* many?<br>Really" in main(response)
    assert "alert(1)" not in main(response)


def test_an_answer_bears_the_title_of_its_thread(thread, cast, course_key, page, client_of):
    answer = ForumOf(course_key).answer(thread, cast.chen, "They dance.")
    text = main(client_of(cast.ada).get(f"{page}post/comment/{answer.id}/"))
    assert "They dance." in text and "&lt;b&gt;Bees" in text


@pytest.mark.parametrize("address", ["thread/999999", "comment/999999", "thread/x", "poem/1", "thread/" + 70 * "9"])
def test_what_is_gone_is_said(cast, page, client_of, address):
    response = client_of(cast.ada).get(f"{page}post/{address}/")
    assert response.status_code == 404


def test_a_post_of_another_course_is_none_of_this(cast, elsewhere, page, client_of):
    other = ForumOf(elsewhere).thread(cast.chen, "Birds", "Of the other course")
    response = client_of(cast.ada).get(f"{page}post/thread/{other.id}/")
    assert response.status_code == 404
    assert "Of the other course" not in response.content.decode()
