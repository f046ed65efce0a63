"""Every figure of the health page against a recount that knows no index, no epoch and no shortcut."""

import math
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.moderation.clock.times import Calendar, open_seconds
from community_dashboard.moderation.health.filters import CLOCK, COURSE_HOURS, EVERY_THREAD, QUESTIONS, Chosen
from community_dashboard.moderation.health.measuring import OTHERS, measure, median_of
from community_dashboard.moderation.projection.answering import (
    answered_of,
    answers_by,
    asked_between,
    moments_asked,
    questions_between,
)
from tests.community_dashboard.moderation.clock.world import make_world

OFFICE = Calendar("Europe/Paris", (((540, 720), (780, 1020)),) * 5 + (((600, 720),), ()), frozenset({date(2026, 4, 6)}))
TARGET = 4 * 3600
NOW = datetime(2026, 4, 20, 11, 7, 5, tzinfo=UTC)


@pytest.fixture
def team(cast):
    """Two who moderate, and one who answered for the team and no longer does."""
    return [cast.bo, cast.ada, get_user_model().objects.create(username="zoe", email="zoe@example.org")]


def percentile(times, percent):
    return sorted(times)[math.ceil(percent * len(times) / 100) - 1] if times else None


def recounted(pairs, hours):
    """(asked, answered, median, ninetieth, in time, late) of (asked at, answered at)."""

    def taken(start, end):
        return open_seconds(OFFICE, start, end) if hours == COURSE_HOURS else int((end - start).total_seconds())

    times = [taken(at, answered) for at, answered in pairs if answered]
    waits = [taken(at, NOW) for at, answered in pairs if not answered]
    in_time = sum(time <= TARGET for time in times)
    late = sum(time > TARGET for time in times) + sum(wait > TARGET for wait in waits)
    return len(pairs), len(times), percentile(times, 50), percentile(times, 90), in_time, late


