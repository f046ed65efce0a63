"""From the tracker of the platform into the record, where a site has no list in Redis: one task for each new fact."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone
from eventtracking import tracker

from community_dashboard.activity.tracking import delivery, losses, recording
from community_dashboard.activity.tracking.queries import lost
from community_dashboard.activity.tracking.reading import message_of, read
from community_dashboard.activity.tracking.recording import record_tracked
from community_dashboard.activity.tracking.tasks import drain_tracking, record_told
from community_dashboard.models import Activity, TrackingLoss
from community_dashboard.retirement import forget_retired
from demo.campus import actions
from demo.courseware.models import Block, Course
from tests.community_dashboard.activity.tracking.events import answered, played_in_app, requested, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """`tell(event, …)` emits events through the platform's tracker, each in a request of its own that commits."""

    def emit(*events):
        for one in events:
            request = tracker.get_tracker().context("request", one["context"])
            with django_capture_on_commit_callbacks(execute=True), request:
                tracker.emit(one["name"], one["data"])

    return emit


def rows():
    return [
        (row.kind, row.user_id, row.object_id.rpartition("@")[2])
        for row in Activity.objects.filter(kind__in=("opened", "watched", "tried")).order_by("id")
    ]


def facts_of(*events):
    return [read(one) for one in events]


def test_what_the_tracker_is_told_is_in_the_record(cast, tiny_course, tell):
    problem = tiny_course.completable[1]
    tell(
        requested(tiny_course.units[0], cast.chen),
        selected(tiny_course.units[0], cast.chen),
        answered(problem, cast.chen),
    )
    tell(requested(tiny_course.units[0], cast.bo), requested(tiny_course.units[0], None))
    assert rows() == [
        ("opened", cast.chen.id, "meadow"),
        ("tried", cast.chen.id, "count"),
        ("opened", cast.bo.id, "meadow"),
    ]
    row = Activity.objects.filter(kind="tried").get()
    assert (row.course_key, row.object_kind, row.object_id) == (tiny_course.course_key, "block", str(problem))
    assert timezone.now() - row.happened_at < timedelta(minutes=1)


def test_a_repetition_costs_no_message(cast, tiny_course, tell, monkeypatch):
    sent = []
    monkeypatch.setattr(record_told, "apply_async", lambda *given, **options: sent.append(given))
    for _press in range(5):
        tell(requested(tiny_course.units[0], cast.chen))
    tell(requested(tiny_course.units[1], cast.chen), requested(tiny_course.units[0], cast.bo))
    assert len(sent) == 3


