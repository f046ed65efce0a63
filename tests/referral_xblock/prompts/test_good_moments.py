"""From what the platform tells to the prompt, and from the answer to silence."""

from datetime import UTC, datetime, timedelta

import pytest
from completion.models import BlockCompletion
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openedx_events.learning import data, signals

from demo.host import DemoHost
from referral_xblock.data import UnitState
from referral_xblock.host.chosen import get_host
from referral_xblock.models import Asking, Moment
from referral_xblock.panels import Place
from referral_xblock.policy.queries import exported
from referral_xblock.prompts.actions import begin_prompt, note
from referral_xblock.prompts.rules import Kind
from referral_xblock.retirement import retire

pytestmark = pytest.mark.django_db

ADDRESS = "/community/me/prompts/"


def complete(user, *blocks):
    for block in blocks:
        BlockCompletion.objects.submit_completion(user=user, block_key=block, completion=1.0)


def kinds(user):
    return set(Moment.objects.filter(user=user).values_list("kind", flat=True))


def person(user):
    pii = data.UserPersonalData(username=user.username, email=user.email, name="")
    return data.UserData(id=user.id, is_active=True, pii=pii)


def answer_in_the_forum(user, course_key):
    thread = data.DiscussionThreadData(
        anonymous=False, anonymous_to_peers=False, body="", category_id=1, category_name="", commentable_id="c",
        group_id=0, id="7", team_id=0, thread_type="discussion", title="", title_truncated=False, truncated=False, url="",
        user=person(user), course_id=course_key,
    )  # fmt: skip
    signals.FORUM_THREAD_RESPONSE_CREATED.send_event(thread=thread)


def tell_of_certificate(signal, user, course_key, status="downloadable"):
    course = data.CourseData(course_key=course_key)
    signal.send_event(
        certificate=data.CertificateData(
            user=person(user), course=course, mode="honor", grade="1", download_url="", name="",
            current_status=status, previous_status="",
        )
    )  # fmt: skip


@pytest.fixture
def passed(prompts_on, cast, course_key, now):
    note(user_id=cast.chen.id, course_key=course_key, kind=Kind.UNIT, happened_at=now)
    return cast.chen


@pytest.mark.django_db(transaction=True)
def test_a_unit_whose_blocks_are_all_completed_is_a_good_moment(prompts_on, cast, tiny_course):
    _html, problem, text = tiny_course.completable
    complete(cast.chen, problem)
    assert kinds(cast.chen) == set()
    complete(cast.chen, text)
    assert kinds(cast.chen) == {"unit"}


@pytest.mark.django_db(transaction=True)
def test_a_question_failed_is_a_stumble(prompts_on, cast, tiny_course, monkeypatch):
    monkeypatch.setattr(DemoHost, "unit_state", lambda self, user, key: UnitState.FAILED)
    complete(cast.chen, tiny_course.completable[1])
    assert kinds(cast.chen) == {"stumble"}


def test_the_demo_knows_a_failed_question(cast, tiny_course):
    from demo.courseware.models import FieldValue

    _html, problem, text = tiny_course.completable
    assert get_host().unit_state(cast.chen, problem) is UnitState.OPEN
    complete(cast.chen, problem, text)
    assert get_host().unit_state(cast.chen, problem) is UnitState.PASSED
    row = FieldValue.objects.create(
        digest="d", scope="user_state", scope_id=str(problem), user_key=str(cast.chen.id), field_name="score", value=0.4
    )
    assert get_host().unit_state(cast.chen, text) is UnitState.FAILED
    row.value = 0.5
    row.save()
    assert get_host().unit_state(cast.chen, text) is UnitState.PASSED
    assert get_host().unit_state(cast.bo, problem) is UnitState.OPEN


def test_an_answer_is_spoken_of_once_in_a_course(prompts_on, cast, course_key):
    answer_in_the_forum(cast.chen, course_key)
    first = Moment.objects.get(user=cast.chen, kind="answer").happened_at
    answer_in_the_forum(cast.chen, course_key)
    assert Moment.objects.get(user=cast.chen, kind="answer").happened_at == first


def test_a_certificate_is_a_good_moment_and_taken_back_a_stumble(prompts_on, cast, course_key):
    tell_of_certificate(signals.CERTIFICATE_CHANGED, cast.chen, course_key, "notpassing")
    assert kinds(cast.chen) == set()
    tell_of_certificate(signals.CERTIFICATE_CREATED, cast.chen, course_key)
    assert kinds(cast.chen) == {"certificate"}
    tell_of_certificate(signals.CERTIFICATE_REVOKED, cast.chen, course_key, "unavailable")
    assert kinds(cast.chen) == {"certificate", "stumble"}


def test_a_rejected_exam_is_a_stumble(prompts_on, cast, course_key, tiny_course):
    attempt = data.ExamAttemptData(
        student_user=person(cast.chen), course_key=course_key, usage_key=tiny_course.units[0], exam_type="proctored",
        requesting_user=person(cast.ada),
    )  # fmt: skip
    signals.EXAM_ATTEMPT_REJECTED.send_event(exam_attempt=attempt)
    assert kinds(cast.chen) == {"stumble"}


def test_nothing_is_kept_where_the_course_has_it_off_or_of_who_is_held_out(rules, cast, course_key, prompts_on, now):
    answer_in_the_forum(cast.bo, course_key)
    rules(prompts=False)
    answer_in_the_forum(cast.chen, course_key)
    assert not Moment.objects.exists()


