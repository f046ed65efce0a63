"""Facts wait in Redis: nothing told is lost by a worker that dies, what has no room is counted, and no request waits."""

import random
import socket
from datetime import timedelta

import pytest
from django.db import OperationalError
from eventtracking import tracker
from opaque_keys.edx.keys import UsageKey

from community_dashboard.activity.tracking import delivery, draining
from community_dashboard.activity.tracking import waiting as waiting_file
from community_dashboard.activity.tracking.backend import TrackingBackend
from community_dashboard.activity.tracking.draining import drain
from community_dashboard.activity.tracking.queries import lost
from community_dashboard.models import Activity
from community_dashboard.tasks import drain_tracking
from tests.community_dashboard.activity.tracking.events import answered, requested
from tests.mariadb import free_port
from tests.servers import REDIS, needs

pytestmark = [pytest.mark.redis, pytest.mark.django_db, needs(REDIS, "redis-server")]


class KilledError(BaseException):
    """As if the worker's process were gone: nothing of ours catches it."""


def send(*events):
    backend = TrackingBackend()
    for one in events:
        backend.send(one)


def units_of(key, number):
    """Keys of units that the course does not have; the record leaves them out, the list does not."""
    return [key.make_usage_key("vertical", f"u{n}") for n in range(number)]


def recorded():
    rows = Activity.objects.filter(kind__in=("opened", "watched", "tried"))
    return sorted((row.kind, row.user_id, UsageKey.from_string(row.object_id).block_id) for row in rows)


def lapse(waiting):
    """The lease of a killed worker ends."""
    waiting._redis.delete(waiting_file.LEASE)


def test_what_the_tracker_is_told_waits_and_is_recorded(cast, tiny_course, waiting, django_assert_num_queries):
    with django_assert_num_queries(0):
        for one in (requested(tiny_course.units[0], cast.chen), answered(tiny_course.completable[1], cast.bo)):
            with tracker.get_tracker().context("request", one["context"]):
                tracker.emit(one["name"], one["data"])
    assert waiting.length() == 2
    assert recorded() == []
    drain_tracking()
    assert waiting.length() == 0
    assert recorded() == [("opened", cast.chen.id, "meadow"), ("tried", cast.bo.id, "count")]


def test_a_busy_learner_costs_one_message(cast, tiny_course, waiting, now):
    for minutes in range(50):
        send(requested(tiny_course.units[0], cast.chen, at=now + timedelta(minutes=minutes)))
    assert waiting.length() == 1
    send(requested(tiny_course.units[0], cast.chen, at=now + timedelta(days=1)))
    assert waiting.length() == 2


def test_what_was_said_long_ago_is_said_again_and_changes_nothing(cast, tiny_course, waiting, now):
    send(requested(tiny_course.units[0], cast.chen))
    assert drain(waiting, now=now).new == 1
    for name in waiting._redis.scan_iter(waiting_file.PREFIX + "said:*"):
        assert 0 < waiting._redis.ttl(name) <= waiting_file.SAID_FOR
        waiting._redis.delete(name)
    send(requested(tiny_course.units[0], cast.chen))
    done = drain(waiting, now=now)
    assert (done.taken, done.new) == (1, 0)


def test_a_full_list_keeps_what_it_has_and_counts_the_rest(cast, tiny_course, waiting, now, settings):
    settings.COMMUNITY_TRACKING_LIST = 3
    key, day = tiny_course.course_key, now.date()
    send(*(requested(unit, cast.chen) for unit in [*tiny_course.units, *units_of(key, 5)]))
    assert waiting.length() == 3
    assert drain(waiting, now=now).taken == 3
    assert lost(key, start=day, end=day) == 4
    drain(waiting, now=now)
    assert lost(key, start=day, end=day) == 4
    # What had no room was not said: told again, it comes through.
    send(requested(units_of(key, 5)[-1], cast.chen))
    assert waiting.length() == 1


