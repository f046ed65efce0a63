"""A course of ten weeks, drawn by lot, with the figures filled; and its charts as plain rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup.choosing import Condition, Operator
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.charts.charts import Chart
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.segments.definitions import Definition, to_json
from community_dashboard.engagement.segments.models import Segment
from community_dashboard.engagement.trends.page import trends_page
from demo.campus.models import Enrolment, Profile
from demo.forum.models import Cohort, CohortMember

DAYS = 70
COUNTRIES = ("FR", "FR", "FR", "FR", "DE", "DE", "MA", "SN", "")


@dataclass(frozen=True)
class LivedIn:
    """A course in which people did things. `cohort` has every third of them; every fourth is in another track."""

    course_key: Any
    people: list[Any]
    cohort: Cohort
    now: Any
    today: date


def live_in(course_key: Any, blocks: Any, *, people: int, now: Any, seed: int, prefix: str = "p") -> list[Any]:
    """`people` enrol on days drawn by lot and learn, write, share, leave or do nothing at all."""
    drawn = random.Random(seed)
    users = get_user_model().objects.bulk_create(
        get_user_model()(username=f"{prefix}{n}", email=f"{prefix}{n}@example.org") for n in range(people)
    )
    users = list(get_user_model().objects.filter(username__in=[user.username for user in users]).order_by("id"))
    told, enrolments, profiles = [], [], []
    for number, user in enumerate(users):
        came = now - timedelta(days=drawn.randrange(DAYS), minutes=drawn.randrange(600))
        left = number % 9 == 5
        own = {"user_id": user.id, "course_key": course_key}
        told.append(facts.enrolled(first_at=came, **own))
        enrolments.append(
            Enrolment(
                user=user,
                course_key=course_key,
                active=not left,
                mode="verified" if number % 4 == 3 else "audit",
                created=came,
            )
        )
        profiles.append(Profile(user=user, country=drawn.choice(COUNTRIES)))
        if number % 6 == 1:
            continue
        days = (now - came).days
        moments = sorted(
            min(now, came + timedelta(days=drawn.randrange(days + 1), minutes=drawn.randrange(1440)))
            for _ in range(drawn.randrange(1, 9))
        )
        for place, at in enumerate(moments):
            event = f"{number}-{place}"
            kind = drawn.choice(("completed", "completed", "opened", "watched", "posted", "answered", "shared"))
            if kind == "completed":
                told.append(facts.completed(block_key=blocks[min(place, len(blocks) - 1)], at=at, **own))
            elif kind in ("opened", "watched"):
                told.append(facts.tracked(kind=Kind(kind), block_id=str(drawn.choice(blocks)), at=at, **own))
            elif kind == "shared":
                told.append(facts.shared(channel="mastodon", day=at.date(), **own))
            else:
                told.append(facts.posted(kind=Kind(kind), post=("thread", f"{prefix}{event}"), at=at, **own))
        if left:
            told.append(facts.left(event_id=f"{prefix}{number}", at=moments[-1], **own))
        if number % 7 == 0:
            told.append(facts.brought(journey_id=1000 * seed + number, at=moments[0], **own))
    Enrolment.objects.bulk_create(enrolments)
    Profile.objects.bulk_create(profiles)
    record_many(activities=told)
    return users


@pytest.fixture
def lived_in(cast, course_key, tiny_course, now) -> LivedIn:
    """Forty people beside the cast."""
    people = live_in(course_key, tiny_course.completable, people=40, now=now, seed=6)
    cohort = Cohort.objects.create(course_key=course_key, name="Bees")
    CohortMember.objects.bulk_create(
        CohortMember(user=user, course_key=course_key, cohort=cohort) for user in people[::3]
    )
    Segment.objects.create(
        course_key=course_key,
        key="drifters",
        name="Two days",
        definition=to_json(
            Definition((Condition("enrolled", Operator.IS, 1), Condition("active_days", Operator.AT_LEAST, 2)))
        ),
        version=1,
        changed_at=now,
    )
    fill_course(course_key, now=now)
    return LivedIn(course_key, people, cohort, now, now.date())


@pytest.fixture
def charts_of(cast, course_key, now) -> Callable[..., dict[str, Chart]]:
    """`charts_of("activity", choice)`: the charts of a question by name, as ada sees them."""

    def made(question: str, choice: Choice | None = None, *, reader: Any = None, at: Any = now) -> dict[str, Chart]:
        chosen = choice or Choice.usual(at.date())
        page = trends_page(course_key, chosen, question, reader=reader or cast.ada, now=at)
        return {chart.name: chart for chart in page.charts}

    return made


def rows_of(chart: Chart) -> dict[str, list[str]]:
    """The table: the texts of each row by its name."""
    rows = {row.name: [number.text for number in row.numbers] for row in chart.rows}
    assert len(rows) == len(chart.rows), "two rows of one name"
    assert all(len(row.numbers) == len(chart.columns) - 1 for row in chart.rows)
    return rows


def assert_drawn_as_told(chart: Chart) -> None:
    """What is drawn are the numbers of the table, as far as these are whole."""
    if chart.drawing is None:
        assert chart.rows == ()
        return
    drawn = [[value for value in one.values if value is not None] for one in chart.drawing.series]
    assert any(any(values) for values in drawn)
    assert all(len(one.values) == len(chart.drawing.labels) for one in chart.drawing.series)
