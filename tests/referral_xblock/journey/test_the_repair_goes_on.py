"""The repair goes through everybody in pages, can be stopped anywhere and goes on, and runs once at a time."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from referral_xblock import tasks
from referral_xblock.journey import repair
from referral_xblock.links.actions import ensure_links
from referral_xblock.models import Journey, RepairPass, Touch, Waiting
from tests.people import make_course

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
FRIENDS = 7


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(repair, "PAGE", 3)


@pytest.fixture
def friends(link, cast, course_key):
    """Seven friends in the ledger, two of whom came twice, and no journey computed; one of them also in another course."""
    other = make_course("course-v1:Test+Birds+2026").course_key
    elsewhere = ensure_links(owner_id=cast.chen.id, course_key=other, placement="", channels=["copy"], now=START)[
        "copy"
    ]
    users = [get_user_model().objects.create_user(f"friend{number}") for number in range(FRIENDS)]
    comes = [(user, link) for user in users] + [(users[0], link), (users[1], link), (users[0], elsewhere)]
    for number, (user, by) in enumerate(comes):
        Touch.objects.create(
            token=f"click:{number}",
            user=user,
            course_key=by.course_key,
            link=by,
            kind="link",
            happened_at=START,
            bound_at=START,
        )
    return users


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


def test_everybody_is_looked_at_once_in_each_course(friends):
    assert repair.recompute_all(now=START) == (FRIENDS + 1, FRIENDS + 1)
    assert repair.recompute_all(now=START) == (FRIENDS + 1, 0)
    assert Journey.objects.count() == FRIENDS + 1


def test_a_killed_pass_goes_on_where_it_stopped(friends):
    clock = Clock()
    going = repair.continue_repair(clock=clock)
    assert [next(going).people, next(going).people] == [3, 6]
    del going  # as if the process had been killed
    row = RepairPass.objects.get()
    assert (row.people, row.ended_at) == (6, None)
    with pytest.raises(repair.BusyError):
        next(repair.continue_repair(clock=clock))
    clock.now += timedelta(minutes=6)
    steps = list(repair.continue_repair(clock=clock))
    assert [(step.people, step.ended) for step in steps] == [(FRIENDS + 1, False), (FRIENDS + 1, True)]
    assert steps[0].resumed
    assert Journey.objects.count() == FRIENDS + 1


def test_in_the_background_a_new_pass_begins_a_day_after_the_last(friends, monkeypatch, settings):
    monkeypatch.setattr(repair, "PAGES_AT_ONCE", 2)
    clock, days = Clock(), []
    for _run in range(4):
        days.append(repair.continue_in_the_background(clock=clock))
    assert [day and (day.people, day.ended) for day in days] == [(6, False), (8, True), None, None]
    clock.now += timedelta(hours=23)
    assert repair.continue_in_the_background(clock=clock) is None
    clock.now += timedelta(hours=1)
    assert repair.continue_in_the_background(clock=clock).people == 6
    settings.REFERRAL_REPAIR_HOURS = 0
    assert repair.continue_in_the_background(clock=clock) is None


def test_one_who_cannot_be_repaired_keeps_nobody_else_waiting(friends, monkeypatch, caplog):
    genuine = repair.reconcile

    def reconcile(user_ids, *arguments, **named):
        if friends[1].id in user_ids:
            raise RuntimeError("broken")
        genuine(user_ids, *arguments, **named)

    monkeypatch.setattr(repair, "reconcile", reconcile)
    assert repair.recompute_all(now=START) == (FRIENDS + 1, FRIENDS)
    assert not Journey.objects.filter(user=friends[1]).exists()
    assert "cannot be repaired" in caplog.text


def test_journeys_without_a_touch_are_dropped(friends):
    repair.recompute_all(now=START)
    Touch.objects.filter(user=friends[2]).delete()
    assert repair.recompute_all(now=START) == (FRIENDS, 1)
    assert not Journey.objects.filter(user=friends[2]).exists()


def test_the_task_does_what_was_forgotten_and_goes_on(friends, cast, course_key):
    Waiting.objects.create(user=cast.dara, course_key=course_key, since=timezone.now() - timedelta(hours=1))
    tasks.catch_up.delay()
    assert not Waiting.objects.exists()
    assert Journey.objects.count() == FRIENDS + 1


def test_the_command_shows_how_far_it_is(friends, course_key):
    said = io.StringIO()
    call_command("recompute_journeys", "--course", str(course_key), stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[0].startswith("3 people looked at, 3 journeys changed")
    assert lines[-2:] == ["7 people looked at, 7 journeys changed …", "Done."]
    assert Journey.objects.count() == FRIENDS


def test_the_command_says_that_somebody_else_is_at_it(friends):
    next(repair.continue_repair(clock=timezone.now))
    with pytest.raises(CommandError, match="Somebody else is computing the journeys"):
        call_command("recompute_journeys")


def test_the_command_says_what_is_no_course(db):
    with pytest.raises(CommandError, match="“bees” is not a course key"):
        call_command("recompute_journeys", "--course", "bees")