def test_one_account_cannot_fill_the_list(cast, tiny_course, waiting, now, monkeypatch):
    monkeypatch.setattr(waiting_file, "MOST_IN_AN_HOUR", 4)
    send(*(requested(unit, cast.chen) for unit in units_of(tiny_course.course_key, 20)))
    send(requested(tiny_course.units[0], cast.bo))
    assert waiting.length() == 5
    assert lost(None, start=now.date(), end=now.date()) == 0
    [name] = list(waiting._redis.scan_iter(f"{waiting_file.PREFIX}account:{cast.chen.id}"))
    assert 0 < waiting._redis.ttl(name) <= waiting_file.SAID_FOR


@pytest.mark.parametrize("moment", ["before it records", "while it records", "after it recorded"])
def test_a_killed_workers_messages_are_taken_again(cast, tiny_course, waiting, now, monkeypatch, moment):
    send(requested(tiny_course.units[0], cast.chen), requested(tiny_course.units[1], cast.chen))
    record = draining.record_tracked

    def die(told, *, now):
        if moment == "while it records":
            record(told[:1], now=now)
        if moment == "after it recorded":
            record(told, now=now)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(draining, "record_tracked", die)
        with pytest.raises(KilledError):
            drain(waiting, now=now)
    assert waiting.length() == 2
    send(requested(tiny_course.units[0], cast.bo))
    assert drain(waiting, now=now).taken == 0  # the lease of the dead worker
    lapse(waiting)
    assert drain(waiting, now=now).taken == 3
    assert waiting.length() == 0
    assert [row[1:] for row in recorded()] == [
        (cast.bo.id, "meadow"), (cast.chen.id, "hive"), (cast.chen.id, "meadow")
    ]  # fmt: skip


def test_a_worker_that_was_given_up_removes_nothing_of_the_next(cast, tiny_course, waiting, now):
    send(requested(tiny_course.units[0], cast.chen))
    slow = waiting.take()
    assert waiting.take() is None
    lapse(waiting)
    other = waiting.take()
    assert other.messages == slow.messages
    assert not waiting.remove(slow)
    assert waiting.length() == 1
    assert waiting.remove(other)
    assert waiting.length() == 0


def test_a_worker_whose_database_fails_leaves_everything(cast, tiny_course, waiting, now, monkeypatch):
    send(requested(tiny_course.units[0], cast.chen))

    def fail(told, *, now):
        raise OperationalError("gone away")

    with monkeypatch.context() as patch:
        patch.setattr(draining, "record_tracked", fail)
        with pytest.raises(OperationalError):
            drain(waiting, now=now)
    assert drain(waiting, now=now).new == 1


