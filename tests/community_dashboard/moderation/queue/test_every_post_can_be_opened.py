"""A post that never stood in the queue is opened, read and decided on like any other: links from other pages lead to it."""

import re
from html import unescape

import pytest
from forum.backends.mysql.models import Comment, CommentThread

from community_dashboard.data import PostKind
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.sanctions.models import AuthorNote
from demo.campus import actions as campus
from referral_xblock.api import Role
from tests.people import make_course

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def bo(cast, client_of):
    return client_of(cast.bo)


@pytest.fixture
def quiet(filled, cast):
    """A thread of chen's with which nothing is wrong."""
    return filled.thread(cast.chen, "A quiet thread")


@pytest.fixture
def at(queue_url):
    """The page of a post."""
    return lambda ref: f"{queue_url}item/{ref.kind}/{ref.id}/"


def press(client, address, choice, *, headers=None, **fields):
    return client.post(f"{address}decide/", {"choice": choice, "version": 0, **fields}, headers=headers or {})


def test_it_says_that_it_waits_for_nobody(bo, at, quiet):
    page = bo.get(at(quiet))
    text = page.content.decode()
    assert page.status_code == 200 and "This post waits for nobody" in text and "Why so many bees?" in text
    assert 'value="hide"' in text and not re.search(r'data-choice="(assign|snooze)"', text)
    assert "Is it urgent?" not in text and "why it stands where it stands" not in text
    assert not QueueItem.objects.exists(), "to look at it puts it nowhere"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["whole page", "pane"])
def test_it_is_decided_on_and_stays_open(bo, at, quiet, headers):
    answer = press(bo, at(quiet), "pin", headers=headers)
    assert CommentThread.objects.get().pinned
    if headers:
        assert "Pinned:" in answer.content.decode() and "A quiet thread" in answer.content.decode()
    else:
        assert answer.status_code == 303 and answer["Location"].startswith(at(quiet))
    assert press(bo, at(quiet), "hide").status_code in (200, 303)
    assert Decision.objects.order_by("-id").first().choice == Choice.HIDE
    assert CommentThread.objects.get().body != "Why so many bees?"


def test_its_answers_stand_below_and_one_is_accepted(filled, cast, bo, at, quiet, somebody):
    answer = filled.answer(quiet, somebody("learner"), "They <b>dance</b>.")
    filled.read(quiet)
    text = bo.get(at(quiet)).content.decode()
    assert "1 answer" in text and at(answer) in text and "<b>dance" not in text
    assert bo.get(at(answer)).status_code == 200
    assert press(bo, at(answer), "endorse").status_code == 303
    assert Comment.objects.get().endorsed
    filled.read(quiet, answer)
    assert "marked as the answer" in bo.get(at(quiet)).content.decode()


def test_only_the_first_twenty_answers_are_listed(filled, cast, bo, at, quiet, somebody):
    reader = somebody("learner")
    filled.read(quiet, *(filled.answer(quiet, reader, f"Answer {number:02}") for number in range(21)))
    text = bo.get(at(quiet)).content.decode()
    assert "The first 20 answers" in text and "Answer 19" in text and "Answer 20" not in text


def test_a_group_moderator_opens_those_of_the_own_cohort(filled, client_of, at, quiet, somebody):
    own = filled.thread(somebody("learner", cohort="Blue"), "Of a member")
    helper = client_of(somebody("group_moderator", cohort="Blue"))
    assert helper.get(at(own)).status_code == 200
    assert helper.get(at(quiet)).status_code == 404
    assert press(helper, at(quiet), "hide").status_code == 404
    assert not Decision.objects.exists()


def test_strangers_open_none(cast, client_of, at, quiet):
    other = make_course("course-v1:Test+Other+2026").course_key
    campus.give_role(user=cast.dara, course_key=other, role=Role.FORUM_MODERATOR)
    assert client_of(None).get(at(quiet)).status_code == 302
    for stranger in (cast.chen, cast.dara):
        assert client_of(stranger).get(at(quiet)).status_code == 403
    elsewhere = at(quiet).replace("Test+Bees101+2026", "Test+Other+2026")
    assert client_of(cast.dara).get(elsewhere).status_code == 404


