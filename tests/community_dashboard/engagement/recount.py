"""Every figure once more, from the rows of the record and the platform's answers alone, one row after the other.

It shares no line with what it checks: no grouping by the database, no roll-up tables. For small courses in tests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from community_dashboard.data import Certificate
from community_dashboard.host.chosen import get_host
from community_dashboard.models import Activity, Forgotten
from referral_xblock.api import get_host as get_course_host
from referral_xblock.api import policy_of

LEARNING = {
    "completed", "posted", "answered", "commented", "flagged", "voted", "followed", "opened", "watched", "tried"
}  # fmt: skip
TIMES = {
    "enrolled": {"enrolled"}, "came_back": {"came_back"}, "left": {"left"}, "completed": {"completed"},
    "opened": {"opened"}, "watched": {"watched"}, "tried": {"tried"}, "passed": {"passed"}, "certified": {"certified"},
    "posted": {"posted"}, "answered": {"answered", "commented"}, "endorsed": {"endorsed"}, "flagged": {"flagged"},
    "shared": {"shared"}, "brought": {"brought"},
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of the record. `person` is 0 where nobody knows who."""

    person: int
    kind: str
    at: datetime
    block: str

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def monday(self) -> date:
        return monday_of(self.day)


@dataclass
class Person:
    """Where one person stands: the columns of `LearnerState`, except who is at risk."""

    person: int
    enrolled_at: datetime | None = None
    enrolled: bool = False
    left_at: datetime | None = None
    mode: str = ""
    cohort: int = 0
    country: str = ""
    team: bool = False
    started_at: datetime | None = None
    last_at: datetime | None = None
    days: int = 0
    days_7: int = 0
    days_before_7: int = 0
    pause: int = 0
    weeks: int = 0
    completed: int = 0
    watched: int = 0
    tried: int = 0
    opened: int = 0
    progress: int = -1
    grade: int = -1
    passed_at: datetime | None = None
    certified_at: datetime | None = None
    finished: bool = False
    last_block: str = ""
    posts: int = 0
    answers: int = 0
    invited: int = 0
    learned: list[date] = field(default_factory=list)


def monday_of(day: date) -> date:
    """The first day of its week."""
    while day.weekday():
        day -= timedelta(days=1)
    return day


def record(course_key: Any) -> list[Row]:
    """The rows of a course in the order of their moments, those of one moment by number."""
    rows = Activity.objects.filter(course_key=course_key).order_by("happened_at", "id")
    return [Row(row.user_id or -row.stub, row.kind, row.happened_at.astimezone(UTC), row.object_id) for row in rows]


def daily(course_key: Any, metric: str, *, persons: Collection[int] | None = None) -> dict[date, int]:
    """One metric on all days; `persons` counts these alone."""
    rows = [row for row in record(course_key) if persons is None or row.person in persons]
    if metric in TIMES:
        return dict(Counter(row.day for row in rows if row.kind in TIMES[metric]))
    seen: set[tuple[date, int]] = set()
    for row in rows:
        if row.kind not in LEARNING or row.person == 0:
            continue
        if metric == "active":
            seen.add((row.day, row.person))
        elif metric == "active_week":
            seen.add((row.monday, row.person))
        elif row.person > 0 and metric == f"hour_{row.at.hour:02}":
            seen.add((row.day, row.person))
    return dict(Counter(day for day, _person in seen))