def test_a_request_that_fails_tells_nothing_and_keeps_the_next_one_from_nothing(
    cast, tiny_course, tell, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks():  # what waits for the commit is thrown away
        told = requested(tiny_course.units[0], cast.chen)
        with tracker.get_tracker().context("request", told["context"]):
            tracker.emit(told["name"], told["data"])
    assert rows() == []
    tell(told)
    assert len(rows()) == 1


def test_twice_late_and_out_of_order_is_as_once(cast, tiny_course, now):
    unit = tiny_course.units[0]
    told = [requested(unit, cast.chen, at=now + timedelta(minutes=minutes)) for minutes in (30, 0, 90)]
    later = now + timedelta(days=39)
    assert record_tracked(facts_of(*told), now=later).new == 1
    assert record_tracked(reversed(facts_of(*told)), now=later).new == 0
    assert record_tracked(facts_of(requested(unit, cast.chen, at=now - timedelta(hours=1))), now=later).new == 0
    row = Activity.objects.get(kind="opened")
    assert row.happened_at == now - timedelta(hours=1)


def test_what_the_course_does_not_have_leaves_no_trace(cast, tiny_course, tell):
    key = tiny_course.course_key
    tell(
        requested(key.make_usage_key("vertical", "nowhere"), cast.chen),
        selected(key.make_usage_key("sequential", "day1"), cast.chen),
        played_in_app(key.make_usage_key("video", "x" * 100), cast.chen),
        requested("block-v1:Test+Gone+2026+type@vertical+block@meadow", cast.chen),
    )
    assert rows() == []
    assert not TrackingLoss.objects.exists()


def test_who_is_not_in_the_course_leaves_no_trace(cast, tiny_course, tell):
    tell(requested(tiny_course.units[0], cast.dara), requested(tiny_course.units[0], 999_999))
    assert rows() == []


def test_a_unit_that_is_new_is_known_within_a_minute(cast, tiny_course, now, monkeypatch):
    clock = 1_000_000.0
    monkeypatch.setattr(recording.time, "time", lambda: clock)
    record_tracked(facts_of(requested(tiny_course.units[0], cast.chen)), now=now)
    key = tiny_course.course_key
    new = key.make_usage_key("vertical", "orchard")
    section = Block.objects.get(usage_key=tiny_course.units[0]).parent
    Block.objects.create(
        course_key=key, usage_key=new, block_type="vertical", parent=section, position=99, display_name="Orchard"
    )
    assert record_tracked(facts_of(requested(new, cast.chen)), now=now).left_out == 1
    clock += recording.ASK_AGAIN_AFTER
    assert record_tracked(facts_of(requested(new, cast.chen)), now=now).new == 1
    clock -= 10_000  # a clock that jumps back keeps nobody out for long
    other = key.make_usage_key("vertical", "garden")
    Block.objects.create(
        course_key=key, usage_key=other, block_type="vertical", parent=section, position=100, display_name="Garden"
    )
    assert record_tracked(facts_of(requested(other, cast.chen)), now=now).new == 1


def test_the_outline_is_not_asked_for_every_fact(cast, tiny_course, now, monkeypatch):
    host, asked = recording.get_host(), []

    class Counting:
        def outline(self, course_key):
            asked.append(course_key)
            return host.outline(course_key)

    monkeypatch.setattr(recording, "get_host", Counting)
    bad = requested(tiny_course.course_key.make_usage_key("vertical", "bad"), cast.chen)
    for _time in range(5):
        record_tracked(facts_of(requested(tiny_course.units[0], cast.chen), bad), now=now)
    assert len(asked) == 1


def test_a_clock_that_jumps_reaches_no_day_it_should_not(cast, tiny_course, now):
    told = [
        requested(tiny_course.units[0], cast.chen, at=now + delta)
        for delta in (timedelta(days=300), timedelta(hours=1), -timedelta(days=41), -timedelta(days=9000))
    ]
    done = record_tracked(facts_of(*told), now=now)
    assert (done.new, done.lost) == (0, 4)
    assert rows() == []
    assert lost(tiny_course.course_key, start=now.date(), end=now.date()) == 4


def test_one_course_that_cannot_be_read_stops_no_other_and_is_counted(cast, tiny_course, now, monkeypatch):
    host = recording.get_host()

    class Broken:
        def outline(self, course_key):
            if course_key != tiny_course.course_key:
                raise ValueError("no structure")
            return host.outline(course_key)

    monkeypatch.setattr(recording, "get_host", Broken)
    bad = [requested(f"block-v1:Test+Broken+2026+type@vertical+block@{n}", cast.chen) for n in range(3)]
    done = record_tracked(facts_of(*bad, requested(tiny_course.units[0], cast.chen)), now=now)
    assert (done.new, done.lost) == (1, 3)
    assert lost(None, start=now.date(), end=now.date()) == 3
    assert lost(tiny_course.course_key, start=now.date(), end=now.date()) == 0


def test_a_deleted_course_and_a_deleted_account_are_passed_over(cast, tiny_course, now):
    told = facts_of(requested(tiny_course.units[0], cast.chen), requested(tiny_course.units[0], cast.bo))
    cast.bo.delete()
    assert record_tracked(told, now=now).new == 1
    cache.clear()
    Course.objects.all().delete()
    Block.objects.all().delete()
    assert record_tracked(facts_of(requested(tiny_course.units[1], cast.chen)), now=now).left_out == 1


def test_who_was_retired_meanwhile_leaves_no_trace(cast, tiny_course, now):
    told = facts_of(requested(tiny_course.units[0], cast.chen))
    forget_retired(cast.chen)
    assert record_tracked(told, now=now).new == 0
    assert rows() == []


def test_who_left_the_course_keeps_what_was_done(cast, tiny_course, now):
    told = facts_of(requested(tiny_course.units[0], cast.chen))
    actions.unenrol(user=cast.chen, course_key=tiny_course.course_key, by=cast.chen, now=now)
    assert record_tracked(told, now=now).new == 1


def test_a_database_that_fails_loses_nothing(cast, tiny_course, now, monkeypatch):
    told = facts_of(requested(tiny_course.units[0], cast.chen))
    with monkeypatch.context() as patch:
        patch.setattr(recording, "record_many", lambda **given: (_ for _ in ()).throw(OperationalError("gone away")))
        with pytest.raises(OperationalError):
            record_tracked(told, now=now)
    assert record_tracked(told, now=now).new == 1


def test_a_broker_that_does_not_answer_is_asked_once_and_what_was_told_is_counted(cast, tiny_course, tell, monkeypatch):
    asked = []

    def refuse(*given, **options):
        asked.append(given)
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(record_told, "apply_async", refuse)
        tell(*(requested(unit, user) for unit in tiny_course.units for user in (cast.chen, cast.bo)))
    assert len(asked) == 1
    assert rows() == []
    delivery.silence.end()
    tell(requested(tiny_course.units[0], cast.chen))
    assert rows() == [("opened", cast.chen.id, "meadow")]
    today = timezone.now().date()
    assert lost(tiny_course.course_key, start=today - timedelta(days=1), end=today) == 4  # midnight may have passed


def test_an_error_of_ours_never_reaches_the_request(cast, tiny_course, tell, monkeypatch):
    monkeypatch.setattr("community_dashboard.activity.tracking.backend.deliver", lambda fact: 1 / 0)
    tell(requested(tiny_course.units[0], cast.chen))
    assert rows() == []


def test_losses_add_up_by_day_and_course(tiny_course, elsewhere, now):
    day, key = now.date(), tiny_course.course_key
    losses.add(column="unsent", numbers={(key, day): 2, (elsewhere, day): 5})
    losses.add(column="unsent", numbers={(key, day): 1})
    losses.note_overflow(numbers={(key, day): 10})
    losses.note_overflow(numbers={(key, day): 10})
    losses.note_overflow(numbers={(key, day): 4})
    losses.add(column="unread", numbers={(key, day - timedelta(days=1)): 7})
    assert lost(key, start=day, end=day) == 13
    assert lost(key, start=day - timedelta(days=1), end=day) == 20
    assert lost(None, start=day, end=day) == 18
    assert lost(key, start=day + timedelta(days=1), end=day + timedelta(days=1)) == 0


def test_without_redis_there_is_nothing_to_drain(settings, django_assert_num_queries):
    assert settings.COMMUNITY_TRACKING_REDIS_URL == ""
    with django_assert_num_queries(0):
        drain_tracking.delay()


def test_a_task_that_is_told_nonsense_does_nothing(cast, tiny_course, now):
    record_told.delay(["", "{}", 5, None, message_of(read(requested("block-v1:a+b+c+type@vertical+block@d", 5)))])
    assert rows() == []


def test_a_batch_of_one_course_costs_few_queries(cast, tiny_course, now, django_assert_max_num_queries):
    units = [requested(unit, user) for unit in tiny_course.units for user in (cast.chen, cast.bo)]
    told = facts_of(*units)
    record_tracked(told[:1], now=now)
    with django_assert_max_num_queries(10):
        record_tracked(told, now=now)
