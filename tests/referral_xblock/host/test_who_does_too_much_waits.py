"""So much in a window of time and no more; each person, and each thing, by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from referral_xblock.host.throttle import seconds_to_wait

MIDDLE = datetime(2026, 3, 2, 10, 3, 20, tzinfo=UTC)  # ten minutes begin at 10:00
TEN_MINUTES = timedelta(minutes=10)


def waits(number, *, who=1, what="files", most=2, window=TEN_MINUTES, now=MIDDLE):
    return [seconds_to_wait(what, who, most=most, window=window, now=now) for _ in range(number)]


def test_what_is_too_much_waits_until_the_next_window():
    assert waits(4) == [0, 0, 400, 400]
    assert waits(1, now=MIDDLE + timedelta(seconds=399)) == [1]
    assert waits(3, now=MIDDLE + timedelta(seconds=400)) == [0, 0, 600]


@pytest.mark.parametrize(
    ("window", "seconds"), [(timedelta(minutes=1), 40), (timedelta(hours=1), 3400), (timedelta(days=1), 50_200)]
)
def test_windows_begin_where_clocks_show_noughts(window, seconds):
    assert waits(3, window=window) == [0, 0, seconds]
    assert waits(3, window=window, now=MIDDLE + timedelta(seconds=seconds)) == [0, 0, window.total_seconds()]


def test_each_person_and_each_thing_is_counted_alone():
    assert waits(3) == [0, 0, 400]
    assert waits(2, who=2) == waits(2, who="0a1b2c") == waits(2, what="pages") == [0, 0]


def test_without_a_limit_nothing_is_counted():
    assert waits(50, most=0) == [0] * 50
    assert waits(2) == [0, 0]


def test_a_cache_that_forgets_lets_one_through(monkeypatch):
    waits(2)

    def dropped(key):
        raise ValueError(key)

    with monkeypatch.context() as forgetful:
        forgetful.setattr(cache, "incr", dropped)
        assert waits(1) == [0]
    assert waits(1) == [400]


def test_a_count_does_not_outlive_the_window_that_follows_its_own(monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "add", lambda key, value, seconds: kept.append(seconds))
    waits(1)
    assert kept == [1200]