def test_killed_at_random_and_told_twice_the_record_is_as_if_nothing_had_happened(
    cast, tiny_course, waiting, now, monkeypatch
):
    chance = random.Random(6)
    take = waiting.take
    monkeypatch.setattr(waiting, "take", lambda: take(size=3))
    told = [
        requested(unit, user, at=now + timedelta(minutes=minutes))
        for unit in tiny_course.units
        for user in (cast.chen, cast.bo, cast.ada, cast.dara)
        for minutes in (0, 600, 2000)
    ]
    chance.shuffle(told)
    record = draining.record_tracked

    def shaky(facts, *, now):
        fate = chance.random()
        if fate < 0.3:
            raise KilledError
        done = record(facts, now=now)
        if fate < 0.6:
            raise KilledError
        return done

    monkeypatch.setattr(draining, "record_tracked", shaky)
    deaths = 0
    for start in range(0, len(told), 4):
        send(*told[start : start + 4], *told[: start // 2])
        for _worker in range(20):
            try:
                drain(waiting, now=now + timedelta(days=2))
                break
            except KilledError:
                deaths += 1
                lapse(waiting)
    assert deaths > 5
    assert waiting.length() == 0
    expected = {
        (user.id, unit.block_id, (now + timedelta(minutes=minutes)).date())
        for unit in tiny_course.units
        for user in (cast.chen, cast.bo)
        for minutes in (0, 600, 2000)
    }
    rows = Activity.objects.filter(kind="opened")
    assert len(rows) == len(expected)
    assert {
        (row.user_id, UsageKey.from_string(row.object_id).block_id, row.happened_at.date()) for row in rows
    } == expected


def test_what_others_put_into_the_list_is_passed_over(cast, tiny_course, waiting, now):
    waiting._redis.rpush(waiting_file.LIST, "nonsense", b"\xff\xfe", '["opened",1]', "[" * 5000)
    send(requested(tiny_course.units[0], cast.chen))
    done = drain(waiting, now=now)
    assert (done.taken, done.new) == (5, 1)
    waiting._redis.hset(f"{waiting_file.PREFIX}overflowed:{now.date()}", "no course", 3)
    drain(waiting, now=now)
    assert lost(None, start=now.date(), end=now.date()) == 0


def test_a_round_ends_when_its_time_is_up(cast, tiny_course, waiting, now):
    send(requested(tiny_course.units[0], cast.chen))
    assert drain(waiting, now=now, seconds=0).taken == 0
    assert waiting.length() == 1


def test_a_redis_that_is_down_costs_one_wait_and_what_was_told_is_counted(
    cast, tiny_course, waiting, now, settings, redis_address, django_capture_on_commit_callbacks, monkeypatch
):
    tried, connect = [], socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda one, where: tried.append(where) or connect(one, where))
    port = free_port()
    settings.COMMUNITY_TRACKING_REDIS_URL = f"redis://127.0.0.1:{port}/0"
    key, day = tiny_course.course_key, now.date()
    send(*(requested(unit, cast.chen) for unit in units_of(key, 200)))
    assert tried == [("127.0.0.1", port)], "the first finds out, and nobody tries again"
    assert lost(key, start=day, end=day) == 0
    settings.COMMUNITY_TRACKING_REDIS_URL = redis_address
    delivery.silence.end()
    with django_capture_on_commit_callbacks():  # the request fails
        send(requested(tiny_course.units[0], cast.bo))
    with django_capture_on_commit_callbacks(execute=True):
        send(requested(tiny_course.units[0], cast.chen))
    assert lost(key, start=day, end=day) == 200
    with django_capture_on_commit_callbacks(execute=True):
        send(requested(tiny_course.units[1], cast.chen))
    assert lost(key, start=day, end=day) == 200
    assert waiting.length() == 3


def test_a_redis_that_was_emptied_is_used_again_at_once(cast, tiny_course, waiting, now):
    send(requested(tiny_course.units[0], cast.chen))
    waiting._redis.flushall()
    waiting._redis.script_flush()
    send(requested(tiny_course.units[0], cast.chen))
    assert drain(waiting, now=now).new == 1


def test_one_worker_is_asked_in_a_minute_however_much_is_told(cast, tiny_course, waiting, asked, settings):
    send(*(requested(unit, user) for unit in units_of(tiny_course.course_key, 9) for user in (cast.chen, cast.bo)))
    assert asked == [waiting_file.ASK_EVERY]
    assert 0 < waiting._redis.ttl(waiting_file.ASKED) <= waiting_file.ASK_EVERY
    waiting._redis.delete(waiting_file.ASKED)  # a minute later
    send(requested(tiny_course.units[0], cast.chen))
    assert len(asked) == 2
    waiting._redis.delete(waiting_file.ASKED)
    send(requested(tiny_course.units[0], cast.chen))  # told before
    settings.COMMUNITY_TRACKING_LIST = 1
    send(requested(tiny_course.units[1], cast.chen))  # no room
    assert len(asked) == 2


def test_a_broker_that_is_down_loses_nothing(cast, tiny_course, waiting, now, monkeypatch):
    def refuse(**how):
        raise ConnectionError

    monkeypatch.setattr(drain_tracking, "apply_async", refuse)
    send(requested(tiny_course.units[0], cast.chen), requested(tiny_course.units[1], cast.chen))
    assert drain(waiting, now=now).new == 2
    assert lost(None, start=now.date(), end=now.date()) == 0
