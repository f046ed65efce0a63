"""Each number of each chart is counted once more from the record, for everybody and for every chooser.

One test for each choice: to live in a course takes longer than to count it.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.utils.dates import WEEKDAYS

from community_dashboard.access.small_groups import hide
from community_dashboard.charts.countries import country_name
from community_dashboard.charts.numbers import decimal, per_cent, whole
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.trends.progress import QUIET_DAYS
from community_dashboard.engagement.trends.steps import days_between, long, monday_of
from community_dashboard.host.chosen import get_host
from tests.community_dashboard.engagement import recount
from tests.community_dashboard.engagement.trends.conftest import assert_drawn_as_told, rows_of

START = date(2026, 1, 12)  # a Monday; today is Monday, 2 March
CHOICES = ("everybody", "cohort", "mode", "segment", "joined", "short", "all of them")


@pytest.fixture(params=CHOICES)
def asked(request, lived_in):
    """(a choice, who is in it or None for everybody, all people of the recount)."""
    people = recount.people(lived_in.course_key, now=lived_in.now)
    first, last = START, lived_in.today
    holds = {
        "everybody": (Choice(first, last), None),
        "cohort": (Choice(first, last, cohort=lived_in.cohort.id), lambda one: one.cohort == lived_in.cohort.id),
        "mode": (Choice(first, last, mode="verified"), lambda one: one.mode == "verified"),
        "segment": (
            Choice(first, last, segment="drifters"),
            lambda one: one.enrolled and one.days >= 2,
        ),
        "joined": (
            Choice(first, last, joined=True),
            lambda one: one.enrolled_at and first <= one.enrolled_at.date() <= last,
        ),
        "short": (Choice(date(2026, 2, 11), date(2026, 2, 27)), None),
        "all of them": (
            Choice(first, last, cohort=lived_in.cohort.id, mode="audit", joined=True),
            lambda one: (
                one.cohort == lived_in.cohort.id
                and one.mode == "audit"
                and one.enrolled_at
                and first <= one.enrolled_at.date() <= last
            ),
        ),
    }
    choice, condition = holds[request.param]
    some = None if condition is None else {person for person, one in people.items() if condition(one)}
    return choice, some, people


def of(some, people):
    return [one for person, one in people.items() if some is None or person in some]


def learners(some, people):
    return [one for one in of(some, people) if not one.team]


def said(day, today=None):
    return f"{long(day)}, so far" if day == today else long(day)


def check_active_learners_by_day(asked, charts_of, lived_in):
    choice, some, _people = asked
    chart = charts_of("activity", choice)["active-days"]
    counts = recount.daily(lived_in.course_key, "active", persons=some)
    days = days_between(choice.start, choice.end)
    expected = {said(day, lived_in.today): whole(counts.get(day, 0)) for day in days}
    if not any(counts.get(day) for day in days):
        expected = {}
    found = rows_of(chart)
    assert {day: numbers[0] for day, numbers in found.items()} == expected
    if len(chart.columns) == 3:
        before = days_between(choice.before.start, choice.before.end)
        assert [numbers[1] for numbers in found.values()] == [whole(counts.get(day, 0)) for day in before]
    assert_drawn_as_told(chart)


def check_active_learners_by_week(asked, charts_of, lived_in):
    choice, some, _people = asked
    chart = charts_of("activity", choice)["active-weeks"]
    counts = recount.daily(lived_in.course_key, "active_week", persons=some)
    mondays = [day for day in days_between(choice.start, choice.end) if day.weekday() == 0]
    running = monday_of(lived_in.today)
    whole_ones = [day for day in mondays if day + timedelta(days=6) <= choice.end or day == running]
    values = {said(day, running): [whole(counts.get(day, 0))] for day in whole_ones}
    assert rows_of(chart) == (values if any(counts.get(day) for day in whole_ones) else {})
    assert_drawn_as_told(chart)


def check_activity_by_hour_of_the_week(asked, charts_of, lived_in):
    choice, some, _people = asked
    chart = charts_of("activity", choice)["hours"]
    last = min(choice.end, lived_in.today - timedelta(days=1))
    times = Counter(day.weekday() for day in days_between(choice.start, last))
    sums = defaultdict(int)
    for hour in range(24):
        for day, people in recount.daily(lived_in.course_key, f"hour_{hour:02}", persons=some).items():
            if choice.start <= day <= last:
                sums[day.weekday(), hour] += people
    expected = {
        f"{hour:02} to {hour + 1:02} h": [
            decimal(sums[day, hour] / times[day]) if sums[day, hour] else ("0" if times[day] else "–")
            for day in range(7)
        ]
        for hour in range(24)
    }
    assert rows_of(chart) == (expected if any(sums.values()) else {})
    assert chart.columns[1:] == tuple(str(WEEKDAYS[day]) for day in range(7))
    assert_drawn_as_told(chart)


def additive(metrics, choice, some, lived_in):
    """Rows of counts that are added up by week, or by day in a short period."""
    counts = {name: recount.daily(lived_in.course_key, name, persons=some) for name in metrics}
    rows = {}
    firsts = defaultdict(list)
    for day in days_between(choice.start, choice.end):
        firsts[max(choice.start, monday_of(day)) if choice.days > 35 else day].append(day)
    for first, days in firsts.items():
        running = lived_in.today in days
        rows[said(first, first if running else None)] = [
            whole(sum(counts[name].get(day, 0) for day in days)) for name in metrics
        ]
    return rows if any(number != "0" for numbers in rows.values() for number in numbers) else {}


def check_enrolled_and_left(asked, charts_of, lived_in):
    choice, some, _people = asked
    chart = charts_of("enrolment", choice)["enrolments"]
    assert rows_of(chart) == additive(("enrolled", "left"), choice, some, lived_in)
    assert_drawn_as_told(chart)


def check_how_far_people_came(asked, charts_of, lived_in):
    choice, some, people = asked
    parts = recount.funnel(learners(some, people))
    total = parts.pop("people")
    chart = charts_of("enrolment", choice)["funnel"]
    assert list(rows_of(chart).values()) == (
        [[whole(people), per_cent(people / total)] for people in parts.values()] if total else []
    )
    assert_drawn_as_told(chart)


def check_where_people_stop(asked, charts_of, lived_in):
    choice, some, people = asked
    since = lived_in.now - timedelta(days=QUIET_DAYS)
    where = recount.standing(learners(some, people), quiet_since=since)
    units = [unit for unit in get_host().outline(lived_in.course_key) if unit.blocks]
    order = {block: place for place, unit in enumerate(units) for block in unit.blocks}
    finished = sum(one.finished for one in learners(some, people) if one.enrolled or one.enrolled_at or one.left_at)
    done = recount.blocks(lived_in.course_key, start=choice.start, end=choice.end)
    expected = {}
    for place, unit in enumerate(units):
        came = finished + sum(count for block, (count, _quiet) in where.items() if order.get(block, -1) >= place)
        stopped = sum(quiet for block, (_count, quiet) in where.items() if order.get(block) == place)
        row = [whole(came), whole(stopped), per_cent(stopped / came if came else None)]
        if some is None:
            row.append(whole(sum(done.get(block, {}).get("completed", 0) for block in unit.blocks)))
        expected[f"{unit.title} ({unit.section})"] = row
    chart = charts_of("progress", choice)["units"]
    assert rows_of(chart) == (expected if any(row[0] != "0" for row in expected.values()) else {})
    assert_drawn_as_told(chart)


def check_who_is_still_active(asked, charts_of, lived_in):
    choice, some, people = asked
    weeks = recount.retention(of(some, people), now=lived_in.now)
    this_monday = monday_of(lived_in.today)
    longest = max((len(active) for _people, active in weeks.values()), default=0)
    expected = {}
    for monday in sorted(weeks):
        count, active = weeks[monday]
        cells = [
            f"{per_cent(number / count)} ({number})"
            + (", so far" if monday + timedelta(weeks=after) == this_monday else "")
            for after, number in enumerate(active)
        ]
        expected[long(monday)] = [whole(count), *cells, *[""] * (longest - len(cells))]
    chart = charts_of("retention", choice)["retention"]
    assert rows_of(chart) == expected
    assert_drawn_as_told(chart)


def check_forum_and_learning(asked, charts_of, lived_in):
    choice, some, _people = asked
    charts = charts_of("community", choice)
    assert rows_of(charts["forum"]) == additive(("posted", "answered"), choice, some, lived_in)
    assert rows_of(charts["work"]) == additive(("completed",), choice, some, lived_in)
    invitations = {} if some is not None else additive(("shared", "brought"), choice, some, lived_in)
    assert rows_of(charts["invitations"]) == invitations
    for chart in charts.values():
        assert_drawn_as_told(chart)


def check_countries(asked, charts_of, lived_in):
    choice, some, people = asked
    chart = charts_of("countries", choice)["countries"]
    if some is not None:  # fewer than a hundred
        assert chart.rows == () and chart.drawing is None
        return
    counts = Counter(one.country for one in people.values() if one.person > 0 and not one.team)
    hidden = hide(counts)
    total = sum(counts.values())
    expected = {country_name(code): [whole(n), per_cent(n / total)] for code, n in hidden.shown.items()}
    if hidden.others:
        expected["Other countries"] = [whole(hidden.others), per_cent(hidden.others / total)]
    assert rows_of(chart) == expected
    assert_drawn_as_told(chart)


def test_every_chart_of_a_choice(asked, charts_of, lived_in):
    same = {"asked": asked, "charts_of": charts_of, "lived_in": lived_in}
    check_active_learners_by_day(**same)
    check_active_learners_by_week(**same)
    check_activity_by_hour_of_the_week(**same)
    check_enrolled_and_left(**same)
    check_how_far_people_came(**same)
    check_where_people_stop(**same)
    check_who_is_still_active(**same)
    check_forum_and_learning(**same)
    check_countries(**same)
