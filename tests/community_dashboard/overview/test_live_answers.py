"""Each answer of the overview against a count made by hand, the list behind it, and what the page costs."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.risk.models import RiskReading, RiskRound
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.health.spikes import is_spike, spikes, usual_of
from community_dashboard.moderation.projection.answering import asked_by_topic, most_helpful
from community_dashboard.moderation.projection.models import ForumPost
from demo.campus.models import Profile
from demo.forum.models import Cohort, CohortMember
from tests.community_dashboard.engagement import recount

DAY = timedelta(days=1)


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def monday(at):
    """Of the last whole week."""
    return datetime.combine(at.date() - timedelta(days=at.weekday() + 7), datetime.min.time(), tzinfo=UTC)


@pytest.fixture
def people(db):
    """Ten accounts with names."""
    made = [get_user_model().objects.create(username=f"w{n}", email=f"w{n}@example.org") for n in range(10)]
    Profile.objects.bulk_create(Profile(user=user, name=f"Writer {n}") for n, user in enumerate(made))
    return made


@pytest.fixture
def post(course_key):
    """`post(author, at)`: a row of the projection."""

    def one(author, at, *, kind="thread", thread="", **fields):
        number = str(ForumPost.objects.count() + 1)
        return ForumPost.objects.create(
            course_key=course_key, kind=kind, post_id=number, thread_id=thread or number, author=author, created_at=at,
            changed_at=at, **fields,
        )  # fmt: skip

    return one


@pytest.fixture
def unit(course_key):
    """The topics of the two units, and the one of the whole course."""
    topics = get_host().topics(course_key)
    first, second = (topic for topic in topics if topic.usage_key)
    general = next(topic for topic in topics if not topic.usage_key)
    return first, second, general


def card(client, community, key):
    """(the number, the whole text, the first address) of one answer, or None while it has none."""
    html = client.get(community).content.decode()
    whole = re.search(rf'<li class="community-card" id="{key}">(.*)', html, re.S)
    if not whole:
        return None
    inside = whole.group(1).partition('<li class="community-card"')[0].partition("</main>")[0].partition("<section")[0]
    number = re.search(r'community-figure">([^<]*)<', inside).group(1)
    link = re.search(r'href="([^"]+)"', inside)
    return number, " ".join(re.sub("<[^>]+>", " ", inside).split()), link.group(1).replace("&amp;", "&") if link else ""


# --- What broke -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "before", "spike"),
    [(5, 0, True), (4, 0, False), (5, 15, True), (5, 16, False), (30, 100, False), (33, 100, True)],
)
def test_a_spike_is_five_in_three_days_and_three_times_as_many_as_usual(late, before, spike):
    assert is_spike(late, before) is spike
    assert usual_of(28) == 3


def test_a_unit_that_suddenly_raises_questions_is_named(at, cast, people, post, unit, client_of, community):
    first, second, general = unit
    for number in range(6):
        post(people[number], at - (number + 1) * timedelta(hours=10), topic_id=first.id)
        post(people[number], at - (number + 1) * timedelta(hours=10), topic_id=general.id)
    for number in range(10):
        post(people[0], at - 5 * DAY - number * DAY, topic_id=second.id)
        post(people[0], at - number * timedelta(hours=5), topic_id=second.id) if number < 4 else None
    post(cast.bo, at - DAY, topic_id=first.id, by_staff=True)
    post(people[0], at - DAY, topic_id=first.id, masked=True)
    post(people[0], at - DAY, topic_id=first.id, gone_at=at)
    (found,) = spikes(cast_key(first), group_id=None, now=at)
    assert (found.topic_id, found.threads, found.usual) == (first.id, 6, 0)
    number, text, url = card(client_of(cast.ada), community, "broke")
    assert number == "6" and first.title in text
    assert url.endswith(f"/moderation/?topic={first.id}")
    assert client_of(cast.ada).get(url).status_code == 200


def cast_key(topic):
    from opaque_keys.edx.keys import UsageKey

    return UsageKey.from_string(topic.usage_key).course_key


def test_topics_are_counted_as_by_hand(at, people, post, unit, course_key):
    posts = [
        post(people[n % 7], at - n * timedelta(hours=9), topic_id=unit[n % 3].id, group_id=n % 2) for n in range(90)
    ]
    since, start = at - 3 * DAY, at - 31 * DAY
    for group in (None, 1):
        by_hand = {topic.id: [0, 0] for topic in unit}
        for one in posts:
            if start <= one.created_at < at and group in (None, one.group_id):
                by_hand[one.topic_id][one.created_at >= since] += 1
        found = asked_by_topic(course_key, start=start, since=since, end=at, group_id=group)
        assert found == {topic: tuple(pair) for topic, pair in by_hand.items()}


def test_a_group_moderator_is_told_of_the_own_cohort_alone(
    at, everybody, people, post, unit, client_of, community, course_key
):
    red = Cohort.objects.create(course_key=course_key, name="Red")
    CohortMember.objects.create(user=everybody["group moderator"], course_key=course_key, cohort=red)
    for number in range(6):
        post(people[number], at - (number + 1) * timedelta(hours=10), topic_id=unit[0].id, group_id=red.id + 1)
    assert card(client_of(everybody["group moderator"]), community, "broke")[0] == "0"
    assert card(client_of(everybody["moderator"]), community, "broke")[0] == "6"


# --- Who shines -------------------------------------------------------------------------------------------------------


def test_who_answers_others_most_is_counted_as_by_hand(monday, people, post, course_key, cast):
    threads = [post(people[n % 3], monday + n * timedelta(hours=1)) for n in range(6)]
    comments = [
        post(people[n % 5], monday + n * timedelta(hours=4) - DAY, kind="comment", thread=threads[n % 6].thread_id)
        for n in range(60)
    ]
    post(cast.bo, monday + DAY, kind="comment", thread=threads[0].thread_id, by_staff=True)
    begun = {thread.thread_id: thread.author_id for thread in threads}
    by_hand = Counter(
        one.author_id
        for one in comments
        if monday <= one.created_at < monday + 7 * DAY and begun[one.thread_id] != one.author_id
    )
    expected = sorted(by_hand.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    assert most_helpful(course_key, start=monday, end=monday + 7 * DAY, limit=3) == expected


def test_helpers_are_thanked_by_name(monday, people, post, cast, client_of, community):
    thread = post(people[0], monday)
    for number in range(3):
        post(people[4], monday + number * DAY, kind="comment", thread=thread.thread_id)
    post(people[5], monday + DAY, kind="comment", thread=thread.thread_id)
    number, text, url = card(client_of(cast.ada), community, "shines")
    assert number == "3" and "answers by Writer 4 last week." in text and "1 answer by Writer 5 last week." in text
    assert "/learners/person/" in url
    number, text, url = card(client_of(cast.bo), community, "shines")
    assert (number, url) == ("3", ""), "a moderator may not open the pages of learners"


# --- Who drifts -------------------------------------------------------------------------------------------------------


def test_those_newly_at_risk_are_named_with_a_reason(at, people, course_key, cast, client_of, community):
    RiskRound.objects.create(course_key=course_key, day=at.date(), reckoned_at=at, means="learning", days=10, within=10)
    for number, person in enumerate(people):
        RiskReading.objects.create(
            course_key=course_key, person=person.id, day=at.date(), means="learning", chance=550 + 50 * number,
            before=100 if number < 8 else 700, reasons=[["pause", 9, 2]],
        )  # fmt: skip
    number, text, url = card(client_of(cast.ada), community, "drifts")
    assert number == "7" and "learners are newly at risk of dropping out." in text
    assert re.findall(r"Writer \d", text) == ["Writer 7", "Writer 6", "Writer 5"]
    assert url.endswith("/learners/risk/?show=new") and "a chance of 90 %" in text
    RiskRound.objects.update(day=at.date() - 4 * DAY)
    assert card(client_of(cast.ada), community, "drifts") is None, "what is old is no news"


# --- Did it work, and what goes out -----------------------------------------------------------------------------------


@pytest.fixture
def two_weeks(at, monday, people, course_key, cast):
    """Last week six learned, the week before four; blocks and enrolments with them."""
    told = []
    for start, those in ((monday, people[:6]), (monday - 7 * DAY, people[2:6])):
        for person in those:
            mine = {"user_id": person.id, "course_key": course_key, "at": start + 2 * DAY}
            told.append(facts.completed(**mine, block_key=f"b{start.date()}"))
    told += [facts.enrolled(user_id=one.id, course_key=course_key, first_at=monday + DAY) for one in people[:3]]
    told.append(
        facts.posted(
            kind=Kind.POSTED, post=("thread", "9"), user_id=people[0].id, course_key=course_key, at=monday + DAY
        )
    )
    record_many(activities=told)
    fill_course(course_key, now=at)


def test_last_week_is_told_with_its_changes(two_weeks, monday, course_key, cast, client_of, community):
    def counted(metric, start):
        days = recount.daily(course_key, metric)
        return sum(number for day, number in days.items() if start.date() <= day < (start + 7 * DAY).date())

    number, text, url = card(client_of(cast.ada), community, "works")
    active, before = counted("active_week", monday), counted("active_week", monday - 7 * DAY)
    assert (number, active, before) == ("about 6", 6, 4)
    assert "learners were active last week, 2 more than the week before." in text
    assert f"{counted('enrolled', monday)} people enrolled, 3 more than the week before." in text
    assert f"{counted('completed', monday)} blocks were completed, 2 more than the week before." in text
    assert f"start={monday.date()}&end={(monday + 6 * DAY).date()}" in url
    assert client_of(cast.ada).get(url).status_code == 200


def test_the_mail_that_goes_out_next_is_told(two_weeks, cast, client_of, community, settings):
    number, text, url = card(client_of(cast.ada), community, "goes_out")
    assert number == "1" and "person gets the weekly digest" in text and "1 moderator gets the daily mail" in text
    assert url.endswith("/learners/digest/") and "e-mail tab" in text
    client_of(cast.ada).post(url, {"course": "off"})
    settings.COMMUNITY_DIGEST_MINUTES = 0
    number, text, _url = card(client_of(cast.ada), community, "goes_out")
    assert number == "0" and "switched off" in text and "daily mail" not in text


def test_every_number_of_the_page_leads_somewhere(two_weeks, people, post, monday, cast, client_of, community):
    post(people[1], monday + DAY, kind="comment", thread=post(people[0], monday).thread_id)
    client = client_of(cast.ada)
    html = client.get(community).content.decode()
    assert len(re.findall(r'<a href="[^"]+"><strong class="community-figure">', html)) == html.count("community-figure")
    for address in {one.replace("&amp;", "&") for one in re.findall(r'<a href="(/community/[^"]+)">', html)}:
        assert client.get(address).status_code == 200, address


def test_the_cost_does_not_grow(two_weeks, people, post, monday, cast, client_of, community, course_key, at):
    client = client_of(cast.ada)

    def cost():
        client.get(community)
        with CaptureQueriesContext(connection) as queries:
            client.get(community)
        return len(queries)

    thread = post(people[0], monday)
    post(people[1], monday + DAY, kind="comment", thread=thread.thread_id)
    few = cost()
    for number in range(40):
        post(people[number % 10], monday + number * timedelta(hours=1), kind="comment", thread=thread.thread_id)
    fill_course(course_key, now=at)
    assert cost() <= few <= 65
