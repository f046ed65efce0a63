"""The sentence above each chart: nothing, one day, ties, up and down, and what is not over."""

from datetime import date, timedelta

import pytest

from community_dashboard.activity.rollup.groups import CohortWeek, Funnel
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.trends import findings, standing_findings
from community_dashboard.engagement.trends.steps import by_day, by_week, steps_of, whole_weeks

MONDAY = date(2026, 3, 2)
LATER = date(2026, 6, 1)  # everything is over


def days(number, *, today=LATER):
    return by_day(Choice(MONDAY, MONDAY + timedelta(days=number - 1)), today=today)


def weeks(number, *, today=LATER):
    return whole_weeks(Choice(MONDAY, MONDAY + timedelta(weeks=number, days=-1)), today=today)


@pytest.mark.parametrize(
    ("counts", "before", "today", "said"),
    [
        ((0, 0, 0), (), LATER, "Nobody was active in this period."),
        ((4,), (), LATER, "About 4 learners were active on March 2, 2026."),
        ((1,), (), LATER, "About 1 learner was active on March 2, 2026."),
        ((4,), (), MONDAY, "About 4 learners have been active today, which is not over."),
        (
            (4, 9, 5),
            (),
            LATER,
            "On a usual day about 5 learners are active; most, 9, were on March 3, 2026.",
        ),
        # An even number of days: the middle of two.
        ((4, 9), (), LATER, "On a usual day about 6.5 learners are active; most, 9, were on March 3, 2026."),
        # A tie.
        ((9, 4, 9), (), LATER, "On a usual day about 9 learners are active; most, 9, were on 2 different days."),
        # Today has 40 so far and is not the best day.
        (
            (4, 9, 5, 40),
            (),
            date(2026, 3, 5),
            "On a usual day about 5 learners are active; most, 9, were on March 3, 2026.",
        ),
        (
            (4, 9, 5),
            (2, 2, 2),
            LATER,
            "On a usual day about 5 learners are active; most, 9, were on March 3, 2026. "
            "That is 3 more than in the days before.",
        ),
        (
            (4, 9, 5),
            (7, 8, 7),
            LATER,
            "On a usual day about 5 learners are active; most, 9, were on March 3, 2026. "
            "That is 2 fewer than in the days before.",
        ),
        (
            (4, 9, 5),
            (5, 5, 1),
            LATER,
            "On a usual day about 5 learners are active; most, 9, were on March 3, 2026. "
            "That is as many as in the days before.",
        ),
    ],
)
def test_active_days(counts, before, today, said):
    assert findings.of_days(days(len(counts), today=today), counts, before) == said


@pytest.mark.parametrize(
    ("counts", "today", "said"),
    [
        ((), LATER, "No whole week lies in this period."),
        ((7,), MONDAY, "No whole week lies in this period."),
        ((0, 0), LATER, "Nobody was active in these weeks."),
        ((7,), LATER, "About 7 learners were active in the week from March 2, 2026."),
        ((7, 7), LATER, "About 7 learners were active in the week from March 9, 2026: as many as the week before."),
        ((7, 9), LATER, "About 9 learners were active in the week from March 9, 2026: 2 more than the week before."),
        ((7, 1), LATER, "About 1 learner was active in the week from March 9, 2026: 6 fewer than the week before."),
        (
            (1, 2, 3, 4),
            LATER,
            "About 4 learners were active in the week from March 23, 2026: "
            "1 more than the week before, more for the 3\u00a0weeks running.",
        ),
        (
            (9, 5, 3, 2),
            LATER,
            "About 2 learners were active in the week from March 23, 2026: "
            "1 fewer than the week before, fewer for the 3\u00a0weeks running.",
        ),
        (
            (1, 1, 2, 3),
            LATER,
            "About 3 learners were active in the week from March 23, 2026: 1 more than the week before.",
        ),
        # The running week has 1 so far: nobody is said to have gone.
        (
            (7, 9, 1),
            MONDAY + timedelta(days=15),
            "About 9 learners were active in the week from March 9, 2026: 2 more than the week before.",
        ),
    ],
)
def test_active_weeks(counts, today, said):
    assert findings.of_weeks(weeks(len(counts), today=today), counts) == said


def test_a_period_that_cuts_its_weeks_has_only_the_whole_ones():
    cut = Choice(MONDAY + timedelta(days=1), MONDAY + timedelta(days=22))
    assert [step.first for step in whole_weeks(cut, today=LATER).all] == [date(2026, 3, 9), date(2026, 3, 16)]
    touched = by_week(cut, today=LATER).all
    assert [(step.first, step.last, step.whole) for step in touched] == [
        (date(2026, 3, 3), date(2026, 3, 8), False),
        (date(2026, 3, 9), date(2026, 3, 15), True),
        (date(2026, 3, 16), date(2026, 3, 22), True),
        (date(2026, 3, 23), date(2026, 3, 24), False),
    ]


def test_a_short_period_is_shown_by_day_and_a_long_one_by_week():
    assert not steps_of(Choice(MONDAY, MONDAY + timedelta(days=34)), today=LATER).weekly
    assert steps_of(Choice(MONDAY, MONDAY + timedelta(days=35)), today=LATER).weekly


