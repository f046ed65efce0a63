"""The retention job: what is old goes, what something rests on stays, and pages say since when they can count."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referral_xblock.data import Selection, Verdict
from referral_xblock.journey.batches import EventKind, NewEvent, note_events
from referral_xblock.links.counts import count_clicks
from referral_xblock.models import Click, Event, Journey, Share, Showing, Sweep, Touch, Waiting
from referral_xblock.retention import sweeping
from referral_xblock.retention.queries import counted_since
from referral_xblock.retention.sweeping import apply_retention
from referral_xblock.retention.tables import TABLES

pytestmark = pytest.mark.django_db

PLENTY = 1000


@pytest.fixture
def days_ago(now):
    return lambda days: now - timedelta(days=days)


@pytest.fixture
def click(link, course_key, days_ago):
    def make(days, verdict=Verdict.PERSON, **values):
        return Click.objects.create(
            link_id=link.id,
            course_key=course_key,
            created_at=days_ago(days),
            verdict=verdict.value,
            visitor="a" * 20,
            person=values.pop("person", f"{Click.objects.count():020}"),
        )

    return make


def touch(user, link, token, at):
    return Touch.objects.create(
        token=token, user=user, course_key=link.course_key, link_id=link.id, kind="link", happened_at=at, bound_at=at
    )


def kept(model):
    return set(model.objects.values_list("id", flat=True))


def test_machine_clicks_go_first_then_the_others(click, now):
    young_machine, machine = click(80, Verdict.MACHINE), click(100, Verdict.MACHINE)
    person, unknown = click(700), click(700, Verdict.UNKNOWN)
    old = [click(800), click(800, Verdict.UNKNOWN)]
    deleted = apply_retention(now=now, pages=PLENTY)
    assert deleted["machine_clicks"] == 1 and deleted["clicks"] == 2
    assert kept(Click) == {young_machine.id, person.id, unknown.id}
    assert machine.id not in kept(Click) and not kept(Click) & {row.id for row in old}


def test_a_click_of_which_an_account_came_stays_for_ever(click, link, cast, now, days_ago):
    ground = click(4000)
    touch(cast.dara, link, f"click:{ground.id}", days_ago(4000))
    click(4000)
    apply_retention(now=now, pages=PLENTY)
    assert kept(Click) == {ground.id}


def test_nothing_goes_that_could_still_bring_somebody(click, now, settings):
    settings.REFERRAL_KEEP_CLICKS_DAYS = settings.REFERRAL_KEEP_MACHINE_CLICKS_DAYS = 1
    person, machine = click(366), click(1.5, Verdict.MACHINE)
    click(368), click(3, Verdict.MACHINE)
    apply_retention(now=now, pages=PLENTY)
    assert kept(Click) == {person.id, machine.id}


def test_events_go_only_of_those_whom_nobody_invited(link, cast, course_key, now, days_ago):
    touch(cast.dara, link, "code:1:1", days_ago(900))
    note_events(
        events=[
            NewEvent(user.id, kind, days_ago(900), course)
            for user in (cast.dara, cast.bo)
            for kind, course in ((EventKind.REGISTERED, None), (EventKind.ENROLLED, course_key))
        ]
    )
    Event.objects.filter(happened_at__gt=days_ago(100)).delete()
    assert Event.objects.count() == 4
    assert apply_retention(now=now, pages=PLENTY)["events"] == 2
    assert set(Event.objects.values_list("user_id", flat=True)) == {cast.dara.id}


def test_showings_and_shares_and_work_that_was_forgotten_go(cast, course_key, now, days_ago):
    for days in (1000, 1200):
        at = days_ago(days)
        Showing.objects.create(
            user=cast.chen, course_key=course_key, placement=str(days), shown_at=at, in_holdout=False
        )
        Share.objects.create(user=cast.chen, course_key=course_key, channel="copy", day=at.date())
    Waiting.objects.all().delete()
    for days in (29, 31):
        Waiting.objects.create(user=cast.chen, course_key=course_key, since=days_ago(days))
    deleted = apply_retention(now=now, pages=PLENTY)
    assert (deleted["showings"], deleted["shares"], deleted["waiting"]) == (1, 1, 1)
    assert Showing.objects.get().placement == "1000"
    assert Waiting.objects.get().since == days_ago(29)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nought_keeps_for_ever(table, click, cast, course_key, now, settings):
    for each in TABLES:
        setattr(settings, each.setting, 0)
    click(9999), click(9999, Verdict.MACHINE)
    with CaptureQueriesContext(connection) as asked:
        assert apply_retention(now=now, pages=PLENTY, tables=[table]) == {table.name: 0}
    assert not asked.captured_queries and Click.objects.count() == 2


def test_every_setting_is_one_and_is_checked():
    from django.core.checks import run_checks

    from referral_xblock.host.site_settings import defaults_of
    from referral_xblock.settings import plugin_settings

    defaults = defaults_of(plugin_settings, "REFERRAL_KEEP_")
    assert {table.setting for table in TABLES} == set(defaults)
    assert not [found for found in run_checks() if "REFERRAL_KEEP" in found.msg]


def test_a_run_is_bounded_and_the_next_goes_on(click, now, monkeypatch):
    monkeypatch.setattr(sweeping, "PAGE", 3)
    for _number in range(10):
        click(800)
    table = next(table for table in TABLES if table.name == "clicks")
    left = []
    while Click.objects.exists():
        apply_retention(now=now, pages=1, tables=[table])
        left.append(Click.objects.count())
    assert left == [7, 4, 1, 0]


def test_a_run_that_dies_half_way_is_gone_on_with(click, now, monkeypatch):
    monkeypatch.setattr(sweeping, "PAGE", 3)
    rows = [click(800) for _number in range(7)]
    table = next(table for table in TABLES if table.name == "clicks")
    calls = []

    def dies(ids):
        calls.append(ids)
        if len(calls) == 2:
            raise RuntimeError("the worker is gone")
        return ()

    from dataclasses import replace

    with pytest.raises(RuntimeError):
        apply_retention(now=now, pages=PLENTY, tables=[replace(table, spared=dies)])
    assert len(kept(Click)) == 4 and Sweep.objects.get().after == rows[2].id
    apply_retention(now=now, pages=PLENTY, tables=[table])
    assert not kept(Click)
    assert Sweep.objects.get().after == 0


def test_done_twice_it_is_done_once(click, now):
    click(800)
    assert apply_retention(now=now, pages=PLENTY)["clicks"] == 1
    assert set(apply_retention(now=now, pages=PLENTY).values()) == {0}


def test_journeys_and_credit_do_not_change(click, link, cast, course_key, now, days_ago):
    from referral_xblock.journey.repair import recompute_all

    ground = click(3000, person=f"u{cast.dara.id}")
    touch(cast.dara, link, f"click:{ground.id}", days_ago(3000))
    note_events(events=[NewEvent(cast.dara.id, EventKind.ENROLLED, days_ago(2999), course_key)])
    recompute_all(now=now)
    before = list(Journey.objects.values())
    assert before and before[0]["status"] == "credited"
    apply_retention(now=now, pages=PLENTY)
    recompute_all(now=now)
    assert list(Journey.objects.values()) == before
    assert count_clicks(course_key, Selection())[""].people == 1


def test_pages_can_say_since_when_they_count(click, now, days_ago):
    click(100)
    apply_retention(now=now, pages=PLENTY)
    assert counted_since() == {}, "nothing is gone: everything counts"
    click(100, Verdict.MACHINE), click(800)
    apply_retention(now=now, pages=PLENTY)
    assert counted_since() == {"machine_clicks": days_ago(90), "clicks": days_ago(730)}


def test_a_longer_time_set_later_does_not_bring_back_what_is_gone(click, now, days_ago, settings):
    click(800)
    apply_retention(now=now, pages=PLENTY)
    settings.REFERRAL_KEEP_CLICKS_DAYS = 3000
    click(4000)
    apply_retention(now=now, pages=PLENTY)
    assert counted_since()["clicks"] == days_ago(730)


def test_the_command_and_the_task_do_it(click, capsys):
    click(4000)
    call_command("apply_retention")
    assert "clicks: 1 deleted" in capsys.readouterr().out
    click(4000)
    from referral_xblock import tasks

    tasks.keep_as_long_as_needed.delay()
    assert not kept(Click)


def test_a_page_costs_the_same_whatever_the_number_of_rows(click, now):
    click(800)
    table = next(table for table in TABLES if table.name == "clicks")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            apply_retention(now=now, pages=1, tables=[table])
        return len(asked)

    apply_retention(now=now, pages=1, tables=[table])
    click(800)
    one = cost()
    for _number in range(40):
        click(800)
    assert cost() == one <= 8
