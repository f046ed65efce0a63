"""Reminders: to the inviter alone, of those who let it be seen, seldom, and never to who does not want them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.campus import actions as campus
from referral_xblock.consent.actions import choose_telling
from referral_xblock.data import Telling
from referral_xblock.journey.waiting_friends import waiting_friends
from referral_xblock.models import Journey, Reminder
from referral_xblock.prompts import reminding
from referral_xblock.prompts.reminding import look_for_reminders, remind
from referral_xblock.retirement import retire

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on(prompts_on, rules):
    """Reminders are on; chen is not held out, bo is."""
    rules(reminders=True)


@pytest.fixture
def friend(cast, course_key, now):
    """`friend()` is somebody whom chen brought five days ago, who lets it be seen and has not begun."""
    number = iter(range(1000))

    def bring(days=5, tells=Telling.STAGES, inviter=None, **values):
        name = f"friend{next(number)}"
        user = get_user_model().objects.create_user(username=name, email=f"{name}@example.org")
        enrolled_at = now - timedelta(days=days)
        facts = {"status": "credited", "clicked_at": enrolled_at, "enrolled_at": enrolled_at} | values
        Journey.objects.create(user=user, course_key=course_key, inviter=inviter or cast.chen, **facts)
        if tells is not None:
            choose_telling(user=user, course_key=course_key, tells=tells, now=now)
        return user

    return bring


@pytest.fixture
def chen(cast, course_key, now):
    """`chen()` is reminded if it is time; `chen(days)` so many days later."""

    def run(days=0):
        return remind(user_id=cast.chen.id, course_key=course_key, now=now + timedelta(days=days))

    return run


def test_two_friends_who_have_not_begun_are_told_to_who_invited_them(on, friend, chen, cast):
    friend(), friend()
    mail.outbox.clear()
    assert chen()
    (letter,) = mail.outbox
    assert letter.to == [cast.chen.email]
    assert letter.subject == "2 friends have yet to begin “Bees and other visitors”"
    assert "2 friends whom you invited have enrolled" in letter.body and "/community/me/" in letter.body
    assert "friend0" not in letter.body + letter.alternatives[0][0], "who it is stands on the page alone"


def test_only_those_are_counted_of_whom_the_inviter_may_know_it(on, friend, chen, now):
    friend()
    friend(tells=Telling.DAY), friend(tells=Telling.NOTHING), friend(tells=None)
    friend(active_at=now), friend(unenrolled_at=now), friend(status="held"), friend(days=2), friend(days=61)
    assert chen()
    assert mail.outbox[-1].subject.startswith("1 friend has")


def test_without_such_a_friend_nothing_is_sent(on, friend, chen):
    friend(tells=Telling.DAY), friend(days=1)
    assert not chen() and not Reminder.objects.exists()


def test_at_most_one_in_fourteen_days_and_only_with_news(on, friend, chen):
    friend()
    assert chen()
    friend(days=-1)
    assert not any(chen(day) for day in range(1, 14))
    assert chen(14)
    assert not any(chen(day) for day in range(15, 60)), "nobody new"


def test_the_distance_is_a_setting(on, friend, chen, settings):
    settings.REFERRAL_REMINDER_DAYS = 30
    friend(), chen(), friend(days=-1)
    assert not chen(29)
    assert chen(30)


def test_it_is_off_until_the_course_team_turns_it_on(prompts_on, friend, chen, now):
    friend()
    assert not chen()
    assert look_for_reminders(now=now, ask=lambda *arguments: pytest.fail("asked")) == 0


def test_who_left_the_course_gets_none(on, friend, chen, cast, course_key, now):
    friend()
    campus.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
    assert not chen()


def test_none_while_paused(on, friend, chen, rules):
    friend()
    rules(paused=True)
    assert not chen()


def test_who_is_held_out_gets_none(on, friend, cast, course_key, now):
    friend(inviter=cast.bo)
    assert not remind(user_id=cast.bo.id, course_key=course_key, now=now)


def test_one_press_stops_them(on, friend, chen, client):
    friend()
    chen()
    letter = mail.outbox[-1]
    stop = re.fullmatch(r"<(.*)>", letter.extra_headers["List-Unsubscribe"]).group(1)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in letter.body
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    friend(days=-1)
    assert not chen(20)


def test_it_is_in_the_readers_language(on, friend, chen, cast):
    from demo.campus.models import Profile

    Profile.objects.filter(user=cast.chen).update(language="fr")
    friend(), friend()
    assert chen()
    assert mail.outbox[-1].subject == "2 personnes n’ont pas encore commencé «\u00a0Bees and other visitors\u00a0»"


def test_without_a_language_of_the_reader_it_is_in_the_courses(on, friend, chen, cast, course_key):
    from django.core.cache import cache

    from demo.campus.models import Profile
    from demo.courseware.models import Course

    Course.objects.update(language="fr")
    cache.clear()
    Profile.objects.filter(user=cast.chen).update(language="")
    friend()
    assert chen()
    assert "1 personne n’a pas" in mail.outbox[-1].subject


def test_a_worker_that_dies_while_sending_sends_nothing_again(on, friend, chen, monkeypatch, caplog):
    friend()
    calls = []

    def dies(letter, address):
        calls.append(address)
        raise OSError(f"no way to {address}")

    monkeypatch.setattr(reminding, "post", dies)
    assert not chen() and not chen(1)
    assert len(calls) == 1 and Reminder.objects.count() == 1
    assert calls[0] not in caplog.text, "an address stands in no log"


def test_of_two_workers_one_sends(on, friend, cast, course_key, now, monkeypatch):
    friend()
    before, sent = reminding._take, []

    def late(*arguments):
        assert before(*arguments)  # another worker was a moment earlier
        return before(*arguments)

    monkeypatch.setattr(reminding, "_take", late)
    monkeypatch.setattr(reminding, "post", lambda *arguments: sent.append(arguments))
    assert not remind(user_id=cast.chen.id, course_key=course_key, now=now)
    assert sent == []


def test_the_daily_look_asks_for_each_inviter_once(on, friend, cast, course_key, now, monkeypatch):
    monkeypatch.setattr(reminding, "PAGE", 2)
    for inviter in (cast.chen, cast.ada, cast.dara, cast.chen):
        friend(inviter=inviter)
    asked = []
    assert look_for_reminders(now=now, ask=lambda *arguments: asked.append(arguments)) == 3
    assert sorted(asked) == sorted((user.id, str(course_key)) for user in (cast.chen, cast.ada, cast.dara))
    remind(user_id=cast.chen.id, course_key=course_key, now=now)
    assert look_for_reminders(now=now, ask=lambda *arguments: None) == 2


def test_the_look_costs_by_the_page(on, friend, cast, now):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            look_for_reminders(now=now, ask=lambda *arguments: None)
        return len(asked)

    friend()
    one = cost()
    for inviter in (cast.ada, cast.dara, cast.chen, cast.chen):
        friend(inviter=inviter)
    assert cost() == one


def test_the_periodic_task_sends(on, friend, now, monkeypatch):
    from referral_xblock import tasks

    friend()
    Journey.objects.update(enrolled_at=reminding.datetime.now(tz=now.tzinfo) - timedelta(days=5))
    mail.outbox.clear()
    tasks.look_for_due_reminders.delay()
    tasks.look_for_due_reminders.delay()
    assert len(mail.outbox) == 1


def test_counts_are_those_of_a_plain_recount(on, friend, cast, course_key, now):
    for days in (3, 4, 59, 60, 2):
        friend(days=days)
    found = waiting_friends(
        course_key, enrolled_after=now - timedelta(days=60), enrolled_before=now - timedelta(days=3)
    )
    assert [(row.inviter_id, row.friends) for row in found] == [(cast.chen.id, 3)]


def test_nothing_is_left_of_a_retired_person(on, friend, chen, cast):
    friend(), chen()
    retire(cast.chen)
    assert not Reminder.objects.exists()


def test_the_command_sends_them_too(on, friend, now, capsys):
    from django.core.management import call_command

    friend()
    Journey.objects.update(enrolled_at=reminding.datetime.now(tz=now.tzinfo) - timedelta(days=5))
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out == "1 due, 1 sent\n0 due, 0 sent\n"
