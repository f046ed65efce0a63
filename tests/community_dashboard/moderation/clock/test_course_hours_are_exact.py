"""Course hours against a count of single minutes, in zones whose clocks change in every way."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_dashboard.moderation.clock.times import (
    ALWAYS,
    Calendar,
    LocalWeek,
    OpenTime,
    due_at,
    open_seconds,
    seconds,
)

# One hour forward and back, half an hour, a quarter-hour offset, two in a month, and a day that was left out (Samoa, 2011).
ZONES = [
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Apia",
]
CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 2, 15, 2, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
]
PARIS = ZoneInfo("Europe/Paris")
OFFICE = Calendar("Europe/Paris", (((540, 720), (780, 1020)),) * 5 + ((), ()), frozenset({date(2026, 5, 1)}))


@st.composite
def days(draw):
    """Openings of one day, in order and apart."""
    marks = draw(st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


@st.composite
def worlds(draw):
    """A calendar and two moments near a change of the clocks."""
    around = draw(st.sampled_from(CHANGES))
    start = around + timedelta(minutes=draw(st.integers(-2000, 1500)))
    holiday = (around + timedelta(days=draw(st.integers(-1, 1)))).date()
    calendar = Calendar(
        draw(st.sampled_from(ZONES)),
        tuple(draw(days()) for _day in range(7)),
        frozenset({holiday}) if draw(st.booleans()) else frozenset(),
    )
    return calendar, start, start + timedelta(minutes=draw(st.integers(0, 3000)))


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether the minute that begins now is open, by the wall clock."""
    here = moment.astimezone(ZoneInfo(calendar.zone))
    minute = here.hour * 60 + here.minute
    return here.date() not in calendar.holidays and any(a <= minute < b for a, b in calendar.week[here.weekday()])


def counted(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Open minutes, one by one."""
    return sum(is_open(calendar, start + timedelta(minutes=n)) for n in range(int((end - start).total_seconds() // 60)))


@settings(max_examples=250, deadline=None)
@given(worlds())
def test_open_time_is_the_count_of_open_minutes(world):
    calendar, start, end = world
    assert open_seconds(calendar, start, end) == 60 * counted(calendar, start, end)


@settings(max_examples=150, deadline=None)
@given(worlds(), st.integers(1, 600))
def test_a_target_is_due_at_the_end_of_the_minute_that_completes_it(world, minutes):
    calendar, start, _end = world
    due = due_at(calendar, start, timedelta(minutes=minutes))
    if not any(calendar.week):
        assert due is None
        return
    found, at = 0, start
    while found < minutes and at < start + timedelta(days=16):
        found += is_open(calendar, at)
        at += timedelta(minutes=1)
    if found == minutes:
        assert due == at
    else:
        assert due > start + timedelta(days=15)


@settings(max_examples=100, deadline=None)
@given(worlds(), st.lists(st.integers(0, 3000 * 60), min_size=3, max_size=3).map(sorted))
def test_parts_add_up_whatever_the_second(world, cuts):
    calendar, start, _end = world
    open_time = OpenTime(calendar, start, start + timedelta(minutes=3000))
    first, middle, last = (seconds(start) + cut for cut in cuts)
    assert open_time.between(first, last) == open_time.between(first, middle) + open_time.between(middle, last)
    assert open_time.between(last, first) == 0 or first == last


@settings(max_examples=100, deadline=None)
@given(worlds(), st.lists(st.integers(0, 3000 * 60), max_size=20))
def test_many_moments_at_once_are_as_one_by_one(world, cuts):
    calendar, start, _end = world
    open_time = OpenTime(calendar, start, start + timedelta(minutes=3000))
    moments = [seconds(start) + cut for cut in cuts]
    assert open_time.until_each(moments) == [open_time.until(moment) for moment in moments]
    assert open_time.until_each(moments) == [open_time.between(seconds(start), moment) for moment in moments]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), st.sampled_from(CHANGES), st.lists(st.integers(0, 6 * 86_400), max_size=20))
def test_the_hour_of_the_week_is_what_the_wall_clock_shows(zone, around, cuts):
    start = around - timedelta(days=3)
    moments = [start + timedelta(seconds=cut) for cut in cuts]
    here = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    week = LocalWeek(zone, start, start + timedelta(days=6))
    shown = [moment.weekday() * 24 + moment.hour for moment in here]
    assert week.hours_of_week([seconds(moment) for moment in moments]) == shown


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-04-27 09:00", "2026-04-27 17:00", 7),  # a Monday with its lunch
        ("2026-04-24 16:30", "2026-04-27 09:30", 1),  # over a weekend
        ("2026-04-30 16:00", "2026-05-04 10:00", 2),  # over a holiday and a weekend
        ("2026-04-25 08:00", "2026-04-26 20:00", 0),
    ],
)
def test_hours_of_an_office_are_what_its_people_say(start, end, hours):
    moments = (datetime.fromisoformat(text).replace(tzinfo=PARIS) for text in (start, end))
    assert open_seconds(OFFICE, *moments) == hours * 3600


def test_the_hour_that_comes_twice_counts_twice_and_the_missing_one_not():
    nights = Calendar("Europe/Paris", (((60, 240),),) * 7)  # one to four
    assert (
        open_seconds(nights, datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC)) == 4 * 3600
    )
    assert (
        open_seconds(nights, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC)) == 2 * 3600
    )


def test_without_hours_every_second_counts():
    start = datetime(2026, 3, 1, tzinfo=UTC)
    assert open_seconds(ALWAYS, start, start + timedelta(days=40, seconds=7)) == 40 * 86_400 + 7
    assert due_at(ALWAYS, start, timedelta(hours=24)) == start + timedelta(hours=24)


def test_a_calendar_that_never_opens_has_no_due_moment():
    closed = Calendar("UTC", ((),) * 7)
    assert due_at(closed, datetime(2026, 3, 1, tzinfo=UTC), timedelta(hours=1)) is None
