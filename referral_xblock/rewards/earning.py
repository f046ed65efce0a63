"""Which milestones an inviter has earned, from the friends alone. Plain Python; order and repetition change nothing.

A friend counts from the moment at which the hold period is over, while the journey is credited and the friend has not left.
An enrolment by which nothing was learned loses its weight after a while: a friend is worth what the friend learns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Counted(StrEnum):
    """What a milestone counts: friends who have reached a stage, or points (see `points`)."""

    ENROLLED = "enrolled"
    ACTIVE = "active"
    COMPLETED = "completed"
    POINTS = "points"


STAGES = (Counted.ENROLLED, Counted.ACTIVE, Counted.COMPLETED)
STAGE_WEIGHTS: Mapping[str, int] = {Counted.ENROLLED: 1, Counted.ACTIVE: 3, Counted.COMPLETED: 6}


@dataclass(frozen=True)
class Friend:
    """An invited person whose journey is credited to this inviter. Times: None if it has not happened, or no longer holds."""

    id: int
    enrolled_at: datetime
    active_at: datetime | None = None
    completed_at: datetime | None = None
    left_at: datetime | None = None

    def reached(self, stage: Counted) -> datetime | None:
        """When this stage was reached; a later stage implies the earlier ones."""
        times = {
            Counted.ENROLLED: (self.enrolled_at, self.active_at, self.completed_at),
            Counted.ACTIVE: (self.active_at, self.completed_at),
            Counted.COMPLETED: (self.completed_at,),
        }[stage]
        return min((time for time in times if time is not None), default=None)


@dataclass(frozen=True)
class Rules:
    """What the course policy says of counting."""

    weights: Mapping[str, int]  # points for the highest stage a friend has reached
    hold_days: int = 3
    idle_days: int = 14  # after so many days an enrolment without a completed block is worth nothing
    cap: int = 0  # friends who count for one inviter, the earliest first; 0: no cap


@dataclass(frozen=True)
class Milestone:
    """A stage and a number."""

    slug: str
    counts: Counted
    number: int


@dataclass(frozen=True)
class Earned:
    """A milestone that was reached: when, and by which friends."""

    slug: str
    at: datetime
    friends: tuple[int, ...]


def counting(friends: Iterable[Friend], rules: Rules, *, now: datetime) -> list[Friend]:
    """The friends who count today, the earliest enrolment first."""
    hold = timedelta(days=rules.hold_days)
    staying = {one for one in friends if one.left_at is None and one.enrolled_at + hold <= now}
    ordered = sorted(staying, key=lambda one: (one.enrolled_at, one.id))
    return ordered[: rules.cap] if rules.cap else ordered


def earned(
    friends: Iterable[Friend], milestones: Iterable[Milestone], rules: Rules, *, now: datetime
) -> dict[str, Earned]:
    """The milestones reached, by their slug."""
    counted = counting(friends, rules, now=now)
    found = {}
    for milestone in milestones:
        steps = _steps(counted, milestone.counts, rules, now)
        carried, total = [], 0
        for at, friend_id, worth in steps:
            if total >= milestone.number:
                break
            carried.append(friend_id)
            total += worth
            last = at
        if carried and total >= milestone.number:
            found[milestone.slug] = Earned(milestone.slug, last, tuple(sorted(carried)))
    return found


def points(friends: Iterable[Friend], rules: Rules, *, now: datetime) -> int:
    """The sum of what the counting friends are worth."""
    return sum(worth(one, rules, now=now) for one in counting(friends, rules, now=now))


def worth(friend: Friend, rules: Rules, *, now: datetime) -> int:
    """The points for the highest stage this friend has reached; 0 for an enrolment by which nothing was learned for long."""
    reached = [stage for stage in STAGES if friend.reached(stage) is not None]
    if reached == [Counted.ENROLLED] and now - friend.enrolled_at >= timedelta(days=rules.idle_days):
        return 0
    return max(rules.weights.get(stage, 0) for stage in reached)


def _steps(friends: list[Friend], counts: Counted, rules: Rules, now: datetime) -> list[tuple[datetime, int, int]]:
    """When each friend began to count for this, who, and for how much; in that order."""
    hold = timedelta(days=rules.hold_days)
    steps = []
    for one in friends:
        if counts is Counted.POINTS:
            stage, much = _highest(one), worth(one, rules, now=now)
        else:
            stage, much = counts, 1
        reached = one.reached(stage)
        if reached is not None and much:
            steps.append((max(reached, one.enrolled_at + hold), one.id, much))
    return sorted(steps)


def _highest(friend: Friend) -> Counted:
    return [stage for stage in STAGES if friend.reached(stage) is not None][-1]