def test_it_is_off_until_the_course_team_turns_it_on(course_key):
    assert exported(course_key)["prompts"] is False


def test_our_error_stops_no_answer(prompts_on, cast, course_key, monkeypatch, caplog):
    monkeypatch.setattr("referral_xblock.prompts.actions.is_wanted", lambda *arguments: 1 / 0)
    answer_in_the_forum(cast.chen, course_key)
    assert "the platform goes on" in caplog.text


def test_the_prompt_is_seen_for_an_hour_and_then_not_for_seven_days(passed, seen, now, course_key):
    assert "You have finished a unit." in seen(passed)
    assert seen(passed, now + timedelta(minutes=59))
    assert not seen(passed, now + timedelta(minutes=61))
    for day in range(1, 9):
        at = now + timedelta(days=day)
        note(user_id=passed.id, course_key=course_key, kind=Kind.UNIT, happened_at=at)
        assert bool(seen(passed, at)) is (day == 7)


def test_held_out_people_never_see_one(prompts_on, cast, course_key, seen, now):
    for kind in Kind:
        Moment.objects.create(user=cast.bo, course_key=course_key, kind=kind.value, happened_at=now)
    Moment.objects.filter(kind="stumble").delete()
    assert not seen(cast.bo) and not Asking.objects.exists()


def test_none_where_invitations_are_paused(rules, passed, cast, seen, course_key, now):
    rules(paused=True)
    assert not seen(passed)


def test_none_after_a_stumble(passed, seen, course_key, now):
    note(user_id=passed.id, course_key=course_key, kind=Kind.STUMBLE, happened_at=now - timedelta(hours=1))
    assert not seen(passed)


def test_none_before_a_deadline(passed, seen, now, monkeypatch):
    monkeypatch.setattr(DemoHost, "next_deadline", lambda self, user, key, now: now + timedelta(hours=47))
    assert not seen(passed)
    assert not Asking.objects.filter(prompted_at__isnull=False).exists(), "what was not seen does not count"
    monkeypatch.setattr(DemoHost, "next_deadline", lambda self, user, key, now: now + timedelta(hours=49))
    assert seen(passed)


def test_two_pages_at_once_show_one_prompt(passed, now):
    assert begin_prompt(user_id=passed.id, what="unit a", now=now)
    assert not begin_prompt(user_id=passed.id, what="unit b", now=now)


def test_what_it_costs_those_who_see_none(rules, prompts_on, cast, seen, course_key, now):
    seen(cast.chen)
    with CaptureQueriesContext(connection) as asked:
        seen(cast.chen)
    assert len(asked) == 1
    rules(prompts=False)
    seen(cast.chen)
    with CaptureQueriesContext(connection) as asked:
        seen(cast.chen)
    assert len(asked) == 0


def test_in_a_unit_it_opens_pages_of_their_own(passed, seen):
    html = seen(passed)
    assert html.count('target="_blank"') == 2 and "/share" in html
    assert 'target="_blank"' not in seen(passed, place=Place.COURSE)


def test_not_now_and_never_are_kept(passed, seen, client_of, now):
    client = client_of(passed)
    page = client.post(ADDRESS, {"answer": "not_now"}, follow=True).content.decode()
    assert "not be asked for seven days" in page
    assert not seen(passed, datetime.now(UTC))
    page = client.post(ADDRESS, {"answer": "never"}, follow=True).content.decode()
    assert Asking.objects.get(user=passed).never and "You may ask me again" in page
    client.post(ADDRESS, {"answer": "again"})
    assert not Asking.objects.get(user=passed).never


def test_never_holds_for_ever_and_can_be_taken_back(passed, seen, client_of, now):
    Asking.objects.create(user=passed, never=True)
    assert not seen(passed)
    client_of(passed).post(ADDRESS, {"answer": "again"})
    Asking.objects.update(answered_at=now - timedelta(days=7))
    assert seen(passed)


def test_an_answer_that_is_none_changes_nothing(cast, client_of):
    response = client_of(cast.chen).post(ADDRESS, {"answer": "x\x00"}, follow=True)
    assert "Please choose one of the answers." in response.content.decode()
    assert not Asking.objects.exists()


def test_signed_out_one_signs_in_and_no_other_site_answers(client, cast):
    assert "login" in client.post(ADDRESS, {"answer": "never"})["Location"]
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(cast.chen)
    assert checked.post(ADDRESS, {"answer": "never"}).status_code == 403
    assert checked.get(ADDRESS).status_code == 405
    assert not Asking.objects.exists()


def test_it_stands_in_the_block_and_on_the_courses_page(prompts_on, cast, client_of, course_key, tiny_course):
    from django.utils import timezone

    note(user_id=cast.chen.id, course_key=course_key, kind=Kind.CERTIFICATE, happened_at=timezone.now())
    client = client_of(cast.chen)
    page = client.get(f"/courses/{course_key}/").content.decode()
    assert "You have earned the certificate." in page and "csrfmiddlewaretoken" in page
    unit = client.get(f"/courses/{course_key}/unit/{tiny_course.units[0]}").content.decode()
    assert "You have earned the certificate." in unit
    other = client_of(cast.dara).get("/community/me/").content.decode()
    assert "You have earned" not in other


def test_nothing_is_left_of_a_retired_person(passed, seen):
    seen(passed)
    assert Asking.objects.exists() and Moment.objects.exists()
    retire(passed)
    assert not Asking.objects.exists() and not Moment.objects.exists()
