"""Compares every figure of a course with the brute-force recount."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen
from community_dashboard.activity.rollup.groups import funnel, retention, standing
from community_dashboard.activity.rollup.metrics import METRICS
from community_dashboard.activity.rollup.queries import OF_CHOSEN, BlockTotals, blocks, daily
from community_dashboard.models import BlockCount, DailyCount, LearnerDay, LearnerState, LearnerToFill
from tests.community_dashboard.engagement import recount

ALWAYS = {"start": date.min, "end": date.max}


def assert_exact(course_key: Any, *, now: Any) -> None:
    """All figures of a course that is filled are those of its record."""
    assert_days_exact(course_key, now=now)
    assert_people_exact(course_key, now=now)
    assert_groups_exact(course_key, now=now)


def assert_days_exact(course_key: Any, *, now: Any) -> None:
    """By day and by block, for everybody."""
    counted = daily(course_key, METRICS, **ALWAYS, now=now)
    assert counted == {name: recount.daily(course_key, name) for name in METRICS}
    assert not DailyCount.objects.filter(course_key=course_key, value=0).exists()
    by_block = recount.blocks(course_key)
    nothing = dict.fromkeys(("completed", "watched", "tried", "opened"), 0)
    assert blocks(course_key, **ALWAYS) == {
        block: BlockTotals(**nothing | counts) for block, counts in by_block.items()
    }
    assert BlockCount.objects.filter(course_key=course_key).count() == len(
        {(row.block, row.day) for row in recount.record(course_key)
         if row.block and row.kind in ("completed", "watched", "tried", "opened")}
    )  # fmt: skip


def assert_people_exact(course_key: Any, *, now: Any) -> None:
    """Where everybody stands, and everybody's days."""
    by_hand = recount.people(course_key, now=now)
    there = {row.person: row for row in LearnerState.objects.filter(course_key=course_key)}
    assert set(there) == set(by_hand)
    columns = [field.name for field in fields(recount.Person) if field.name not in ("learned",)]
    for person, one in by_hand.items():
        told = {column: getattr(there[person], column) for column in columns}
        if person < 0:  # what a stub was before nobody can say
            one.team = told["team"]
        assert told == {column: getattr(one, column) for column in columns}
    assert not LearnerToFill.objects.exists()
    rows = Counter((row.person, row.day) for row in recount.record(course_key) if row.person)
    days = LearnerDay.objects.filter(course_key=course_key)
    assert set(days.values_list("person", "day")) == set(rows)


def assert_groups_exact(course_key: Any, *, now: Any) -> None:
    """The figures over learners, and those by day for a part of them."""
    everybody = recount.people(course_key, now=now)
    people = everybody.values()
    parts = funnel(course_key, EVERYBODY, now=now)
    assert {field.name: getattr(parts, field.name) for field in fields(parts)} == recount.funnel(people)
    assert {
        week.monday: (week.people, list(week.active)) for week in retention(course_key, EVERYBODY, now=now)
    } == recount.retention(people, now=now)
    since = now - timedelta(days=7)
    assert {
        block: (one.people, one.quiet)
        for block, one in standing(course_key, EVERYBODY, quiet_since=since, now=now).items()
    } == recount.standing(people, quiet_since=since)
    for some in ({person for person in everybody if person % 2}, set(everybody)):
        counted = daily(course_key, OF_CHOSEN, **ALWAYS, chosen=Chosen(persons=tuple(some)), now=now)
        assert counted == {name: recount.daily(course_key, name, persons=some) for name in OF_CHOSEN}
