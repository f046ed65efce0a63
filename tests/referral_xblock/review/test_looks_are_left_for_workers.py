"""A change leaves a mark; one task for many marks looks at the arrivals; nothing is lost if the task is."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from referral_xblock.journey import ledger, suspicion, tasks
from referral_xblock.journey.models import Journey, Unjudged
from referral_xblock.journey.suspicion import judge_marked
from referral_xblock.journey.unjudged import look_again, look_again_at_course
from tests.referral_xblock.review.arrivals import bring, bring_suspicious, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Tasks that were sent."""
    calls = []
    monkeypatch.setattr(tasks.judge, "apply_async", lambda **options: calls.append(options["countdown"]))
    return calls


def test_many_changes_send_one_task_until_it_has_come(cast, course_key, now, sent, django_capture_on_commit_callbacks):
    for _time in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            look_again([cast.chen.id, None], course_key)
    assert (sent, Unjudged.objects.count()) == ([30], 3)
    judge_marked(now=now)
    assert Unjudged.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        look_again([cast.chen.id], course_key)
    assert sent == [30, 30]


def test_a_broker_that_is_down_stops_nobody_and_the_marks_wait(
    cast, course_key, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(**options):
        raise ConnectionError

    monkeypatch.setattr(tasks.judge, "apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        look_again([cast.chen.id], course_key)
    assert Unjudged.objects.count() == 1


def test_computing_a_journey_anew_leaves_a_mark_and_keeps_what_was_found(cast, course_key, now):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    assert Unjudged.objects.count() == 0
    ledger.recompute([fake.id], course_key)
    assert outcome(fake, course_key) == ("held", "suspicious"), "not credited for a moment"
    assert set(Unjudged.objects.values_list("inviter_id", flat=True)) == {cast.chen.id}


def test_a_friend_of_a_friend_changes_what_is_seen_of_the_friend(cast, course_key, now):
    [first] = bring(cast.chen, course_key, now, "first", visitor="device")
    [second] = bring(first, course_key, now, "second", visitor="device")
    signs = dict(Journey.objects.values_list("user_id", "signs"))
    assert signs == {first.id: ["same_device"], second.id: ["same_device"]}


def test_what_fails_is_logged_and_the_others_are_looked_at(cast, course_key, now, monkeypatch, caplog):
    bring(cast.chen, course_key, now, "one")

    def fail(*arguments, **options):
        raise ValueError("broken")

    monkeypatch.setattr(suspicion, "judge_inviters", fail)
    look_again_at_course(course_key)
    judge_marked(now=now + timedelta(days=1))
    assert "cannot be looked at" in caplog.text
    assert Unjudged.objects.count() == 0, "the next repair marks them again"


def test_the_whole_course_is_looked_at_again_when_its_rules_change(cast, course_key, now):
    cache.clear()
    bring(cast.chen, course_key, now, "one")
    bring(cast.dara, course_key, now, "two")
    look_again_at_course(course_key)
    assert set(Unjudged.objects.values_list("inviter_id", flat=True)) == {cast.chen.id, cast.dara.id}
