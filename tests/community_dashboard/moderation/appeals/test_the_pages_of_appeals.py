"""/community/me/, the author's page for an appeal, and the moderators' page of those that wait."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.moderation.appeals.actions import appeal
from community_dashboard.moderation.appeals.models import Appeal
from community_dashboard.moderation.data import Choice
from tests.people import make_course

SCRIPT = "<script>alert(1)</script> & more"


@pytest.fixture
def now():
    """The pages look at the real clock."""
    return timezone.now().replace(microsecond=0) - timedelta(hours=2)


@pytest.fixture
def other(somebody):
    return somebody("moderator", username="mo")


@pytest.fixture
def hidden(desk, thread):
    return desk.decide(thread, Choice.HIDE, f"Shouting. {SCRIPT}")


@pytest.fixture
def own(course_key, hidden):
    """The address of chen's appeal."""
    return f"/community/me/appeals/{course_key}/{hidden.pk}/"


@pytest.fixture
def queue(course_key):
    return f"/community/courses/{course_key}/moderation/appeals/"


@pytest.fixture
def said(cast, course_key, hidden):
    return appeal(
        by=cast.chen, course_key=course_key, decision_id=hidden.pk, words=f"I quoted. {SCRIPT}", now=hidden.made_at
    )


def text(answer):
    return answer.content.decode()


def test_the_overview_leads_to_those_that_wait(client_of, cast, said, course_key, queue):
    page = text(client_of(cast.bo).get(f"/community/courses/{course_key}/"))
    assert "appeal waits for an answer." in page and f'href="{queue}"' in page


class TestMyPage:
    def test_it_says_what_was_done_and_why_and_how_to_appeal(self, client_of, cast, hidden, own):
        page = text(client_of(cast.chen).get("/community/me/"))
        assert "Your post was hidden" in page
        assert "Shouting. &lt;script&gt;" in page
        assert "<script>alert" not in page
        assert f'href="{own}"'.replace("+", "%2B").replace(":", "%3A") in page or own in page
        assert "Bo" not in re.sub(r"<(head|nav|header|footer).*?</\1>", "", page, flags=re.S)

    def test_somebody_about_whom_nothing_was_decided_sees_nothing_of_it(self, client_of, cast, hidden):
        assert "moderators decided" not in text(client_of(cast.dara).get("/community/me/"))

    def test_who_cannot_post_reads_until_when(self, client_of, cast, desk, thread):
        until = timezone.now() + timedelta(days=3)
        desk.decide(thread, Choice.SILENCE, "Shouting.", until=until.isoformat())
        page = text(client_of(cast.chen).get("/community/me/"))
        assert "You cannot post in the discussions of this course until" in page

    def test_a_course_that_is_gone_is_said_to_be(self, client_of, cast, hidden, course_key):
        from demo.courseware.models import Course

        Course.objects.filter(course_key=course_key).delete()
        answer = client_of(cast.chen).get("/community/me/")
        assert answer.status_code == 200
        assert "A course that is gone" in text(answer)

    def test_in_french_it_is_french(self, client_of, cast, hidden):
        page = text(client_of(cast.chen).get("/community/me/", headers={"accept-language": "fr"}))
        assert "Your post was hidden" not in page


class TestAppealing:
    def test_a_visitor_signs_in_first(self, client_of, own):
        assert client_of(None).get(own).status_code == 302

    def test_others_and_what_is_not_there_are_refused_alike(self, client_of, everybody, cast, own, course_key, hidden):
        strangers = [user for name, user in everybody.items() if user and name != "learner"]
        addresses = [own, f"/community/me/appeals/{course_key}/999999/", f"/community/me/appeals/no-key/{hidden.pk}/"]
        for person in strangers:
            browser = client_of(person)
            assert {browser.get(address).status_code for address in addresses} == {403}
            assert browser.post(own, {"words": "x"}).status_code == 403
        assert {client_of(cast.chen).get(address).status_code for address in addresses[1:]} == {403}
        elsewhere = make_course("course-v1:Test+Other+2026").course_key
        assert client_of(cast.chen).get(own.replace(str(course_key), str(elsewhere))).status_code == 403
        assert not Appeal.objects.exists()

    def test_the_form_says_what_it_is_about_and_takes_the_words_once(self, client_of, cast, own):
        browser = client_of(cast.chen)
        page = browser.get(own)
        assert page["Cache-Control"] == "private, no-store"
        assert "Your post was hidden" in text(page)
        assert browser.post(own, {"words": SCRIPT}).status_code == 303
        assert browser.post(own, {"words": "Again."}).status_code == 303
        assert Appeal.objects.get().words == SCRIPT
        after = text(browser.get(own))
        assert "Your words have arrived" in after
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in after
        assert "<script>alert" not in after
        assert "<textarea" not in after

    @pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
    def test_what_is_wrong_is_said(self, client_of, cast, own, words):
        answer = client_of(cast.chen).post(own, {"words": words})
        assert answer.status_code == 400
        assert 'role="alert"' in text(answer)
        assert not Appeal.objects.exists()

    def test_a_silenced_person_can(self, client_of, cast, desk, thread, hidden, own):
        desk.decide(thread, Choice.BAN, "Spam.")
        assert client_of(cast.chen).post(own, {"words": "Please look."}).status_code == 303

    def test_of_a_decision_that_was_undone_there_is_nothing_to_appeal(self, client_of, cast, desk, hidden, own):
        desk.undo(hidden)
        browser = client_of(cast.chen)
        assert "nothing to appeal" in text(browser.get(own))
        assert browser.post(own, {"words": "x"}).status_code == 400
        assert not Appeal.objects.exists()


