"""What a request leaves for a worker is done once, however often it is asked for, and lost by nobody's failure."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referral_xblock import tasks
from referral_xblock.host.chosen import get_host
from referral_xblock.journey import settling
from referral_xblock.journey.waiting import leave
from referral_xblock.models import Journey, Touch, Waiting
from tests.referral_xblock.journey.walks import come_by, follow, journey_of, register
from tests.referral_xblock.visits import browser, open_invitation, press_join

pytestmark = pytest.mark.django_db(transaction=True)


def invited_and_registered(link, name="eli"):
    """A visitor who pressed the button, registered, and does not come back by the address: only the cookie knows."""
    visitor, _joined = come_by(link)
    where = f"/register?course_id={str(link.course_key).replace('+', '%2B')}&enrollment_action=enroll"
    follow(visitor, register(visitor, where, name))
    return get_user_model().objects.get(username=name)


def test_workers_find_our_tasks_by_their_names():
    assert {"referral_xblock.settle", "referral_xblock.catch_up"} <= set(current_app.tasks)
    for task in (tasks.settle, tasks.catch_up):
        assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (True, True, True)


def test_the_request_notes_and_the_worker_binds(link, course_key, workers_elsewhere, do_what_waits, now):
    eli = invited_and_registered(link)
    assert get_host().enrolment(eli, course_key).active
    assert not Touch.objects.exists()
    assert do_what_waits(now) == 1
    assert (journey_of().status, journey_of().registered_at is not None) == ("credited", True)
    assert not Waiting.objects.exists()


def test_it_may_be_done_twice(link, workers_elsewhere, now):
    eli = invited_and_registered(link)
    kept = list(Waiting.objects.values())
    settling.settle(user_id=eli.id, now=now)
    before = (Touch.objects.count(), Journey.objects.values().get())
    Waiting.objects.bulk_create(Waiting(**row) for row in kept)
    assert settling.settle(user_id=eli.id, now=now) == 1
    assert (Touch.objects.count(), Journey.objects.values().get()) == before
    assert settling.settle(user_id=eli.id, now=now) == 0


def test_with_tasks_run_on_the_spot_the_inviters_page_is_right_when_the_request_ends(link, cast, client_of):
    invited_and_registered(link)
    assert not Waiting.objects.exists()
    assert journey_of().status == "credited"


def test_a_broker_that_is_down_stops_nobody_and_loses_nothing(link, course_key, broker_down, caplog, monkeypatch):
    waited = []
    for pause in ("kombu.utils.functional.sleep", "redis.retry.sleep"):
        monkeypatch.setattr(pause, waited.append)
    eli = invited_and_registered(link)
    assert sum(waited) < 5, "nobody waits for a broker"
    assert get_host().enrolment(eli, course_key).active
    assert "No worker can be asked" in caplog.text
    assert not Journey.objects.exists()
    later = timezone.now() + timedelta(minutes=10)
    assert settling.settle_forgotten(now=later) == 1
    assert journey_of().status == "credited"


def test_a_typed_code_is_taken_while_the_broker_is_down(link, cast, client_of, broker_down):
    response = client_of(cast.dara).post("/community/me/code/", {"code": link.code})
    assert response.status_code in (302, 303)
    assert Touch.objects.filter(user=cast.dara).exists()
    call_command("recompute_journeys", verbosity=0)
    assert journey_of("dara").inviter_id == cast.chen.id


def test_one_task_on_its_way_is_enough_for_many_people(cast, course_key, workers_elsewhere, monkeypatch, now):
    sent = []
    monkeypatch.setattr(tasks.settle, "apply_async", lambda *arguments, **named: sent.append(named))
    for person in (cast.bo, cast.chen, cast.dara):
        leave(user_id=person.id, courses=[course_key], now=now)
    assert len(sent) == 1
    tasks.settle.run()
    assert not Waiting.objects.exists()
    leave(user_id=cast.bo.id, courses=[course_key], now=now)
    assert len(sent) == 2, "what is left after the task has come asks for another"


def test_more_than_one_task_does_is_done_by_the_next(cast, course_key, workers_elsewhere, monkeypatch, now):
    sent = []
    monkeypatch.setattr(tasks.settle, "delay", lambda: sent.append(1))
    monkeypatch.setattr(settling, "MOST_ROWS", 4)
    for person in (cast.bo, cast.chen, cast.dara):
        for _twice in range(2):  # registered and enrolled: two rows of one person
            leave(user_id=person.id, courses=[course_key], now=now)
    tasks.settle.run()
    assert (Waiting.objects.count(), len(sent)) == (2, 1)
    tasks.settle.run()
    assert (Waiting.objects.count(), len(sent)) == (0, 1)


def test_many_people_of_one_course_cost_as_many_statements_as_one(cast, course_key, workers_elsewhere, now):
    def statements(people):
        for person in people:
            leave(user_id=person.id, courses=[course_key], now=now)
        with CaptureQueriesContext(connection) as done:
            settling.settle_waiting(now=now)
        assert not Waiting.objects.exists()
        return len(done)

    people = (cast.ada, cast.bo, cast.chen, cast.dara)
    statements(people)  # what the platform knew of them is noted
    assert statements(people) == statements([cast.bo])


def test_who_cannot_be_done_together_is_done_alone(cast, course_key, workers_elsewhere, monkeypatch, now):
    def broken(**named):
        raise DatabaseError("deadlock")

    monkeypatch.setattr(settling, "settle_together", broken)
    for person in (cast.bo, cast.dara):
        leave(user_id=person.id, courses=[course_key], now=now)
    settling.settle_waiting(now=now)
    assert not Waiting.objects.exists()


def test_what_one_worker_has_in_hand_the_other_leaves_to_it(cast, course_key, workers_elsewhere, now):
    if not connection.features.has_select_for_update_skip_locked:
        pytest.skip("this database has one writer at a time")
    leave(user_id=cast.dara.id, courses=[course_key], now=now)
    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        assert len(settling._take(list(Waiting.objects.values_list("id", flat=True)))) == 1
        assert other.submit(settle_elsewhere, cast.dara.id, now).result(timeout=20) == 0
    assert Waiting.objects.get().tries == 0
    assert settling.settle(user_id=cast.dara.id, now=now) == 1


def settle_elsewhere(user_id, now):
    try:
        return settling.settle(user_id=user_id, now=now)
    finally:
        connection.close()


def test_what_a_transaction_takes_back_leaves_no_work(cast, course_key, workers_elsewhere, now):
    with transaction.atomic():
        leave(user_id=cast.dara.id, courses=[course_key], now=now)
        transaction.set_rollback(True)
    assert not Waiting.objects.exists()


def test_what_was_left_just_now_is_not_forgotten_yet(cast, course_key, workers_elsewhere):
    now = timezone.now()
    leave(user_id=cast.dara.id, courses=[course_key], now=now)
    assert settling.settle_forgotten(now=now + timedelta(minutes=4)) == 0
    assert settling.settle_forgotten(now=now + timedelta(minutes=6)) == 1


def test_what_fails_for_one_keeps_nobody_else_waiting(cast, course_key, workers_elsewhere, monkeypatch, now, caplog):
    def reconcile(user_ids, *arguments, **named):
        if cast.dara.id in user_ids:
            raise DatabaseError("broken")

    for person in (cast.dara, cast.bo):
        leave(user_id=person.id, courses=[course_key], now=now)
    monkeypatch.setattr(settling, "reconcile", reconcile)
    assert settling.settle_forgotten(now=now + timedelta(hours=1)) == 2
    assert list(Waiting.objects.values_list("user_id", "tries")) == [(cast.dara.id, 1)]
    assert "could not be done" in caplog.text


def test_an_error_of_the_database_is_tried_again_by_the_worker(cast, course_key, workers_elsewhere, monkeypatch, now):
    attempts = []

    def fail_twice(*arguments, **named):
        attempts.append(1)
        if len(attempts) < 3:
            raise DatabaseError("gone away")

    monkeypatch.setattr(settling, "reconcile", fail_twice)
    leave(user_id=cast.dara.id, courses=[course_key], now=now)
    current_app.conf["CELERY_TASK_EAGER_PROPAGATES"] = False
    try:
        tasks.settle.apply()
    finally:
        current_app.conf["CELERY_TASK_EAGER_PROPAGATES"] = True
    assert len(attempts) == 3
    assert not Waiting.objects.exists()


def test_who_signs_in_right_after_pressing_the_button_is_bound(link, cast):
    visitor, _joined = come_by(link)
    sign_in(visitor, cast.dara)
    assert Touch.objects.get().user_id == cast.dara.id


def test_who_signs_in_at_a_computer_where_somebody_joined_yesterday_is_not(link, cast):
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        visitor, _joined = come_by(link)
    with time_machine.travel("2027-01-01T11:01:00Z", tick=False):
        sign_in(visitor, cast.dara)
    assert not Touch.objects.exists()


def test_who_enrols_there_is_bound_all_the_same(link, cast, course_key):
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        visitor, _joined = come_by(link)
    with time_machine.travel("2027-01-02T10:00:00Z", tick=False):
        sign_in(visitor, cast.dara)
        visitor.post(f"/courses/{course_key}/enrol")
    assert journey_of("dara").status == "credited"


def test_the_inviters_own_browser_is_known_to_the_worker_too(link, cast, client_of, workers_elsewhere, do_what_waits):
    owners = client_of(cast.chen)
    mark = owners.get("/community/me/").cookies["referral_browser"].value
    visitor = browser()
    token = open_invitation(visitor, link.code)[1]
    press_join(visitor, link.code, token)
    visitor.cookies["referral_browser"] = mark
    visitor.post("/register", {"username": "eli", "name": "E", "email": "e@example.org", "password": "a-long-password"})
    do_what_waits(timezone.now())
    assert Touch.objects.get().same_browser


def sign_in(visitor, user):
    user.set_password("a-long-password")
    user.save()
    visitor.post("/login", {"identifier": user.username, "password": "a-long-password"})
    assert visitor.session["_auth_user_id"] == str(user.id)