def blocks(course_key: Any, *, start: date = date.min, end: date = date.max) -> dict[str, dict[str, int]]:
    """By block, how often each of four things happened from `start` to `end`."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in record(course_key):
        if row.kind in ("completed", "watched", "tried", "opened") and row.block and start <= row.day <= end:
            found[row.block][row.kind] += 1
    return {block: dict(counts) for block, counts in found.items()}


def people(course_key: Any, *, now: datetime) -> dict[int, Person]:
    """Everybody whom the course knows, also the stubs of the retired, at the day of `now`."""
    rows, members = record(course_key), _members(course_key)
    forgotten = set(Forgotten.objects.values_list("user_id", flat=True))
    everybody = ({row.person for row in rows} | set(members)) - forgotten - {0}
    accounts = sorted(one for one in everybody if one > 0)
    host, course_host = get_host(), get_course_host()
    standings = host.standings(accounts, course_key)
    cohorts, profiles = host.cohorts_of(accounts, course_key), host.profiles(accounts)
    parts, forum_parts = course_host.roles_of(accounts, course_key), host.forum_roles_of(accounts, course_key)
    about = course_host.course(course_key)
    total = sum(len(unit.blocks) for unit in host.outline(course_key))
    share = policy_of(course_key).completion_share
    found = {}
    for person in everybody:
        one = _of_record(person, [row for row in rows if row.person == person], now.date())
        one.progress = min(1000, 1000 * one.completed // total) if total else -1
        enough = total > 0 and 100 * one.completed >= share * total and not (about and about.graded)
        one.finished = bool(one.passed_at or one.certified_at or enough)
        if person > 0:
            member, standing = members.get(person), standings[person]
            one.enrolled, one.mode = (member.active, member.mode) if member else (False, "")
            one.cohort, one.country = cohorts.get(person, 0), profiles[person].country if person in profiles else ""
            one.team = bool({role.value for role in parts[person]} - {"learner"} or forum_parts.get(person))
            one.grade = -1 if standing.share is None else round(standing.share * 1000)
            one.finished |= standing.passed or standing.certificate is Certificate.ISSUED
            one.left_at = None if one.enrolled else one.left_at
        found[person] = one
    return found


def chosen(course_key: Any, holds: Callable[[Person], bool], *, now: datetime) -> set[int]:
    """Who of everybody fulfils a condition written in Python."""
    return {person for person, one in people(course_key, now=now).items() if holds(one)}


def funnel(everybody: Collection[Person]) -> dict[str, int]:
    """The parts of the funnel."""
    parts = dict.fromkeys(("people", "never", "under_half", "over_half", "finished", "left"), 0)
    for one in everybody:
        if not (one.enrolled or one.enrolled_at or one.left_at):
            continue
        parts["people"] += 1
        if one.finished:
            parts["finished"] += 1
        elif not one.enrolled:
            parts["left"] += 1
        elif one.started_at is None:
            parts["never"] += 1
        else:
            parts["over_half" if one.progress >= 500 else "under_half"] += 1
    return parts


def retention(everybody: Collection[Person], *, now: datetime, weeks: int = 12) -> dict[date, tuple[int, list[int]]]:
    """By the Monday of enrolling: how many, and how many were active in each following week that has begun."""
    found = {}
    for monday in {monday_of(one.enrolled_at.date()) for one in everybody if one.enrolled_at}:
        those = [one for one in everybody if one.enrolled_at and monday_of(one.enrolled_at.date()) == monday]
        starts = [monday + timedelta(weeks=n) for n in range(weeks)]
        active = [
            sum(any(monday_of(day) == start for day in one.learned) for one in those)
            for start in starts
            if start <= now.date()
        ]
        found[monday] = (len(those), active)
    return found


def standing(everybody: Collection[Person], *, quiet_since: datetime) -> dict[str, tuple[int, int]]:
    """By the block completed last, without who finished: how many people, and how many of them quiet."""
    found: dict[str, tuple[int, int]] = {}
    for one in everybody:
        if one.last_block and not one.finished:
            people_there, quiet = found.get(one.last_block, (0, 0))
            found[one.last_block] = people_there + 1, quiet + (one.last_at < quiet_since)
    return found


def _of_record(person: int, rows: list[Row], today: date) -> Person:
    one = Person(person)
    for row in rows:
        if row.kind in LEARNING:
            one.started_at = one.started_at or row.at
            one.last_at = row.at
        for kind, column in (
            ("completed", "completed"), ("watched", "watched"), ("tried", "tried"), ("opened", "opened"),
            ("posted", "posts"), ("answered", "answers"), ("commented", "answers"), ("brought", "invited"),
        ):  # fmt: skip
            if row.kind == kind:
                setattr(one, column, getattr(one, column) + 1)
        for kind in ("enrolled", "passed", "certified"):
            if row.kind == kind and getattr(one, f"{kind}_at") is None:
                setattr(one, f"{kind}_at", row.at)
        if row.kind == "left":
            one.left_at = row.at
        if row.kind == "completed" and person > 0:
            one.last_block = row.block
    one.learned = sorted({row.day for row in rows if row.kind in LEARNING})
    one.days = len(one.learned)
    last_week = [today - timedelta(days=n) for n in range(7)]
    one.days_7 = len(set(one.learned) & set(last_week))
    one.days_before_7 = len(set(one.learned) & {day - timedelta(days=7) for day in last_week})
    for before, day in zip(one.learned, one.learned[1:], strict=False):
        if day in last_week:
            one.pause = max(one.pause, (day - before).days - 1)
    if one.enrolled_at:
        for week in range(63):
            start = monday_of(one.enrolled_at.date()) + timedelta(weeks=week)
            if any(start <= day < start + timedelta(days=7) for day in one.learned):
                one.weeks |= 2**week
    return one


def _members(course_key: Any) -> dict[int, Any]:
    found, after = {}, 0
    while page := get_host().roster(course_key, after=after, limit=500):
        found.update({member.user_id: member for member in page})
        after = page[-1].row_id
    return found
