"""One learner for each ready-made segment, and some who are in none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup import rounds
from community_dashboard.activity.rollup.filling import fill_course
from demo.campus import actions
from demo.campus.models import Profile
from demo.dashboard_host import DashboardHost

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sorts:
    """`who["nova"]` is an account; the figures are filled as of `at`."""

    who: dict[str, Any]
    at: datetime


@pytest.fixture
def due(monkeypatch):
    """`due(moment, …)`: these are the deadlines of every course."""

    def put(*moments: datetime) -> None:
        monkeypatch.setattr(DashboardHost, "deadlines", lambda self, course_key: sorted(moments))

    return put


@pytest.fixture
def sorts(cast, course_key, tiny_course, elsewhere, monkeypatch) -> Sorts:
    """Each learner does what one segment is made of; `oona` finished an earlier run; ada, of the team, does it all."""
    at, who = timezone.now(), {"ada": cast.ada}

    def enrol(name: str, *, days: int = 40, where: Any = course_key) -> Any:
        if name not in who:
            who[name] = get_user_model().objects.create(username=name, email=f"{name}@example.org")
            Profile.objects.create(user=who[name], name=name.capitalize())
        actions.enrol(user=who[name], course_key=where, mode="audit", by=None, now=at - days * DAY)
        return who[name]

    told: list[Any] = []

    def opened(name: str, *days_ago: int, where: Any = course_key) -> None:
        for days in days_ago:
            told.append(
                facts.tracked(
                    kind=Kind.OPENED, user_id=who[name].id, course_key=where, block_id=f"b{days}", at=at - days * DAY
                )
            )

    def tried(name: str, *days_ago: int) -> None:
        for days in days_ago:
            told.append(
                facts.tracked(
                    kind=Kind.TRIED, user_id=who[name].id, course_key=course_key, block_id="p", at=at - days * DAY
                )
            )

    for name in ("nova", "rita", "dirk", "mona", "slim", "fred", "alma", "oona", "busy", "gone"):
        enrol(name)
    tried("rita", 30, 1)
    tried("dirk", 8, 9, 10)
    tried("busy", 1, 2, 3, 8)
    tried("slim", 20)
    tried("gone", 20)
    tried("mona", 1, 8)
    opened("fred", 1, 2, 3, 4, 5, 6)
    for name in ("mona", "ada"):
        for number, block in enumerate(tiny_course.completable[:2]):
            told.append(
                facts.completed(
                    user_id=who[name].id, course_key=course_key, block_key=block, at=at - (number + 1) * DAY
                )
            )
        for number in range(3):
            post = ("comment", f"{who[name].id}{number}")
            told.append(
                facts.posted(kind=Kind.ANSWERED, post=post, user_id=who[name].id, course_key=course_key, at=at - DAY)
            )
    told.append(facts.passed(user_id=who["alma"].id, course_key=course_key, at=at - 5 * DAY))
    enrol("oona", days=400, where=elsewhere)
    told.append(facts.passed(user_id=who["oona"].id, course_key=elsewhere, at=at - 300 * DAY))
    actions.unenrol(user=who["gone"], course_key=course_key, by=None, now=at - DAY)
    record_many(activities=told)
    monkeypatch.setattr(rounds, "rerun_source", lambda key: elsewhere if key == course_key else None)
    fill_course(elsewhere, now=at)
    fill_course(course_key, now=at)
    return Sorts(who, at)