def shown(part):
    return part.asked, part.answered, part.median, part.ninetieth, part.in_time, part.late


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("posts", [QUESTIONS, EVERY_THREAD])
@pytest.mark.parametrize("hours", [COURSE_HOURS, CLOCK])
def test_every_figure_is_the_recount(cast, course_key, team, seed, posts, hours):
    world = make_world(
        course_key, learner=cast.chen, team=team, start=NOW - timedelta(days=45), days=45, threads=160, seed=seed
    )
    chosen = Chosen(date(2026, 3, 20), date(2026, 4, 20), posts=posts, hours=hours)
    found = measure(course_key, chosen, calendar=OFFICE, target=TARGET, moderators=[cast.bo.id, cast.ada.id], now=NOW)

    paris = ZoneInfo("Europe/Paris")
    threads = [
        row
        for row in world
        if row.kind == "thread"
        and not (row.gone_at or row.masked or row.by_staff)
        and date(2026, 3, 20) <= row.created_at.astimezone(paris).date() <= date(2026, 4, 20)
        and (posts == EVERY_THREAD or row.thread_type == "question")
    ]
    anybody = [(row.created_at, row.first_answer_at) for row in threads]
    staff = [(row.created_at, row.first_staff_answer_at) for row in threads]
    assert threads
    assert shown(found.by_anybody) == recounted(anybody, hours)
    assert shown(found.by_staff) == recounted(staff, hours)
    assert median_of(course_key, chosen, calendar=OFFICE) == recounted(anybody, hours)[2]

    topics, groups, week, people = (defaultdict(list) for _ in range(4))
    first_of_team = {row.thread_id: row.author_id for row in world if row.kind == "comment"}
    for row, pair in zip(threads, anybody, strict=True):
        here = row.created_at.astimezone(paris)
        topics[row.topic_id].append(pair)
        groups[row.group_id].append(pair)
        week[here.weekday() * 8 + here.hour // 3].append(pair)
        if row.first_staff_answer_at:
            who = first_of_team[row.post_id]
            people[who if who != team[2].id else OTHERS].append((row.created_at, row.first_staff_answer_at))
    for parts, expected in (
        (found.topics, topics), (found.groups, groups), (found.week, week), (found.moderators, people)
    ):  # fmt: skip
        assert {key: shown(part) for key, part in parts.items()} == {
            key: recounted(pairs, hours) for key, pairs in expected.items()
        }


def test_a_topic_and_a_cohort_narrow_it(cast, course_key, team):
    world = make_world(
        course_key, learner=cast.chen, team=team, start=NOW - timedelta(days=20), days=20, threads=80, seed=9
    )
    chosen = Chosen(date(2026, 3, 1), date(2026, 4, 20), topic="week1", group=7, posts=EVERY_THREAD)
    found = measure(course_key, chosen, calendar=OFFICE, target=TARGET, moderators=[], now=NOW)
    wanted = [
        row
        for row in world
        if (row.kind, row.topic_id, row.group_id) == ("thread", "week1", 7)
        and not (row.gone_at or row.masked or row.by_staff)
    ]
    assert found.by_anybody.asked == len(wanted) > 0
    assert set(found.topics) == {"week1"} and set(found.groups) == {7}


def test_nobody_asked(course_key):
    chosen = Chosen(date(2026, 3, 1), date(2026, 4, 20))
    found = measure(course_key, chosen, calendar=OFFICE, target=TARGET, moderators=[1], now=NOW)
    assert found.by_anybody.asked == 0 and found.topics == {} and found.moderators == {}
    assert median_of(course_key, chosen, calendar=OFFICE) is None


def test_one_query_whatever_the_number(cast, course_key, team, django_assert_num_queries):
    make_world(course_key, learner=cast.chen, team=team, start=NOW - timedelta(days=20), days=20, threads=60, seed=1)
    chosen = Chosen(date(2026, 3, 1), date(2026, 4, 20))
    with django_assert_num_queries(1):
        measure(course_key, chosen, calendar=OFFICE, target=TARGET, moderators=[cast.bo.id], now=NOW)


WHICH = {"start": NOW - timedelta(days=20), "end": NOW, "questions_only": True, "topic_id": None, "group_id": None}
PERIOD = {"start": WHICH["start"], "end": NOW}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="MariaDB takes another way where a table is small")
@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda key: asked_between(key, WHICH), "forum_post_asked"),
        (lambda key: asked_between(key, {**WHICH, "questions_only": False, "topic_id": "week1"}), "forum_post_asked"),
        (lambda key: answered_of(key, WHICH), "forum_post_asked"),
        (lambda key: moments_asked(key, **PERIOD), "forum_post_asked"),
        (lambda key: answers_by(key, [1, 2], **PERIOD), "forum_post_by_author"),
    ],
)
def test_figures_are_read_from_an_index_alone(cast, course_key, read, index):
    with CaptureQueriesContext(connection) as captured:
        read(course_key)
    (query,) = captured
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"), [])
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert f"USING COVERING INDEX {index} " in plan


def test_the_questions_of_a_period_with_their_answers(cast, course_key, team):
    world = make_world(
        course_key, learner=cast.chen, team=team, start=NOW - timedelta(days=30), days=30, threads=80, seed=5
    )
    asked = [
        row
        for row in world
        if (row.kind, row.thread_type) == ("thread", "question")
        and not (row.gone_at or row.masked or row.by_staff)
        and row.created_at >= PERIOD["start"]
    ]
    expected = [
        (row.post_id, int(row.created_at.timestamp()), row.first_answer_at and int(row.first_answer_at.timestamp()))
        for row in asked
    ]
    assert sorted(questions_between(course_key, **PERIOD)) == sorted(expected)
    assert sorted(moments_asked(course_key, **PERIOD)) == sorted(at for _thread, at, _answered in expected)


def test_answers_of_the_team_are_told_by_account(cast, course_key, team):
    world = make_world(
        course_key, learner=cast.chen, team=team, start=NOW - timedelta(days=30), days=30, threads=80, seed=6
    )
    expected = [
        (row.author_id, int(row.created_at.timestamp()))
        for row in world
        if row.kind == "comment" and row.author_id in (cast.bo.id, cast.ada.id) and row.created_at >= PERIOD["start"]
    ]
    found = answers_by(course_key, [cast.bo.id, cast.ada.id], **PERIOD)
    assert found == sorted(expected) and found
