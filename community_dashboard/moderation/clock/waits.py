"""Who waits, until when they are to be answered, and who is past that. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from community_dashboard.data import PostRef
from community_dashboard.moderation.clock.targets import TargetKind, Targets
from community_dashboard.moderation.clock.times import Calendar, OpenTime, moment_of, seconds

SOON = timedelta(hours=4)
AHEAD = timedelta(days=62)  # a target that ends later is nothing for today


@dataclass(frozen=True)
class Wait:
    """A post that waits: for an answer, or (kind REPORT) for a look."""

    ref: PostRef
    kind: TargetKind
    since: datetime
    title: str = ""
    topic_id: str = ""
    group_id: int = 0


@dataclass(frozen=True)
class Clocked:
    """A wait with its clock. `due` is None without a target, or where the target ends in more than two months."""

    wait: Wait
    waited: int  # course hours so far, in seconds
    due: datetime | None

    def is_past(self, now: datetime) -> bool:
        """Whether the target is missed."""
        return self.due is not None and self.due <= now

    def is_soon(self, now: datetime) -> bool:
        """Whether the target will be missed within the next four hours by the clock, unless somebody acts."""
        return self.due is not None and now < self.due <= now + SOON


def clocked(waits: Iterable[Wait], *, calendar: Calendar, targets: Targets, now: datetime) -> list[Clocked]:
    """Each wait with its clock, in the same order."""
    waits = list(waits)
    if not waits:
        return []
    open_time = OpenTime(calendar, min(min(wait.since for wait in waits), now), now + AHEAD)
    today = seconds(now)
    found = []
    for wait in waits:
        since, target = seconds(wait.since), targets.get(wait.kind)
        due = open_time.reaches(since, target.hours * 3600) if target and target.hours else None
        found.append(Clocked(wait, open_time.between(since, today), None if due is None else moment_of(due)))
    return found


def with_more_kinds(waits: Iterable[Wait], others: Iterable[Wait], targets: Targets) -> list[Wait]:
    """Waits for answers together with those the queue knows of (urgent, reported). A post that stands in both keeps one
    row: the one with the shorter target, and since it began."""
    found: dict[PostRef, Wait] = {}
    for wait in (*waits, *others):
        known = found.get(wait.ref)
        if known is None or _sooner(wait, known, targets):
            found[wait.ref] = wait
    return sorted(found.values(), key=lambda wait: (wait.since, wait.ref.kind, wait.ref.id))


def _sooner(new: Wait, known: Wait, targets: Targets) -> bool:
    hours = [(targets[wait.kind].hours if wait.kind in targets else 0) or float("inf") for wait in (new, known)]
    return hours[0] < hours[1]
