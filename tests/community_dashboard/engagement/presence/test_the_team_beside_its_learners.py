"""The team's weeks: every figure against a recount, weeks without a word in words, and the page's door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.presence.findings import of_presence
from community_dashboard.engagement.presence.page import presence_chart, presence_figure
from community_dashboard.engagement.presence.weeks import PresenceWeek, presence_of
from demo.dashboard_host import DashboardHost
from tests.community_dashboard.engagement import recount

DAY = timedelta(days=1)


@pytest.fixture
def page(course_key):
    return f"/community/courses/{course_key}/learners/presence/"


@pytest.fixture
def at(cast, course_key, monkeypatch):
    """Five weeks in which ada and bo, of the team, and chen write, up to this moment; the second has no word of the team."""
    at = timezone.now()
    monday = datetime.combine(at.date() - timedelta(days=at.weekday()), datetime.min.time(), tzinfo=UTC)
    told = []

    def wrote(who, kind, number, when):
        post = ("thread" if kind is Kind.POSTED else "comment", f"{who.id}{kind}{number}{when.date()}")
        told.append(facts.posted(kind=kind, post=post, user_id=who.id, course_key=course_key, at=when))

    for ago, (threads, answers) in {4: (2, 1), 3: (0, 0), 2: (1, 0), 1: (0, 3), 0: (0, 0)}.items():
        when = min(monday - timedelta(weeks=ago) + 2 * DAY, at - timedelta(minutes=5))
        wrote(cast.chen, Kind.POSTED, 0, when)
        for number in range(threads):
            wrote(cast.ada, Kind.POSTED, number, when)
        for number in range(answers):
            wrote(cast.bo, Kind.COMMENTED, number, when)
    marked = ("comment", "marked")
    told.append(facts.endorsed(post=marked, user_id=cast.bo.id, course_key=course_key, at=monday - timedelta(weeks=2)))
    record_many(activities=told)
    days = [(monday - timedelta(weeks=4) + DAY).date(), at.date() + 30 * DAY]
    monkeypatch.setattr(DashboardHost, "updates", lambda self, key: days)
    fill_course(course_key, now=at)
    return at


def test_every_week_equals_a_recount(at, course_key, cast):
    team = {person for person, one in recount.people(course_key, now=at).items() if one.team}
    assert {cast.ada.id, cast.bo.id} <= team
    rows = recount.record(course_key)
    weeks = presence_of(course_key, weeks=5, now=at)
    assert [week.over for week in weeks] == [True] * 4 + [False]
    for week in weeks:
        those = [row for row in rows if row.monday == week.monday]
        of_team = [row for row in those if row.person in team]
        learning = {row.person for row in those if row.kind in recount.LEARNING}
        posts = ("posted", "answered", "commented")
        assert week.learners == len(learning - team)
        assert week.written == sum(row.kind in posts for row in those) - sum(row.kind in posts for row in of_team)
        assert week.begun == sum(row.kind == "posted" for row in of_team)
        assert week.answered == sum(row.kind in ("answered", "commented") for row in of_team)
        assert week.endorsed == sum(row.kind == "endorsed" for row in of_team)
        assert week.speaking == len({row.person for row in of_team if row.kind in (*posts, "endorsed")})
    assert [week.announced for week in weeks] == [1, 0, 0, 0, 0]
    assert [week.silent for week in weeks] == [False, True, False, False, False]
    assert [week.words for week in weeks] == [4, 0, 1, 3, 0]


def test_weeks_before_the_first_figures_are_left_out(at, course_key):
    first = min(row.monday for row in recount.record(course_key))
    weeks = presence_of(course_key, weeks=400, now=at)
    assert weeks[0].monday == max(first, weeks[-1].monday - timedelta(weeks=399))
    assert presence_of(course_key, weeks=2, now=at) == weeks[-2:]


def test_weeks_without_a_word_stand_out_in_words(at, cast, client_of, page):
    html = client_of(cast.ada).get(page, {"weeks": 4}).content.decode()
    assert html.count("no word of the team") == 1
    assert "not over: no word yet" in html
    assert "The team wrote to the learners 4 times; the week of" in html


def week(n, words, over=True):
    return PresenceWeek(datetime(2026, 1, 5).date() + timedelta(weeks=n), over, 10, 5, words, 0, 0, 0, min(words, 1))


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ([], "There are no figures of this course yet."),
        ([week(0, 0), week(1, 0)], "The team wrote nothing that learners could read in these 2 weeks."),
        (
            [week(0, 2), week(1, 0, over=False)],
            "The team wrote to the learners 2 times, and did so in every week that is over.",
        ),
        (
            [week(0, 0), week(1, 1)],
            "wrote to the learners 1 time; the week of Jan. 5, 2026 went by without a word.",
        ),
        (
            [*(week(n, 0) for n in range(5)), week(5, 3)],
            "5 of 6 weeks went by without a word, the last was that of Feb. 2, 2026.",
        ),
    ],
)
def test_the_finding_says_no_more_than_its_numbers(weeks, words):
    assert of_presence(weeks).endswith(words)
    assert len(presence_figure(weeks).rows) == len(presence_chart(weeks).rows) == len(weeks)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "learner", "moderator", "staff of another course", "data researcher"])
def test_others_are_refused(who, everybody, client_of, page):
    assert client_of(everybody[who]).get(page).status_code == 403
    assert client_of(None).get(page).status_code == 302


@pytest.mark.parametrize("weeks", ["0", "many", "-4", "9" * 50, "13"])
def test_a_period_that_is_not_offered_is_said(weeks, cast, client_of, page):
    answer = client_of(cast.ada).get(page, {"weeks": weeks})
    assert answer.status_code == 400 and "Select a valid choice" in answer.content.decode()


def test_an_empty_course_says_what_will_appear(cast, client_of, page, course_key):
    from community_dashboard.models import Activity

    Activity.objects.filter(course_key=course_key).delete()
    answer = client_of(cast.ada).get(page)
    assert answer.status_code == 200 and "No week to show yet" in answer.content.decode()


def test_the_cost_is_bounded(at, cast, client_of, page, django_assert_max_num_queries):
    client = client_of(cast.ada)
    with django_assert_max_num_queries(20):
        client.get(page, {"weeks": 52})