class TestTheQueue:
    def test_who_may_open_it(self, client_of, everybody, queue, said):
        may = {"moderator", "group moderator", "course staff", "global staff"}
        for name, person in everybody.items():
            expected = 302 if person is None else 200 if name in may else 403
            assert client_of(person).get(queue).status_code == expected, name

    def test_it_shows_the_words_and_the_buttons_to_a_second_moderator(self, client_of, other, queue, said):
        page = text(client_of(other).get(queue))
        assert "I quoted. &lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "Overturn it" in page

    def test_whoever_decided_is_told_to_wait(self, client_of, cast, other, queue, said):
        page = text(client_of(cast.bo).get(queue))
        assert "You made this decision: somebody else has to look at it." in page
        assert "Overturn it" not in page
        assert "Nobody else in this course" not in page

    def test_where_nobody_else_moderates_it_says_so(self, client_of, cast, queue, said):
        assert "Nobody else in this course has a role in its forum" in text(client_of(cast.bo).get(queue))

    def test_course_staff_read(self, client_of, cast, other, queue, said):
        page = text(client_of(cast.ada).get(queue))
        assert "I quoted." in page
        assert "Overturn it" not in page

    def test_a_group_moderator_sees_the_own_cohort(self, client_of, somebody, queue, said, course_key, cast):
        red, blue = (somebody("group_moderator", cohort=name) for name in ("Red", "Blue"))
        from demo.forum.models import Cohort, CohortMember

        cohort = Cohort.objects.get(name="Red")
        CohortMember.objects.create(user=cast.chen, course_key=course_key, cohort=cohort)
        assert "I quoted." in text(client_of(red).get(queue))
        assert "I quoted." not in text(client_of(blue).get(queue))

    def test_deciding(self, client_of, cast, other, desk, thread, queue, said):
        browser = client_of(other)
        answer = browser.post(f"{queue}{said.id}/", {"do": "overturn", "answer": "You are right."})
        assert answer.status_code == 303
        assert "the decision was taken back" in text(browser.get(answer["Location"]))
        assert "Overturned" in text(browser.get(queue + "?show=decided"))
        page = text(client_of(cast.chen).get("/community/me/"))
        assert "you were right, and it was taken back" in page
        assert "You are right." in page

    @pytest.mark.parametrize(
        "fields", [{}, {"do": "uphold"}, {"do": "nothing", "answer": "x"}, {"do": "uphold", "answer": " "}]
    )
    def test_a_form_without_an_answer_or_a_button_changes_nothing(self, client_of, other, queue, said, fields):
        answer = client_of(other).post(f"{queue}{said.id}/", fields)
        assert answer.status_code == 400
        assert 'role="alert"' in text(answer)
        assert Appeal.objects.get().state == "open"

    def test_whoever_may_not_is_refused_by_the_action_too(self, client_of, everybody, cast, queue, said):
        for name, person in everybody.items():
            answer = client_of(person).post(f"{queue}{said.id}/", {"do": "overturn", "answer": "x"})
            if name == "global staff":
                continue
            assert answer.status_code == (302 if person is None else 403), name
        assert Appeal.objects.filter(state="overturned").count() == 1  # by global staff alone

    def test_of_another_course_it_is_not_there(self, client_of, somebody, elsewhere, said, course_key, queue):
        outsider = somebody("moderator", where=elsewhere, username="out")
        there = queue.replace(str(course_key), str(elsewhere))
        answer = client_of(outsider).post(f"{there}{said.id}/", {"do": "overturn", "answer": "x"})
        assert answer.status_code == 409
        assert Appeal.objects.get().state == "open"

    def test_pages_go_on_where_the_last_ended(self, client_of, cast, other, desk, thread, queue, course_key):
        for number in range(23):
            row = desk.decide(thread, Choice.WARN, f"Reason {number}.")
            appeal(by=cast.chen, course_key=course_key, decision_id=row.pk, words=f"Words {number}.", now=desk.now)
        browser = client_of(other)
        first = text(browser.get(queue))
        assert [n for n in range(23) if f"Words {n}." in first] == list(range(20))
        following = re.search(r'href="(\?[^"]*)" rel="next"', first)[1]
        second = text(browser.get(queue + following))
        assert [n for n in range(23) if f"Words {n}." in second] == [20, 21, 22]
        assert 'rel="next"' not in second
        assert browser.get(queue + "?after=999999999").status_code == 200
