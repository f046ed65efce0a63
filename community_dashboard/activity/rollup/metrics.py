"""The metrics that are kept by day: what each counts, of which kinds, and whether it is exact. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from community_dashboard.activity.kinds import KINDS, LEARNING, Kind


class Unit(StrEnum):
    """What is counted."""

    TIMES = "times"  # rows of the record
    PEOPLE = "people"  # different persons on that day
    PEOPLE_OF_WEEK = "people_of_week"  # different persons in the week (Monday to Sunday) that begins on that day
    PEOPLE_OF_HOUR = "people_of_hour"  # different persons in one hour of that day


@dataclass(frozen=True)
class Metric:
    """One count for each day."""

    unit: Unit
    kinds: tuple[Kind, ...]
    hour: int | None = None

    @property
    def about(self) -> bool:
        """Whether some of it may be missing, so that pages say "about"."""
        return any(KINDS[kind].about for kind in self.kinds)


METRICS: dict[str, Metric] = {
    "active": Metric(Unit.PEOPLE, LEARNING),
    "active_week": Metric(Unit.PEOPLE_OF_WEEK, LEARNING),
    **{f"hour_{hour:02}": Metric(Unit.PEOPLE_OF_HOUR, LEARNING, hour) for hour in range(24)},
    "enrolled": Metric(Unit.TIMES, (Kind.ENROLLED,)),
    "came_back": Metric(Unit.TIMES, (Kind.CAME_BACK,)),
    "left": Metric(Unit.TIMES, (Kind.LEFT,)),
    "completed": Metric(Unit.TIMES, (Kind.COMPLETED,)),
    "opened": Metric(Unit.TIMES, (Kind.OPENED,)),
    "watched": Metric(Unit.TIMES, (Kind.WATCHED,)),
    "tried": Metric(Unit.TIMES, (Kind.TRIED,)),
    "passed": Metric(Unit.TIMES, (Kind.PASSED,)),
    "certified": Metric(Unit.TIMES, (Kind.CERTIFIED,)),
    "posted": Metric(Unit.TIMES, (Kind.POSTED,)),
    "answered": Metric(Unit.TIMES, (Kind.ANSWERED, Kind.COMMENTED)),
    "endorsed": Metric(Unit.TIMES, (Kind.ENDORSED,)),
    "flagged": Metric(Unit.TIMES, (Kind.FLAGGED,)),
    "shared": Metric(Unit.TIMES, (Kind.SHARED,)),
    "brought": Metric(Unit.TIMES, (Kind.BROUGHT,)),
}