def test_every_post_in_the_log_and_on_the_health_page_can_be_opened(
    filled, cast, bo, queue_url, quiet, course_key, now, somebody
):
    for ref in (quiet, filled.answer(quiet, somebody("learner"))):
        decide(by=cast.bo, course_key=course_key, ref=ref, choice=Choice.HIDE, reason="Off topic", now=now)
    CommentThread.objects.create(
        author=cast.chen, course_id=str(course_key), title="A question", body="Why?", thread_type="question",
        context="course", commentable_id="course", author_username="chen",
    )  # fmt: skip
    asked = CommentThread.objects.get(title="A question")
    filled.read(type(quiet)(PostKind.THREAD, str(asked.pk)))
    links = set()
    for page in ("log/", "health/"):
        text = bo.get(f"{queue_url}{page}").content.decode()
        found = {unescape(link) for link in re.findall(r'href="([^"]*/moderation/item/[^"]*)"', text)}
        assert found, page
        links |= found
    assert len(links) >= 3
    for link in links:
        assert bo.get(link).status_code == 200, link


def test_who_hides_without_a_word_tells_the_author_what_was_found(filled, cast, bo, at, client_of):
    reported = filled.queued(cast.chen, reason=Reason.REPORTED)
    other = filled.queued(cast.chen, "Another", reason=Reason.FIRST_POST)
    for ref in (reported, other):
        assert press(bo, at(ref), "hide").status_code == 303
    assert {row.post_id: row.reason for row in Decision.objects.all()} == {reported.id: "found-reported", other.id: ""}
    assert "Others in the course had reported it." in client_of(cast.chen).get("/community/me/").content.decode()


@pytest.mark.parametrize("choice", ["hide", "delete"])
def test_who_says_why_is_read_by_the_author(filled, cast, bo, at, client_of, choice):
    ref = filled.queued(cast.chen, reason=Reason.REPORTED)
    text = bo.get(at(ref)).content.decode()
    assert "Hide, and say why" in text
    assert press(bo, at(ref), choice, reason="Please keep it short.", sure="yes").status_code == 303
    said = client_of(cast.chen).get("/community/me/").content.decode()
    assert "Please keep it short." in said and "had reported it" not in said


def test_what_the_team_noted_and_did_stands_beside_the_post(filled, cast, bo, at, course_key, now, quiet):
    for choice, fields in ((Choice.WARN, {}), (Choice.NOTE, {"text": "Writes <b>kindly</b> since."})):
        decide(by=cast.bo, course_key=course_key, ref=quiet, choice=choice, reason="Be kind.", fields=fields, now=now)
    assert AuthorNote.objects.exists()
    text = bo.get(at(quiet)).content.decode()
    assert "About the author (2)" in text and "Author warned" in text and "Be kind." in text
    assert "Writes &lt;b&gt;kindly&lt;/b&gt; since." in text and "Bo Lindgren" in text
    log = unescape(re.search(r'href="([^"]*log/\?author=[^"]*)"', text)[1])
    assert "Note on the author" in bo.get(log).content.decode()


def test_a_colleague_who_never_decided_anything_is_offered_and_the_account_of_the_rules_is_not(
    filled, cast, bo, at, fay, somebody, settings
):
    settings.COMMUNITY_ACTING_ACCOUNT = somebody("moderator", username="robot").username
    text = bo.get(at(filled.queued(cast.chen))).content.decode()
    options = text.split('name="to"')[1].split("</select>")[0]
    assert ">Fay<" in options and ">me<" in options and "Robot" not in options


def test_appeals_and_work_on_many_posts_are_one_link_away(bo, queue_url):
    text = bo.get(queue_url).content.decode()
    for page in ("appeals/", "bulk/"):
        assert f'href="{queue_url}{page}"' in text
        assert bo.get(queue_url + page).status_code == 200
