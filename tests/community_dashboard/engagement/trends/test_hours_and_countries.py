"""Hours are those of the site; countries of small groups cannot be seen, whatever is chosen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings
from django.utils import timezone, translation

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.charts.countries import country_name
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.trends.activity import by_hour_of_week
from demo.campus.models import Enrolment, Profile
from tests.community_dashboard.engagement.trends.conftest import rows_of

SUNDAY = date(2026, 3, 1)


def placed(counts, first, last):
    table = by_hour_of_week(counts, first, last)
    return {(day, hour): table[day][hour] for day in range(7) for hour in range(24) if table[day][hour]}


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("UTC", (6, 23)),
        ("Europe/Paris", (0, 0)),  # Monday, midnight
        ("America/New_York", (6, 18)),
        ("Asia/Kolkata", (0, 4)),  # half past four begins in the hour of four
    ],
)
def test_an_hour_stands_where_the_site_is(zone, place):
    with override_settings(TIME_ZONE=zone):
        assert placed({"hour_23": {SUNDAY: 6}}, SUNDAY, SUNDAY) == {place: 6}


def test_the_clock_that_is_put_forward_moves_only_the_days_after_it():
    """Paris, 29 March 2026."""
    with override_settings(TIME_ZONE="Europe/Paris"):
        counts = {"hour_12": {date(2026, 3, 28): 2, date(2026, 3, 29): 3}}
        assert placed(counts, date(2026, 3, 28), date(2026, 3, 29)) == {(5, 13): 2, (6, 14): 3}


def test_it_is_an_average_over_the_days_of_that_name():
    counts = {"hour_08": {SUNDAY: 3, SUNDAY + timedelta(days=7): 0}}
    assert placed(counts, SUNDAY, SUNDAY + timedelta(days=7)) == {(6, 8): 1.5}
    table = by_hour_of_week(counts, SUNDAY, SUNDAY)
    assert table[0] == [None] * 24 and table[6][0] == 0


def test_today_is_left_out_of_hours_and_the_zone_is_said(cast, course_key, charts_of, now):
    for days in (0, 1):
        record_many(
            activities=[
                facts.completed(
                    user_id=cast.chen.id, course_key=course_key, block_key=f"b{days}", at=now - timedelta(days=days)
                )
            ]
        )
    fill_course(course_key, now=now)
    chart = charts_of("activity")["hours"]
    found = [row for row in chart.rows if any(number.text != "0" for number in row.numbers)]
    assert [row.name for row in found] == ["09 to 10 h"]
    assert found[0].numbers[0].text == "0", "Monday is today"
    assert timezone.get_default_timezone_name() in chart.note


@pytest.fixture
def crowd(cast, course_key, now):
    """`crowd({("FR", "audit"): 30, …})` enrols so many and fills the figures."""

    def enrol(groups):
        users, number = [], 0
        for (country, mode), people in groups.items():
            for _ in range(people):
                number += 1
                user = get_user_model().objects.create(username=f"c{number}", email=f"c{number}@example.org")
                users.append((user, country, mode))
        Enrolment.objects.bulk_create(
            Enrolment(user=user, course_key=course_key, active=True, mode=mode, created=now) for user, _c, mode in users
        )
        Profile.objects.bulk_create(Profile(user=user, country=country) for user, country, _mode in users)
        fill_course(course_key, now=now)

    return enrol


def choice_of(now, **more):
    return Choice(now.date() - timedelta(days=9), now.date(), **more)


def test_small_countries_are_among_the_others(crowd, charts_of, now):
    crowd({("FR", "audit"): 30, ("DE", "audit"): 12, ("MA", "audit"): 4})
    rows = rows_of(charts_of("countries", choice_of(now))["countries"])
    # ada, bo, chen told no country; "not told" is a group like the others.
    assert "Morocco" not in rows and rows["France"][0] == "30"
    assert int(rows["Other countries"][0]) >= 10


def test_some_of_the_learners_are_not_divided_while_they_or_the_rest_are_few(crowd, charts_of, now):
    crowd({("FR", "audit"): 60, ("DE", "audit"): 30, ("FR", "verified"): 20})
    for mode in ("audit", "verified"):
        chart = charts_of("countries", choice_of(now, mode=mode))["countries"]
        assert chart.rows == () and chart.drawing is None
        assert "when at least 100 are chosen and at least as many are not" in chart.finding


def test_enough_of_them_are_divided_in_tens(crowd, charts_of, now):
    crowd({("FR", "audit"): 84, ("DE", "audit"): 33, ("MA", "audit"): 6, ("FR", "verified"): 104})
    chart = charts_of("countries", choice_of(now, mode="audit"))["countries"]
    rows = rows_of(chart)
    assert all(int(numbers[0]) % 10 == 0 for numbers in rows.values())
    assert rows["France"][0] == "80"
    assert "rounded to 10" in chart.note


def test_a_country_has_its_name_in_the_readers_language():
    assert country_name("DE") == "Germany"
    with translation.override("fr"):
        assert country_name("DE") == "Allemagne"
    with translation.override("eo"):
        assert country_name("DE")
    assert country_name("QQ") == "QQ"


def test_moments_before_the_year_of_anything_are_no_trouble(cast, course_key, charts_of, now):
    at = datetime(1980, 1, 1, tzinfo=UTC)
    record_many(activities=[facts.completed(user_id=cast.chen.id, course_key=course_key, block_key="b", at=at)])
    fill_course(course_key, now=now)
    for question in ("activity", "runs", "retention"):
        assert charts_of(question)