def test_hours():
    empty = [[None] * 24 for _ in range(7)]
    assert findings.of_hours(empty) == "Nobody was active on the days of this period that are over."
    one = [[0.0] * 24 for _ in range(7)]
    one[1][20] = 2.5
    assert findings.of_hours(one) == "Most are active on Tuesday from 20 to 21\u00a0h: about 2.5 on average."
    one[3][23] = 2.5
    assert findings.of_hours(one) == (
        "No single hour stands out: in 2 of the week's hours about 2.5 learners are active on average."
    )


@pytest.mark.parametrize(
    ("enrolled", "left", "before", "said"),
    [
        (0, 0, None, "Nobody enrolled or left in this period."),
        (1200, 1, None, "1,200 enrolled and 1 left in this period."),
        (5, 0, 5, "5 enrolled and 0 left in this period. As many enrolled in the days before."),
        (5, 0, 3, "5 enrolled and 0 left in this period. That is 2 enrolments more than in the days before."),
        (3, 2, 5, "3 enrolled and 2 left in this period. That is 2 enrolments fewer than in the days before."),
    ],
)
def test_enrolments(enrolled, left, before, said):
    assert findings.of_enrolments(enrolled, left, before) == said


def test_forum_invitations_and_work():
    assert findings.of_forum(0, 0) == "Nobody wrote in the forum in this period."
    assert findings.of_forum(1, 3) == "1 thread and 3 answers in this period: 3.0 for each thread."
    assert findings.of_forum(0, 1) == "0 threads and 1 answer in this period."
    assert findings.of_invitations(0, 0) == "Nobody shared the course in this period, and nobody came by invitation."
    assert findings.of_invitations(1, 2) == (
        "The course was shared 1 time, and 2 people enrolled by invitation in this period."
    )
    two = by_week(Choice(MONDAY, MONDAY + timedelta(days=40)), today=LATER)
    assert findings.of_work(two, (0,) * len(two.all)) == "Nothing was completed in this period."
    assert findings.of_work(two, (4, 9, 0, 0, 0, 100)) == (
        "113 blocks were completed; most of them, 9, in the week from March 9, 2026."
    )  # the last week is cut
    assert findings.of_work(two, (9, 9, 0, 0, 0, 0)) == "18 blocks were completed."


def test_how_far():
    assert standing_findings.of_funnel(Funnel(0, 0, 0, 0, 0, 0)) == "Nobody of this choice was ever enrolled."
    assert standing_findings.of_funnel(Funnel(200, 50, 80, 40, 1, 29)) == (
        "Of 200 people, 50 (25 %) never started; 1 (1 %) completed the course."
    )


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        ([], "Nobody of this choice has completed anything yet."),
        ([("A", "One", 0, 0)], "Nobody of this choice has completed anything yet."),
        (
            [("A", "One", 5, 0)],
            "Nobody has stopped: who has begun was active in the last 14 days, or is through.",
        ),
        ([("A", "One", 9, 2), ("B", "One", 5, 1)], "Most stop at “A” (One): 2 of the 9 who came so far."),
        (
            [("A", "One", 9, 2), ("B", "One", 5, 2)],
            "No unit stands out: in 2 of them 2 people each stopped.",
        ),
        ([("A", "One", 9, 1), ("B", "One", 5, 1)], "No unit stands out: in 2 of them 1 person stopped."),
    ],
)
def test_where_people_stop(stops, said):
    assert standing_findings.of_stops(stops, 14) == said


def test_blocks_that_are_gone():
    assert standing_findings.of_gone_blocks(0) == ""
    assert standing_findings.of_gone_blocks(1) == (
        "1 person stands at a block that is no longer in the course, and is in no unit."
    )


def test_who_stays_leaves_out_weeks_that_are_not_over():
    this_monday = date(2026, 3, 30)
    young = CohortWeek(date(2026, 3, 23), 10, (9, 1))
    assert standing_findings.of_retention([young], this_monday) == (
        "Nobody of this choice enrolled long enough ago to say who stays."
    )
    older = CohortWeek(date(2026, 3, 16), 10, (9, 4, 0))
    assert standing_findings.of_retention([older, young], this_monday) == (
        "Of 10 people who enrolled, 40 % were active in the week after."
    )
    oldest = CohortWeek(date(2026, 2, 23), 30, (30, 16, 9, 6, 3, 0))
    assert standing_findings.of_retention([oldest, older, young], this_monday) == (
        "50 % of those who enrolled were active in the week after, 10 % in the fourth (of 40 and 30 people)."
    )


def test_countries():
    assert standing_findings.of_countries([], 0) == "Too few learners have told their country to show any."
    assert standing_findings.of_countries([], 33) == "No country has enough learners to be shown."
    assert standing_findings.of_countries([("France", 30), ("Morocco", 10)], 40) == (
        "Most come from France: 30, which is 75 %."
    )
    assert standing_findings.of_countries([("France", 10), ("Morocco", 10)], 40) == (
        "No single country has the most: 2 have 10 each."
    )


@pytest.mark.parametrize(
    ("day", "now", "then", "said"),
    [
        (None, None, None, "No day of this run in this period is over yet."),
        (3, 10, None, "On day 3, 10 people have enrolled."),
        (3, 10, 10, "On day 3, 10 people have enrolled: as many as in the last run at that day."),
        (3, 10, 4, "On day 3, 10 people have enrolled: 6 more than in the last run at that day."),
        (3, 1, 4, "On day 3, 1 person has enrolled: 3 fewer than in the last run at that day."),
    ],
)
def test_against_the_last_run(day, now, then, said):
    assert findings.of_runs("enrolled", day, now, then) == said
