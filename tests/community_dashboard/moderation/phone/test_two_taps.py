"""Approve, hide and answer from the phone page; a repeated tap does nothing twice."""

import re
from html import unescape

import pytest
from django.contrib.staticfiles import finders

from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.phone.models import Tap
from community_dashboard.moderation.queue.models import QueueItem


@pytest.fixture
def waiting(thread, desk):
    """chen's question stands in the queue because it was reported."""
    return desk.find(thread)


def fields(text, do):
    """The hidden fields of the first form that does this."""
    forms = [form for form in re.findall(r"<form.*?</form>", text, re.S) if f'name="do" value="{do}"' in form]
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', forms[0])}


def send(client, phone, do, **more):
    """Opens the page and presses a button of its first item."""
    return client.post(phone, fields(client.get(phone).content.decode(), do) | more)


def test_the_item_stands_there_with_its_reason_and_its_text_cleaned(waiting, client_of, cast, phone):
    text = client_of(cast.bo).get(phone).content.decode()
    assert "Why *so* many bees?" in text and "Learners reported it." in text and "chen" in text
    assert "<script>" not in text


def test_nothing_waits(client_of, cast, phone):
    assert "Nothing waits for you" in client_of(cast.bo).get(phone).content.decode()


def test_only_three_stand_there_and_the_rest_is_counted(client_of, cast, phone, desk, forum):
    for number in range(5):
        ref = forum.thread(cast.chen, title=f"Question {number}", body="Why?")
        desk.read(ref)
        desk.find(ref)
    text = client_of(cast.bo).get(phone).content.decode()
    assert text.count("<article") == 3 and "2 more wait." in text


def test_approving(waiting, client_of, cast, phone):
    response = send(client_of(cast.bo), phone, "approve")
    assert response.status_code == 303
    assert Decision.objects.get().choice == Choice.APPROVE and Decision.objects.get().actor == cast.bo
    assert QueueItem.objects.get().state == "done"
    after = client_of(cast.bo).get(response["Location"]).content.decode()
    assert "Approved. Here is what comes next." in after and "<article" not in after


def test_hiding(waiting, client_of, cast, phone, desk, thread):
    assert send(client_of(cast.bo), phone, "hide").status_code == 303
    assert Decision.objects.get().choice == Choice.HIDE
    assert "bees" not in desk.text(thread)[1]


def test_answering(thread, desk, client_of, cast, phone, acts):
    desk.find(thread, Reason.UNANSWERED)
    assert send(client_of(cast.bo), phone, "reply", body="They like the heather.").status_code == 303
    assert acts.calls == ["reply"] and Decision.objects.get().choice == Choice.REPLY


def test_an_empty_answer_is_asked_for_again(waiting, client_of, cast, phone, acts):
    response = send(client_of(cast.bo), phone, "reply", body="   ")
    assert response.status_code == 409 and "Please write something." in response.content.decode()
    assert acts.calls == [] and not Tap.objects.exists()


@pytest.mark.parametrize("do", ["approve", "hide", "reply"])
def test_a_repeated_tap_does_nothing_twice(thread, desk, client_of, cast, phone, acts, do):
    desk.find(thread, Reason.UNANSWERED)
    client = client_of(cast.bo)
    sent = fields(client.get(phone).content.decode(), do) | {"body": "An answer."}
    first, second = client.post(phone, sent), client.post(phone, sent)
    assert first.status_code == second.status_code == 303
    assert Decision.objects.count() == 1 and len(acts.calls) <= 2
    assert acts.calls.count("reply") == (do == "reply")
    assert "Nothing was done twice" in client.get(second["Location"]).content.decode()


def test_who_was_later_is_told_by_whom(waiting, client_of, cast, phone, desk, thread, somebody):
    client = client_of(cast.bo)
    sent = fields(client.get(phone).content.decode(), "hide")
    desk.decide(thread, Choice.APPROVE, by=somebody("moderator", username="mila"))
    response = client.post(phone, sent)
    assert response.status_code == 409 and "Mila has decided on this already" in response.content.decode()
    assert Decision.objects.count() == 1


def test_a_failing_forum_may_be_tried_again(waiting, client_of, cast, phone, acts):
    from community_dashboard.host.errors import UnavailableError

    client = client_of(cast.bo)
    sent = fields(client.get(phone).content.decode(), "hide")
    acts.fails = UnavailableError()
    assert client.post(phone, sent).status_code == 409
    acts.fails = None
    assert send(client, phone, "hide").status_code == 303


@pytest.mark.parametrize(
    "broken", [{"do": "ban"}, {"kind": "course"}, {"version": "x"}, {"tap": "short"}, {"post": ""}, {"post": "9" * 80}]
)
def test_a_damaged_page_is_no_error(waiting, client_of, cast, phone, broken):
    client = client_of(cast.bo)
    sent = fields(client.get(phone).content.decode(), "approve") | broken
    response = client.post(phone, sent)
    assert response.status_code == 400 and "damaged" in response.content.decode()
    assert not Decision.objects.exists()


def test_a_post_of_another_course_is_not_there(waiting, client_of, cast, phone, elsewhere, desk, somebody):
    other = somebody("moderator", where=elsewhere)
    there = phone.replace(str(waiting.course_key), str(elsewhere))
    sent = fields(client_of(cast.bo).get(phone).content.decode(), "approve")
    response = client_of(other).post(there, sent)
    assert response.status_code == 409 and not Decision.objects.exists()


def test_all_of_it_is_less_than_30_kb_and_needs_no_script(client_of, cast, phone, desk, forum):
    for _number in range(3):
        ref = forum.thread(cast.chen, title="T" * 200, body="é word " * 40_000)
        desk.read(ref)
        desk.find(ref)
    text = client_of(cast.bo).get(phone).content.decode()
    assert text.count("<article") == 3 and "<script" not in text and " style=" not in text
    (sheet,) = re.findall(r'href="/static/([^"]+)"', text)
    with open(finders.find(re.sub(r"\.[0-9a-f]{12}\.css", ".css", sheet)), "rb") as file:
        assert len(text.encode()) + len(file.read()) < 30_000
