"""Weeks of a shared goal: when one may begin, and how many in a row both have reached."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from referral_xblock.teams.draw import in_draw
from referral_xblock.teams.weeks import WEEK, coming_mondays, monday_of, streak

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("today", "first"), [(MONDAY, MONDAY), (date(2026, 3, 3), date(2026, 3, 9)), (date(2026, 3, 8), date(2026, 3, 9))]
)
def test_one_begins_today_if_it_is_a_monday_or_on_the_next(today, first):
    assert coming_mondays(today) == [first, first + WEEK, first + 2 * WEEK]


def counts(*weeks):
    """Blocks by Monday, the first week first."""
    return {MONDAY + number * WEEK: blocks for number, blocks in enumerate(weeks)}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ((5, 5, 5), (5, 5, 5), 3),
        ((5, 5, 4), (5, 5, 5), 2),  # the running week breaks nothing
        ((5, 4, 5), (5, 5, 5), 1),
        ((5, 5, 0), (5, 0, 0), 0),
        ((9, 9), (9, 9), 2),
        ((), (), 0),
    ],
)
def test_only_weeks_in_which_both_reached_the_goal_are_counted(mine, theirs, expected):
    today = MONDAY + 2 * WEEK + timedelta(days=3)
    assert streak((counts(*mine), counts(*theirs)), goal=5, starts_on=MONDAY, today=today) == expected


@given(some.lists(some.integers(0, 9), max_size=12), some.lists(some.integers(0, 9), max_size=12), some.integers(0, 80))
def test_a_streak_is_never_longer_than_the_time_since_the_beginning(mine, theirs, days):
    today = MONDAY + timedelta(days=days)
    weeks = streak((counts(*mine), counts(*theirs)), goal=3, starts_on=MONDAY, today=today)
    assert 0 <= weeks <= (monday_of(today) - MONDAY).days // 7 + 1
    assert weeks <= min(sum(blocks >= 3 for blocks in mine), sum(blocks >= 3 for blocks in theirs))


def test_the_draw_offers_half_stays_and_differs_between_courses_and_salts():
    people = range(20_000)
    drawn = {person for person in people if in_draw(person, "course-v1:A+B+C", salt="salt")}
    assert 0.49 < len(drawn) / len(people) < 0.51
    assert drawn == {person for person in people if in_draw(person, "course-v1:A+B+C", salt="salt")}
    for other in (
        {"course_key": "course-v1:A+B+D", "salt": "salt"},
        {"course_key": "course-v1:A+B+C", "salt": "other"},
    ):
        both = sum(in_draw(person, other["course_key"], salt=other["salt"]) for person in drawn)
        assert 0.48 < both / len(drawn) < 0.52
