"""The demo's own pages of the forum: read, ask, answer, report; for those who are in the course."""

import pytest

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(course_key):
    return f"/courses/{course_key}/discussion/"


def test_a_learner_asks_and_another_answers(cast, client_of, page):
    said = {"topic": "course", "kind": "question", "title": "Which bees sting?", "body": "Please <b>tell</b>."}
    response = client_of(cast.chen).post(page, said)
    assert response.status_code == 302
    thread = response["Location"]
    assert client_of(cast.bo).post(thread, {"body": "The females."}).status_code == 302
    html = client_of(cast.chen).get(thread).content.decode()
    assert "The females." in html
    assert "Please &lt;b&gt;tell&lt;/b&gt;." in html
    html = client_of(cast.chen).get(page).content.decode()
    assert "Which bees sting?" in html
    assert "1 answer" in html


def test_what_is_missing_is_said(cast, client_of, page):
    response = client_of(cast.chen).post(page, {"topic": "nowhere", "kind": "question", "title": "", "body": "Text"})
    assert response.status_code == 400
    assert "Text</textarea>" in response.content.decode()


def test_a_report_reaches_the_moderators(cast, client_of, page, asked, course_key, host):
    thread = asked.thread
    response = client_of(cast.chen).post(f"{page}comment/{asked.answer.ref.id}/report/")
    assert response["Location"].endswith(f"/{thread.ref.id}/")
    assert host.read_post(by=cast.bo, course_key=course_key, ref=asked.answer.ref).flagged


def test_what_a_moderator_hides_is_no_longer_read(cast, client_of, page, asked, course_key, now):
    decide(
        by=cast.bo, course_key=course_key, ref=PostRef(PostKind.THREAD, asked.thread.ref.id), choice=Choice.HIDE,
        reason="Advertising", now=now,
    )  # fmt: skip
    assert "Please tell." not in client_of(cast.chen).get(f"{page}{asked.thread.ref.id}/").content.decode()


@pytest.mark.parametrize("path", ["", "1/"])
def test_outsiders_find_nothing_and_visitors_sign_in(path, cast, client_of, page, asked):
    assert client_of(cast.dara).get(f"{page}{path}").status_code == 404
    assert client_of().get(f"{page}{path}").status_code == 302


@pytest.mark.parametrize("path", ["99999/", "thread/99999/report/"])
def test_a_thread_that_is_not_there_is_not_found(path, cast, client_of, page):
    browser = client_of(cast.chen)
    method = browser.post if "report" in path else browser.get
    assert method(f"{page}{path}").status_code == 404


def test_a_kind_that_is_none_is_not_found(cast, client_of, page):
    assert client_of(cast.chen).post(f"{page}unit/1/report/").status_code == 404
